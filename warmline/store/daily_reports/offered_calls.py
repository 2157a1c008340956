"""The calls of a period as the reports by in-group and by interval count them, in one statement.

A row of `offer` is a call in an in-group: a caller who comes back to the same in-group is there once. A row of `direct`
is a call that did not come to an in-group first: one that was dialled, or an adopted one. Calls that took the fallback
are added.
"""
# ruff: noqa: S608 - only constants of the code

import json
from pathlib import Path
from typing import NamedTuple

from warmline.core.model.call_states import AgentState, Direction, Origin
from warmline.core.model.queue_wait import ANSWERED_OUTCOME, WaitStatus
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.database.reading import Row, each, reading
from warmline.store.reports.fallbacks import TAKEN

NO_GROUP = "FALLBACK"  # in place of an in-group, for calls that came to none
LENGTH = "ifnull({0}.ended, :now) - {0}.{1}"
# The last code of an agent for a call; a correction replaces the code of the agent.
LAST_CODE = """(SELECT status FROM disposition_entry AS entered
    WHERE entered.call = {0}.call AND entered.agent = {0}.agent ORDER BY entered.id DESC LIMIT 1)"""


def _time(name: str, condition: str) -> str:
    return f"ifnull(sum({LENGTH.format('stretch', 'started')}) FILTER (WHERE {condition}), 0) AS {name}"


TIMES = f"""{_time("talk", f"stretch.state = '{AgentState.INCALL}' AND stretch.hold = 0")},
    {_time("hold", "stretch.hold <> 0")}, {_time("dead", f"stretch.state = '{AgentState.DEAD}'")},
    {_time("wrap_up", f"stretch.state = '{AgentState.DISPO}'")}"""

# A call that is counted apart from in-groups, also if it comes to one later.
OWN_ROW = f"(call.direction = '{Direction.OUT}' OR call.origin = '{Origin.ADOPTED}')"

