"""The sums of an agent's day so far, for the agent's own screen."""

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


def agent_totals(path: str | Path, agent: str, start: int, now: int) -> Row:
    """Return the agent's calls since `start`, and the seconds of each kind of time. Times in microseconds UTC.

    The interval that runs now is not in the sums. Raises StoreError.
    """
    with reading(path) as db:
        found = rows(db, SUMS, agent=agent, start=start, now=now)
        calls = rows(db, CALLS, agent=agent, start=start)[0]["calls"]
    totals = dict.fromkeys(TOTALS, 0)
    for row in found:
        totals["hold" if row["hold"] else BUCKETS[AgentState(row["state"])]] += row["length"]
    return {"calls": calls} | {f"{name}_seconds": length // SECOND for name, length in totals.items()}
