"""The call history of an agent or a number: direction, time, length and outcome of each call."""

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from warmline.access.visible_agents import VisibleAgents
from warmline.core.model.call_states import AgentState, Direction
from warmline.store.configuration.campaign_owners import as_json
from warmline.store.database.errors import unknown_call
from warmline.store.database.reading import Row, reading, rows
from warmline.store.reports import fallbacks
from warmline.store.reports.fallbacks import MISSED

ANSWERED, FAILED, LIVE = "answered", "failed", "live"

# The last code; a call without an agent has a status of its own.
CODE = """ifnull((
    SELECT status FROM disposition_entry AS given WHERE given.call = call.id {by} ORDER BY given.id DESC LIMIT 1
), call.status) AS code"""
# The names next to the keys; "" for a key without one.
NAMES = """ifnull((SELECT full_name FROM known_agent AS known WHERE known.id = {agent}), '') AS full_name,
    ifnull((SELECT group_name FROM ingroup AS known WHERE known.id = call.ingroup), '') AS group_name"""
CUSTOMER = """ifnull((
    SELECT trim(first_name || ' ' || last_name) FROM lead WHERE lead_id = call.lead AND call.lead <> 0
), '') AS customer_name"""
# The in-group through which the agent first got the call; a later transfer changes only that of the call.
THROUGH = """ifnull((
    SELECT ingroup FROM queue_wait WHERE queue_wait.call = call.id AND queue_wait.agent = :agent
    ORDER BY entered LIMIT 1
), iif(call.direction = 'out', '', call.ingroup))"""
IN_CALL = f"IN ('{AgentState.QUEUE}', '{AgentState.INCALL}')"
# The agent's calls by the agent's first interval in each, up to the limit; then all intervals of each call as one row.
# An agent who was never in the call missed it.
OF_AGENT = f"""
    WITH found AS (
        SELECT first.call AS id FROM agent_interval AS first INDEXED BY agent_interval_agent
        WHERE first.agent = :agent AND first.call <> '' AND first.state {IN_CALL} AND first.started <= :at
            AND (first.started, first.call) < (:at, :after)
            AND EXISTS (
                SELECT 1 FROM call WHERE call.id = first.call AND :number IN ('', ltrim(call.number, '+'))
                    AND :lead IN (0, call.lead)
            )
            AND first.started >= :since
            AND NOT EXISTS (
                SELECT 1 FROM agent_interval AS earlier INDEXED BY agent_interval_call
                WHERE earlier.call = first.call AND earlier.call <> '' AND +earlier.agent = first.agent
                    AND earlier.state {IN_CALL} AND (earlier.started, earlier.id) < (first.started, first.id)
            )
        ORDER BY first.started DESC, first.call DESC LIMIT :limit
    )
    SELECT call.*, max(stretch.agent) AS user, min(started) AS at, sum(iif(stretch.state = '{AgentState.INCALL}',
        ifnull(stretch.ended, :now) - started, 0)) AS length,
        max(stretch.state = '{AgentState.INCALL}') AS had, max(stretch.ended IS NULL) AS live,
        ifnull((SELECT full_name FROM known_agent AS known WHERE known.id = :agent), '') AS full_name,
        {THROUGH} AS through,
        ifnull((SELECT group_name FROM ingroup AS known WHERE known.id = {THROUGH}), '') AS group_name,
        {CUSTOMER}, {CODE.format(by="AND given.agent = :agent")}, '' AS never_had
    FROM found JOIN call ON call.id = found.id CROSS JOIN agent_interval AS stretch INDEXED BY agent_interval_call
        ON stretch.call = found.id AND stretch.call <> ''
    WHERE stretch.agent = :agent AND stretch.state {IN_CALL}
    GROUP BY call.id ORDER BY at DESC, call.id DESC
"""  # noqa: S608 - only constants of the code
BEHIND_OF_AGENT = f"""
    SELECT min(started) AS at, :agent AS agent, '' AS campaign FROM agent_interval
    WHERE call = :after AND call <> '' AND agent = :agent AND state {IN_CALL} HAVING min(started) IS NOT NULL
"""  # noqa: S608 - only constants of the code
CALLS = f"""
    SELECT id, direction, number, ifnull(agent, last_agent) AS user,
        {NAMES.format(agent="ifnull(call.agent, call.last_agent)")}, ingroup,
        arrived AS at, connected, connected IS NOT NULL AS had, ended IS NULL AS live,
        iif(connected IS NULL, 0, ifnull(ended, :now) - connected) AS length,
        {CODE.format(by="")}, '' AS never_had, {CUSTOMER}
    FROM call
"""  # noqa: S608 - only constants of the code
NEVER_HAD = f"""
    SELECT id, 'in' AS direction, number, '' AS user, '' AS full_name, '' AS group_name, '' AS ingroup, at,
        CAST(NULL AS INTEGER) AS connected, 1 = 0 AS had, 1 = 0 AS live, 0 AS length, '' AS code,
        {fallbacks.OUTCOME} AS never_had, '' AS customer_name
    FROM fallback
"""  # noqa: S608 - only constants of the code
OWNER = """ifnull(agent, last_agent) AS agent,
    ifnull((SELECT campaign FROM attempt WHERE attempt.call = call.id), '') AS campaign"""