# An agent has a call from the answer of a wait until the same agent answers a later wait of the same call.
STATEMENT = f"""
    WITH offer AS (
        SELECT first.call, first.ingroup, first.entered, answered, waited, queued,
            ifnull(answered IS NOT NULL AND waited <= answer_sec_pct_rt_stat_one * 1000000, 0) AS in_time,
            answer_sec_pct_rt_stat_one IS NOT NULL AS has_limit,
            (SELECT outcome FROM queue_wait AS last WHERE last.call = first.call AND +last.ingroup = first.ingroup
                ORDER BY last.entered DESC, last.id DESC LIMIT 1) AS outcome,
            EXISTS (SELECT 1 FROM call WHERE call.id = first.call AND {OWN_ROW}) OR EXISTS (
                SELECT 1 FROM queue_wait AS earlier WHERE earlier.call = first.call
                AND +earlier.ingroup <> first.ingroup AND (earlier.entered, earlier.id) < (first.entered, first.id)
                ) AS came_over
        FROM (
            SELECT call, ingroup, min(entered) AS entered, min(id) AS id,
                min(answered) AS answered,
                max(ended IS NOT entered) AS queued,
                sum(iif(answered IS NULL OR entered < answered, ifnull(ended, :now) - entered, 0)) AS waited
            FROM (
                SELECT wait.*, min(iif(wait.outcome = '{ANSWERED_OUTCOME}', wait.ended, NULL))
                    OVER (PARTITION BY wait.call, wait.ingroup) AS answered
                FROM queue_wait AS begun
                JOIN queue_wait AS wait ON wait.call = begun.call AND +wait.ingroup = begun.ingroup
                WHERE begun.entered >= :start AND begun.entered < :end AND NOT EXISTS (
                    SELECT 1 FROM queue_wait AS earlier WHERE earlier.call = begun.call
                    AND +earlier.ingroup = begun.ingroup AND (earlier.entered, earlier.id) < (begun.entered, begun.id)
                ) AND {{of_offer}}
            ) GROUP BY call, ingroup
        ) AS first LEFT JOIN ingroup ON ingroup.id = first.ingroup
    ), had AS (
        SELECT wait.id, wait.call, wait.ingroup, wait.agent, wait.ended AS since, (
            SELECT min(later.ended) FROM queue_wait AS later WHERE later.call = wait.call AND later.agent = wait.agent
            AND later.outcome = '{ANSWERED_OUTCOME}' AND later.ended > wait.ended
        ) AS until
        FROM offer JOIN queue_wait AS wait ON wait.call = offer.call AND +wait.ingroup = offer.ingroup
        WHERE wait.outcome = '{ANSWERED_OUTCOME}'
    ), handled AS (
        SELECT had.call, had.ingroup, {TIMES}
        FROM had JOIN agent_interval AS stretch ON stretch.call = had.call AND stretch.call <> ''
            AND +stretch.agent = had.agent AND +stretch.started >= had.since
            AND (had.until IS NULL OR +stretch.started < had.until)
        GROUP BY had.call, had.ingroup
    ), coded AS (
        SELECT last.call, last.ingroup, sum(sale = 'Y') AS sales, sum(customer_contact = 'Y') AS contacts
        FROM had AS last JOIN disposition ON disposition.id = {LAST_CODE.format("last")}
        WHERE until IS NULL GROUP BY last.call, last.ingroup
    ), direct AS (
        SELECT call.id AS call, call.arrived, call.connected, call.ingroup, call.direction, call.origin,
            call.last_agent, call.server,
            ifnull((
                SELECT campaign FROM agent_interval AS stretch JOIN agent_session ON agent_session.id = stretch.session
                WHERE stretch.call = call.id AND stretch.call <> '' ORDER BY stretch.started LIMIT 1
            ), '') AS campaign
        FROM call WHERE call.arrived >= :start AND call.arrived < :end AND {{of_call}}
        AND ({OWN_ROW}
            OR NOT EXISTS (SELECT 1 FROM queue_wait WHERE queue_wait.call = call.id))
        AND NOT EXISTS (SELECT 1 FROM fallback WHERE fallback.id = call.id AND {TAKEN} AND call.connected IS NULL)
    ), worked AS (
        SELECT direct.call, {TIMES}
        FROM direct JOIN agent_interval AS stretch ON stretch.call = direct.call AND stretch.call <> ''
        WHERE NOT EXISTS (
            SELECT 1 FROM queue_wait AS wait WHERE wait.call = direct.call AND wait.agent = stretch.agent
            AND wait.outcome = '{ANSWERED_OUTCOME}' AND wait.ended <= stretch.started
        ) GROUP BY direct.call
    ), sold AS (
        SELECT given.call, sum(sale = 'Y') AS sales, sum(customer_contact = 'Y') AS contacts
        FROM (SELECT DISTINCT entry.call, entry.agent FROM direct JOIN disposition_entry AS entry
            ON entry.call = direct.call) AS given
        JOIN disposition ON disposition.id = {LAST_CODE.format("given")}
        WHERE NOT EXISTS (
            SELECT 1 FROM queue_wait AS wait
            WHERE wait.call = given.call AND wait.agent = given.agent AND wait.outcome = '{ANSWERED_OUTCOME}'
        ) GROUP BY given.call
    ), counted AS (
        SELECT 'in' AS kind, {{offered_group}} AS "group", entered AS at, iif(came_over, 0, 1) AS calls,
            queued AS offered,
            iif(answered IS NULL, 0, 1) AS answered,
            iif(answered IS NULL AND outcome = '{WaitStatus.DROP}', 1, 0) AS abandoned,
            iif(answered IS NULL AND queued <> 0 AND outcome NOT IN ('', '{WaitStatus.DROP}'), 1, 0) AS elsewhere,
            iif(answered IS NULL AND outcome = '', 1, 0) AS waiting, iif(queued <> 0, 0, 1) AS refused,
            0 AS fallback, in_time,
            iif(has_limit AND queued <> 0 AND (answered IS NOT NULL OR outcome <> ''), 1, 0) AS judged,
            iif(queued <> 0 AND came_over, 1, 0) AS came_over, waited,
            iif(answered IS NULL, 0, waited) AS answer_waited,
            0 AS dialled, 0 AS reached, iif(answered IS NULL, 0, 1) AS handled,
            ifnull(talk, 0) AS talk, ifnull(hold, 0) AS hold, ifnull(dead, 0) AS dead, ifnull(wrap_up, 0) AS wrap_up,
            ifnull(sales, 0) AS sales, ifnull(contacts, 0) AS contacts
        FROM offer LEFT JOIN handled USING (call, ingroup) LEFT JOIN coded USING (call, ingroup)
        UNION ALL
        SELECT CASE WHEN direction = '{Direction.OUT}' THEN 'out' WHEN origin = '{Origin.ADOPTED}' THEN 'adopted'
                ELSE 'in' END, {{direct_group}},
            arrived, 1, 0, 0, 0, 0, 0, iif(direction = '{Direction.IN}' AND origin <> '{Origin.ADOPTED}', 1, 0),
            0, 0, 0, 0, 0, 0, iif(direction = '{Direction.OUT}', 1, 0),
            iif(direction = '{Direction.OUT}' AND connected IS NOT NULL, 1, 0), iif(connected IS NULL, 0, 1),
            ifnull(talk, 0), ifnull(hold, 0), ifnull(dead, 0), ifnull(wrap_up, 0), ifnull(sales, 0), ifnull(contacts, 0)
        FROM direct LEFT JOIN worked USING (call) LEFT JOIN sold USING (call)
        UNION ALL {{fallbacks}}
    )
"""
LOST = f"""
    SELECT iif(wait.ingroup IS NULL, 'fallback', 'in'), ifnull({{lost_group}}, '{NO_GROUP}'), fallback.at,
        iif(wait.ingroup IS NULL, 1, 0), 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    FROM fallback LEFT JOIN call ON call.id = fallback.id LEFT JOIN queue_wait AS wait ON wait.id = (
        SELECT id FROM queue_wait AS last WHERE last.call = fallback.id ORDER BY entered DESC, id DESC LIMIT 1
    )
    WHERE fallback.at >= :start AND fallback.at < :end AND {TAKEN} AND call.connected IS NULL AND {{of_call}}
"""


