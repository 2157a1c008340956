"""The sums of agents' days so far, and how their last sessions ended, for their own screens."""

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from warmline.core.model.call_states import AgentState
from warmline.core.model.session import LONG_LOSS_CODE, LONG_PAUSE_CODE
from warmline.store.database.reading import Row, reading, rows
from warmline.store.reports.agent_day import TOTALS, bucket

SECOND = 1_000_000

# Intervals that have ended. Those of a session that was running at :start begin there.
SUMS = """
    SELECT state, pause_code, hold, sum(stretch.ended - max(stretch.started, :start)) AS length
    FROM agent_session JOIN agent_interval AS stretch INDEXED BY agent_interval_session
        ON stretch.session = agent_session.id AND stretch.ended > :start
    WHERE agent_session.agent = :agent AND ifnull(agent_session.ended, :now) > :start
    GROUP BY state, pause_code, hold
"""
CALLS = f"""
    SELECT count(DISTINCT call) AS calls FROM agent_interval INDEXED BY agent_interval_agent
    WHERE agent = :agent AND call <> '' AND started >= :start AND state = '{AgentState.INCALL}'
"""  # noqa: S608 - only constants of the code

# The end of the last session, if a time limit ended it, and the beginning of the pause before.
ENDS = f"""
    SELECT session.ended AS at, last.pause_code AS code, (
        SELECT max(started) FROM agent_interval AS pause
        WHERE pause.session = last.session AND pause.ended = last.started AND pause.started < pause.ended
    ) AS since
    FROM agent_session AS session
    JOIN agent_interval AS last ON last.session = session.id AND last.ended = session.ended
    WHERE session.id = (SELECT id FROM agent_session WHERE agent = :agent ORDER BY started DESC LIMIT 1)
    AND last.pause_code IN ('{LONG_PAUSE_CODE}', '{LONG_LOSS_CODE}')
"""  # noqa: S608 - only constants of the code


def forced_logouts(path: str | Path, agents: Iterable[str]) -> dict[str, Row]:
    """Return how the last session of each agent ended, for those whom a time limit has logged out.

    `at` is the logout, `code` the limit's pause code, `since` the beginning of that pause; in microseconds UTC. Raises
    StoreError.
    """
    with reading(path) as db:
        found = {agent: rows(db, ENDS, agent=agent) for agent in agents}
    return {agent: ended[0] for agent, ended in found.items() if ended}


def agent_totals(path: str | Path, starts: Mapping[str, int], now: int) -> dict[str, Row]:
    """Return the calls of each agent since its `start`, and the seconds of each kind of time.

    Times are in microseconds UTC. The interval that runs now is not in the sums. Raises StoreError.
    """
    with reading(path) as db:
        return {agent: _totals(db, agent, start, now) for agent, start in starts.items()}


def _totals(db: sqlite3.Connection, agent: str, start: int, now: int) -> Row:
    totals = dict.fromkeys(TOTALS, 0)
    for row in rows(db, SUMS, agent=agent, start=start, now=now):
        totals[bucket(row["state"], row["pause_code"], hold=row["hold"])] += row["length"]
    calls = rows(db, CALLS, agent=agent, start=start)[0]["calls"]
    return {"calls": calls} | {f"{name}_seconds": length // SECOND for name, length in totals.items()}