BEHIND = f"SELECT arrived AS at, {OWNER} FROM call WHERE id = :after"  # noqa: S608 - only constants of the code
BEHIND_ANY = f"{BEHIND} UNION ALL SELECT at, '', '' FROM fallback WHERE id = :after LIMIT 1"  # noqa: S608 - a constant
NEWEST = """
    AND (arrived, id) < (:at, :after) AND arrived >= :since AND (:agents = '' OR ifnull(agent, last_agent) IN (
        SELECT value FROM json_each(iif(:agents = '', '[]', :agents))
    )) AND (:campaigns = '' OR ifnull(agent, last_agent) <> '' OR NOT EXISTS (
        SELECT 1 FROM attempt WHERE attempt.call = call.id
            AND campaign NOT IN (SELECT value FROM json_each(iif(:campaigns = '', '[]', :campaigns)))
    ))
    ORDER BY arrived DESC, id DESC LIMIT :limit
"""
NEWEST_NEVER_HAD = """
    AND (at, id) < (:at, :after) AND at >= :since AND (:agents = '' OR '' IN (
        SELECT value FROM json_each(iif(:agents = '', '[]', :agents))
    )) AND NOT EXISTS (SELECT 1 FROM call WHERE call.id = fallback.id)
    ORDER BY at DESC, id DESC LIMIT :limit
"""
# Those of the app and those that never reached it, each part with its own limit.
WITH_NEVER_HAD = f"""
    SELECT * FROM ({CALLS} WHERE {{where}} AND arrived <= :at {NEWEST}) AS had
    UNION ALL SELECT * FROM ({NEVER_HAD} WHERE {{where}} AND at <= :at {NEWEST_NEVER_HAD}) AS never
    ORDER BY at DESC, id DESC LIMIT :limit
"""  # noqa: S608 - only constants of the code
OF_EVERYBODY = WITH_NEVER_HAD.format(where="1 = 1")
OF_NUMBER = WITH_NEVER_HAD.format(where="substr(number, -7) = substr(:number, -7) AND ltrim(number, '+') = :number")
OF_LEAD = CALLS + " WHERE lead = :lead AND lead <> 0 AND :number IN ('', ltrim(number, '+'))" + NEWEST
LATER = 1 << 62  # microseconds: later than any call


@dataclass(frozen=True, slots=True)
class PastCall:
    """One call. Times are in microseconds: `at` in UTC, and `length`, the time that the agent, or any agent, talked.

    `direction` is in or out; `outcome` is answered, missed (in), failed (out), or live; fallback, dialplan,
    login_refused or missed for a call that the app never had. `number` is the other party's number, in a form that can
    be dialled again. `full_name` names the agent, and `group_name` the in-group: that through which the asked agent got
    the call, or the last one of the call. `customer_name` is that of the lead.
    """

    call: str
    direction: str
    number: str
    agent: str
    full_name: str
    ingroup: str
    group_name: str
    at: int
    length: int
    outcome: str
    status: str
    customer_name: str = ""


class HistoryPeriod(NamedTuple):
    """The calls of a history that arrived, or reached the agent, from `since` until before `until`; in microseconds."""

    since: int = 0
    until: int = LATER


ALL_TIME = HistoryPeriod()


