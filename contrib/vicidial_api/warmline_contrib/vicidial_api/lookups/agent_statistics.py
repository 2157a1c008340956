"""Sums up the sessions, calls and times of each agent in a period; with `by=campaign`, in each campaign."""
# ruff: noqa: S608 - only constants of the code

from pathlib import Path

from warmline.core.model.call_states import AgentState
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.database.reading import Row, each, reading

SUMS = {
    "wait": (AgentState.READY, AgentState.QUEUE),
    "talk": (AgentState.INCALL,),
    "dead": (AgentState.DEAD,),
    "dispo": (AgentState.DISPO,),
    "pause": (AgentState.PAUSED,),
}


def _sum(name: str) -> str:
    states = ", ".join(f"'{state}'" for state in SUMS[name])
    return f"ifnull(sum(time) FILTER (WHERE state IN ({states})), 0) AS {name}"


TIMES = f"""
    WITH session AS (
        SELECT id, agent, campaign FROM agent_session
        WHERE started < :until AND (ended IS NULL OR ended > :start) AND :campaign IN ('', campaign) AND {{of_agent}}
    ), spent AS (
        SELECT session.id AS session, session.agent, {{campaign}} AS campaign, stretch.state, stretch.call,
            min(ifnull(stretch.ended, :until), :until) - max(stretch.started, :start) AS time
        FROM session JOIN agent_interval AS stretch ON stretch.session = session.id
        WHERE stretch.started < :until AND (stretch.ended IS NULL OR stretch.ended > :start)
    )
    SELECT spent.campaign, spent.agent, max(ifnull(known.full_name, '')) AS full_name,
        max(ifnull(known.user_group, '')) AS user_group, count(DISTINCT session) AS sessions, sum(time) AS logged_in,
        count(DISTINCT iif(call <> '' AND state <> '{AgentState.QUEUE}', call, NULL)) AS calls,
        count(*) FILTER (WHERE state = '{AgentState.PAUSED}' AND time > 0) AS pauses, {", ".join(map(_sum, SUMS))}
    FROM spent LEFT JOIN known_agent AS known ON known.id = spent.agent
    GROUP BY spent.campaign, spent.agent ORDER BY spent.campaign, spent.agent
"""


def times(path: str | Path, asked: ReportQuery) -> list[Row]:
    """Return a row for each agent who was logged in, with times in microseconds. Raises StoreError.

    The time of a customer on hold is in `talk`, and the time without a phone is in `pause`.
    """
    campaign = "session.campaign" if asked.by == "campaign" else "''"
    sql = TIMES.format(of_agent=asked.of_agent("agent_session.agent"), campaign=campaign)
    with reading(path) as db:
        return list(each(db, sql, **asked.values))
