"""The time of all agents in each state, over a time range."""
# ruff: noqa: S608 - only constants of the code

from collections.abc import Iterator
from pathlib import Path

from warmline.core.model.call_states import AgentState
from warmline.store.database.reading import Row, each, reading
from warmline.store.reports.agent_day import BUCKETS


def _sum(name: str) -> str:
    """Return the SQL for the time in one or more states; time on hold counts only in `hold`."""
    states = ", ".join(f"'{state}'" for state, bucket in BUCKETS.items() if bucket == name)
    return f"ifnull(sum(time) FILTER (WHERE state IN ({states}) AND NOT hold), 0) AS {name}"


TIMES = f"""
    WITH spent AS (
        SELECT session.agent, stretch.state, stretch.hold, stretch.call,
            min(ifnull(stretch.ended, :end), :end) - max(stretch.started, :start) AS time
        FROM agent_session AS session JOIN agent_interval AS stretch ON stretch.session = session.id
        WHERE session.started < :end AND (session.ended IS NULL OR session.ended > :start)
        AND stretch.started < :end AND (stretch.ended IS NULL OR stretch.ended > :start)
        AND (:campaign = '' OR session.campaign = :campaign) AND (:agent = '' OR session.agent = :agent)
    ), sums AS (
        SELECT agent, sum(time) AS logged_in,
            count(DISTINCT call) FILTER (WHERE state = '{AgentState.INCALL}') AS calls,
            {_sum("pause")}, {_sum("wait")}, {_sum("talk")},
            ifnull(sum(time) FILTER (WHERE hold), 0) AS hold,
            {_sum("dead")}, {_sum("dispo")}
        FROM spent GROUP BY agent
    )
    SELECT sums.*, ifnull(full_name, '') AS full_name,
        iif(calls, (talk + hold + dead + dispo) / calls, NULL) AS per_call,
        CAST(talk + hold + dead + dispo AS REAL) / nullif(logged_in - pause, 0) AS occupancy
    FROM sums LEFT JOIN agent AS known ON known.id = sums.agent ORDER BY sums.agent
"""


def agents_time(path: str | Path, start: int, end: int, agent: str = "", campaign: str = "") -> Iterator[Row]:
    """Yield the times of each agent who was logged in between `start` and `end` (at most now), in microseconds.

    `occupancy` is the share of calls and wrap-up in the time without pauses. Raises StoreError.
    """
    with reading(path) as db:
        yield from each(db, TIMES, start=start, end=end, agent=agent, campaign=campaign)