def of_agent(
    path: str | Path,
    agent: str,
    now: int,
    limit: int = 20,
    number: str = "",
    after: str = "",
    lead: int = 0,
    period: HistoryPeriod = ALL_TIME,
) -> list[PastCall]:
    """Return the agent's last calls, all or those with a number or a lead, newest first, after the call `after`.

    Raises:
        NotFound: `after` is not a call of the agent.
        StoreError: the database cannot be read.
    """
    with reading(path) as db:
        page = _begin(db, period, after, None, BEHIND_OF_AGENT, agent=agent)
        bare = number.lstrip("+")
        found = rows(db, OF_AGENT, agent=agent, number=bare, lead=lead, now=now, limit=limit, **page)
    return [_past(row) for row in found]


def of_everybody(
    path: str | Path,
    now: int,
    limit: int = 20,
    after: str = "",
    visible: VisibleAgents | None = None,
    period: HistoryPeriod = ALL_TIME,
) -> list[PastCall]:
    """Return the last calls of all agents, or of the `visible` ones, newest first, after the call `after`.

    Raises StoreError, NotFound.
    """
    with reading(path) as db:
        page = _begin(db, period, after, visible) | bound(visible)
        return [_past(row) for row in rows(db, OF_EVERYBODY, now=now, limit=limit, **page)]


def of_number(
    path: str | Path,
    number: str,
    now: int,
    limit: int = 20,
    after: str = "",
    visible: VisibleAgents | None = None,
    period: HistoryPeriod = ALL_TIME,
) -> list[PastCall]:
    """Return the last calls from or to a number, newest first, after the call `after`; a leading + is ignored.

    `visible`: only calls of these agents. Raises StoreError, NotFound.
    """
    with reading(path) as db:
        page = _begin(db, period, after, visible) | bound(visible)
        return [_past(row) for row in rows(db, OF_NUMBER, number=number.lstrip("+"), now=now, limit=limit, **page)]


def of_lead(
    path: str | Path,
    lead: int,
    now: int,
    limit: int = 20,
    number: str = "",
    after: str = "",
    visible: VisibleAgents | None = None,
    period: HistoryPeriod = ALL_TIME,
) -> list[PastCall]:
    """Return the last calls with a lead, all or those with a number, as `of_number` does.

    Raises StoreError, NotFound (`after`).
    """
    with reading(path) as db:
        page = _begin(db, period, after, visible) | bound(visible)
        bare = number.lstrip("+")
        return [_past(row) for row in rows(db, OF_LEAD, lead=lead, number=bare, now=now, limit=limit, **page)]


def _begin(
    db: sqlite3.Connection,
    period: HistoryPeriod,
    after: str,
    visible: VisibleAgents | None,
    behind: str = BEHIND_ANY,
    **values: str,
) -> dict[str, str | int]:
    """Return the place at which a page of a period begins. Raises NotFound."""
    at = behind_call(rows(db, behind, after=after, **values) if after else [], after, visible)
    if at > period.until:
        at, after = period.until, ""
    return {"at": at, "after": after, "since": period.since}


def bound(visible: VisibleAgents | None) -> dict[str, str]:
    """Return the agents whose calls are wanted, and the campaigns of calls to leads without an agent, as JSON.

    The agents have "" for calls without one. Both are "" for all calls.
    """
    if visible is None:
        return {"agents": "", "campaigns": ""}
    agents = "" if visible.every else json.dumps([*visible.agents, *([""] if visible.unassigned else [])])
    return {"agents": agents, "campaigns": as_json(visible.campaigns)}


def behind_call(found: list[Row], after: str, visible: VisibleAgents | None) -> int:
    """Return the time of the call `after`, from its row with `at`, `agent` and `campaign`; without one, a later time.

    A call that the reader may not see is one that does not exist. Raises NotFound.
    """
    if not after:
        return LATER
    if not found or not (visible is None or visible.include(found[0]["agent"], campaign=found[0]["campaign"])):
        raise unknown_call(after)
    return int(found[0]["at"])


def _past(row: Row) -> PastCall:
    answered = row["connected"] is not None and row["had"]
    unanswered = FAILED if row["direction"] == Direction.OUT else MISSED
    outcome = row["never_had"] or (LIVE if row["live"] else ANSWERED if answered else unanswered)
    return PastCall(
        call=row["id"],
        direction=row["direction"],
        number=row["number"],
        agent=row["user"],
        full_name=row["full_name"],
        ingroup=row["through"] if "through" in row else row["ingroup"],
        group_name=row["group_name"],
        at=row["at"],
        length=row["length"],
        outcome=outcome,
        status=row["code"],
        customer_name=row["customer_name"],
    )