class GroupKey(NamedTuple):
    """The SQL expressions of `group`: for offered calls, for calls that never waited, and for those of the fallback."""

    offered: str
    direct: str
    lost: str


BY_INGROUP = GroupKey(
    "ingroup",
    f"iif(direction = '{Direction.IN}' AND origin <> '{Origin.ADOPTED}', ingroup, campaign)",
    "wait.ingroup",
)
BY_SERVER = GroupKey("(SELECT server FROM call WHERE call.id = offer.call)", "server", "call.server")
SUMS = [
    "calls",
    "offered",
    "answered",
    "abandoned",
    "elsewhere",
    "waiting",
    "refused",
    "fallback",
    "in_time",
    "judged",
    "came_over",
    "waited",
    "answer_waited",
    "dialled",
    "reached",
    "handled",
    "talk",
    "hold",
    "dead",
    "wrap_up",
    "sales",
    "contacts",
]


def statement(asked: ReportQuery, keys: str, groups: str, group: GroupKey = BY_INGROUP) -> str:
    """Return the statement that sums the calls up by `groups`, in this order, with the columns `keys`.

    Both are expressions over kind, "group" and at.
    """
    within = STATEMENT.format(
        of_offer=asked.of_call("begun.call", "begun.ingroup"),
        of_call=asked.of_call("call.id", "call.ingroup", "call.last_agent"),
        fallbacks=LOST.format(of_call=asked.of_call("fallback.id", "ifnull(wait.ingroup, '')"), lost_group=group.lost),
        offered_group=group.offered,
        direct_group=group.direct,
    )
    sums = ", ".join(f"sum({name}) AS {name}" for name in SUMS)
    spread = "max(waited) AS longest, json_group_array(waited) FILTER (WHERE offered <> 0) AS wait_p90"
    return f"{within} SELECT {keys}, {sums}, {spread} FROM counted GROUP BY {groups} ORDER BY {groups}"


def found(path: str | Path, asked: ReportQuery, sql: str) -> list[Row]:
    """Return the rows of a statement; `wait_p90` has the waits of all offered calls. Raises StoreError."""
    with reading(path) as db:
        rows = list(each(db, sql, **asked.values))
    return [row | {"wait_p90": json.loads(row["wait_p90"])} for row in rows]
