"""The sums of agents' days so far, for their own screens."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from warmline.core.model.call_states import AgentState
from warmline.store.database.reading import Row, reading, rows
from warmline.store.reports.agent_day import BUCKETS, TOTALS

SECOND = 1_000_000

# Intervals that have ended. Those of a session that was running at :start begin there.
SUMS = """
    SELECT state, hold, sum(stretch.ended - max(stretch.started, :start)) AS length
    FROM agent_session JOIN agent_interval AS stretch INDEXED BY agent_interval_session
        ON stretch.session = agent_session.id AND stretch.ended > :start
    WHERE agent_session.agent = :agent AND ifnull(agent_session.ended, :now) > :start
    GROUP BY state, hold
"""
CALLS = f"""
    SELECT count(DISTINCT call) AS calls FROM agent_interval INDEXED BY agent_interval_agent
    WHERE agent = :agent AND call <> '' AND started >= :start AND state = '{AgentState.INCALL}'
"""  # noqa: S608 - only constants of the code


def agent_totals(path: str | Path, starts: Mapping[str, int], now: int) -> dict[str, Row]:
    """Return the calls of each agent since its `start`, and the seconds of each kind of time.

    Times are in microseconds UTC. The interval that runs now is not in the sums. Raises StoreError.
    """
    with reading(path) as db:
        return {agent: _totals(db, agent, start, now) for agent, start in starts.items()}


def _totals(db: sqlite3.Connection, agent: str, start: int, now: int) -> Row:
    totals = dict.fromkeys(TOTALS, 0)
    for row in rows(db, SUMS, agent=agent, start=start, now=now):
        totals["hold" if row["hold"] else BUCKETS[AgentState(row["state"])]] += row["length"]
    calls = rows(db, CALLS, agent=agent, start=start)[0]["calls"]
    return {"calls": calls} | {f"{name}_seconds": length // SECOND for name, length in totals.items()}
