"""The work of each agent: login and logout, time in each state, calls, codes and sales."""
# ruff: noqa: S608 - only constants of the code

import json
from pathlib import Path

from warmline.core.model.call_states import AgentState
from warmline.core.model.session import LOST_PAUSE_CODE
from warmline.store.daily_reports.merging import Report, report
from warmline.store.daily_reports.offered_calls import LAST_CODE
from warmline.store.daily_reports.report_definition import AGENTS, HIDDEN, DailyReport
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.database.reading import each, reading
from warmline.store.reports.agent_day import BUCKETS

SECOND = 1_000_000  # microseconds
BUCKET_OF = {"wait": "wait", "pause": "pause", "talk": "talk", "dead": "dead", "dispo": "wrap_up"}


def _sum(bucket: str) -> str:
    """Return the SQL for the time in one or more states; time on hold counts only in `hold`."""
    states = ", ".join(f"'{state}'" for state, name in BUCKETS.items() if name == bucket)
    return f"ifnull(sum(time) FILTER (WHERE state IN ({states}) AND hold = 0 AND NOT lost), 0) AS {BUCKET_OF[bucket]}"


# A call belongs to the period in which the agent got it. The time without a phone (LOST) is apart from all other times,
# and a session that ends with it ends at the loss.
STATEMENT = f"""
    WITH session AS (
        SELECT id, agent, started, ended FROM agent_session
        WHERE started < :until AND (ended IS NULL OR ended > :start) AND (:campaign = '' OR campaign = :campaign)
        AND {{of_agent}}
    ), spent AS (
        SELECT session.agent, stretch.state, stretch.hold, stretch.call, stretch.pause_code,
            stretch.started, stretch.state = '{AgentState.PAUSED}' AND pause_code = '{LOST_PAUSE_CODE}' AS lost,
            min(ifnull(stretch.ended, :until), :until) - max(stretch.started, :start) AS time,
            iif(time_limit > 0, max(0, min(ifnull(stretch.ended, :until), :until)
                - max(stretch.started + time_limit * {SECOND}, :start)), 0) AS beyond
        FROM session JOIN agent_interval AS stretch ON stretch.session = session.id
        LEFT JOIN pause_code ON pause_code.id = stretch.pause_code AND stretch.state = '{AgentState.PAUSED}'
        WHERE stretch.started < :until AND (stretch.ended IS NULL OR stretch.ended > :start)
    ), had AS (
        SELECT agent, call FROM spent WHERE call <> '' AND state <> '{AgentState.QUEUE}'
        GROUP BY agent, call HAVING min(started) >= :start
    ), coded AS MATERIALIZED (SELECT agent, ifnull({LAST_CODE.format("had")}, '') AS status FROM had),
    counted AS (
        SELECT agent, count(*) AS calls, ifnull(sum(sale = 'Y'), 0) AS sales,
            ifnull(sum(customer_contact = 'Y'), 0) AS contacts
        FROM coded LEFT JOIN disposition ON disposition.id = coded.status GROUP BY agent
    ), codes AS (
        SELECT agent, json_group_object(status, times) AS codes
        FROM (SELECT agent, status, count(*) AS times FROM coded WHERE status <> '' GROUP BY agent, status)
        GROUP BY agent
    ), pauses AS (
        SELECT agent, json_group_object(pause_code, time) AS pauses FROM (
            SELECT agent, pause_code, sum(time) AS time FROM spent WHERE state = '{AgentState.PAUSED}' AND NOT lost
            GROUP BY agent, pause_code
        ) GROUP BY agent
    ), times AS (
        SELECT agent, ifnull(sum(time) FILTER (WHERE NOT lost), 0) AS logged_in,
            ifnull(sum(time) FILTER (WHERE lost), 0) AS phone_lost,
            ifnull(sum(time) FILTER (WHERE hold <> 0), 0) AS hold,
            {", ".join(map(_sum, BUCKET_OF))}, sum(beyond) AS over_limit
        FROM spent GROUP BY agent
    ), logins AS (
        SELECT agent, min(started) AS login, iif(count(*) = count(ended), max(ifnull((
            SELECT started FROM agent_interval AS last WHERE last.session = session.id AND last.ended = session.ended
            AND state = '{AgentState.PAUSED}' AND pause_code = '{LOST_PAUSE_CODE}' ORDER BY id LIMIT 1
        ), ended)), NULL) AS logout FROM session GROUP BY agent
    )
    SELECT logins.*, ifnull(full_name, '') AS name, times.*, ifnull(calls, 0) AS calls, ifnull(sales, 0) AS sales,
        ifnull(contacts, 0) AS contacts, ifnull(codes, '{{{{}}}}') AS codes, ifnull(pauses, '{{{{}}}}') AS pauses
    FROM logins JOIN times USING (agent) LEFT JOIN counted USING (agent) LEFT JOIN codes USING (agent)
    LEFT JOIN pauses USING (agent) LEFT JOIN known_agent AS known ON known.id = logins.agent ORDER BY logins.agent
"""
COLUMNS = {
    "agent": 0,
    "name": 1,
    "login": 8,
    "logout": 9,
    "logged_in": 0,
    "calls": 0,
    "talk": 0,
    "hold": 6,
    "dead": 10,
    "wrap_up": 3,
    "wait": 5,
    "pause": 2,
    "over_limit": 14,
    "phone_lost": 13,
    "per_call": 0,
    "occupancy": 6,
    "sales": 1,
    "contacts": 11,
    "conversion": 1,
    "codes": 12,
    "pauses": HIDDEN,
}


def statement(asked: ReportQuery) -> str:
    """Return the statement of the report."""
    return STATEMENT.format(of_agent=asked.of_agent("agent_session.agent"))


def read(path: str | Path, asked: ReportQuery) -> Report:
    """Return the report. Raises StoreError."""
    with reading(path) as db:
        found = list(each(db, statement(asked), **asked.values))
    for row in found:
        row |= {name: json.loads(row[name]) for name in ("codes", "pauses")}
    return report(found, COLUMNS, ("agent",))


REPORT = DailyReport(
    "agents",
    "Sum up times, calls, codes and sales of agents",
    "agent was logged in",
    COLUMNS,
    AGENTS,
    read,
    plot=("talk", "hold", "wrap_up", "wait", "pause"),
)
