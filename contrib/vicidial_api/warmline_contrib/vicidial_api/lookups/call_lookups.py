"""Looks up ended and live calls by their id, their number or their DID, for programs that ask about single calls."""
# ruff: noqa: S608 - only constants of the code

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from warmline.access.visible_agents import VisibleAgents
from warmline.core.model.call_states import Direction
from warmline.store.calls.call_history import CODE
from warmline.store.configuration.campaign_owners import OF_CALLS_LEAD, as_json
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.daily_reports.today import bounds_of
from warmline.store.database.reading import Row, reading, rows

LATER = 1 << 62  # microseconds: later than any call
MOST = 10_000  # calls in an answer

# The campaign of a call to a lead, or else of the first agent who had the call.
CAMPAIGN = """SELECT coalesce((SELECT campaign FROM attempt WHERE attempt.call = call.id), (
    SELECT campaign FROM agent_interval AS stretch JOIN agent_session ON agent_session.id = stretch.session
    WHERE stretch.call = call.id AND stretch.call <> '' ORDER BY stretch.started LIMIT 1
), '')"""
CALLS = f"""
    SELECT call.id, call.agc_id, call.arrived, call.direction, call.origin, call.number, call.dialled, call.ingroup,
        call.connected, call.ended, call.ended_by, ifnull(call.agent, call.last_agent) AS user, {CODE.format(by="")},
        CASE WHEN call.direction = '{Direction.IN}' THEN ifnull(call.ended, :now) - call.arrived
            WHEN call.connected IS NULL THEN 0 ELSE ifnull(call.ended, :now) - call.connected END AS length,
        ({CAMPAIGN}) AS campaign,
        coalesce((SELECT list_id FROM attempt WHERE attempt.call = call.id), lead.list_id, '') AS list_id,
        ifnull(lead.status, '') AS lead_status, ifnull(lead.source_id, '') AS source_id
    FROM call LEFT JOIN lead ON lead.lead_id = call.lead AND (:campaigns = '' OR lead.list_id IN (
        SELECT id FROM list WHERE campaign IN (SELECT value FROM json_each(iif(:campaigns = '', '[]', :campaigns)))
    ))
    WHERE {{where}} AND {{seen}} AND {OF_CALLS_LEAD} ORDER BY call.arrived DESC, call.id DESC LIMIT {MOST}
"""
OF_NUMBER = """substr(call.number, -7) = substr(:wanted, -7) AND ltrim(call.number, '+') = :wanted
    AND :direction IN ('', call.direction)"""
OF_DID = "call.arrived >= :start AND call.arrived < :end AND ltrim(call.dialled, '+') = :wanted"
OF_ID = f"(call.agc_id = :wanted OR call.id = :wanted) AND call.direction IN ('{Direction.IN}', '{Direction.OUT}')"
LEADS = "SELECT id, lead FROM call WHERE lead <> 0 AND id IN (SELECT value FROM json_each(:calls))"


class CallBound(NamedTuple):
    """The time of a look-up in microseconds UTC, and the agents whose calls are wanted; None for all calls.

    Who sees all agents, but not all campaigns, gets no call with a lead of others.
    """

    now: int
    visible: VisibleAgents | None


def of_number(path: str | Path, bound: CallBound, number: str, direction: Direction | None = None) -> list[Row]:
    """Return the calls from and to a number of digits, the newest first. Raises StoreError."""
    return _found(path, bound, OF_NUMBER, number, direction=direction or "")


def of_did(path: str | Path, bound: CallBound, did: str, start: int, end: int) -> list[Row]:
    """Return the calls to a DID of digits from `start` until before `end`, the newest first. Raises StoreError."""
    return _found(path, bound, f"{OF_DID} AND call.direction = '{Direction.IN}'", did, start, end)


def with_id(path: str | Path, bound: CallBound, wanted: str) -> Row | None:
    """Return the call with this id or name in the agent API, or None. Raises StoreError."""
    found = _found(path, bound, OF_ID, wanted)
    return found[0] if found else None


def leads_of(path: str | Path, calls: Iterable[str]) -> dict[str, int]:
    """Return the lead_id of each of these calls, live or ended, that has a lead. Raises StoreError."""
    with reading(path) as db:
        return {row["id"]: int(row["lead"]) for row in rows(db, LEADS, calls=json.dumps(list(calls)))}


def _found(
    path: str | Path,
    bound: CallBound,
    where: str,
    wanted: str,
    start: int = 0,
    end: int = LATER,
    *,
    direction: str = "",
) -> list[Row]:
    asked = ReportQuery(start=start, end=end, now=bound.now, **bounds_of(bound.visible))
    sql = CALLS.format(where=where, seen=asked.of_call("call.id", "call.ingroup", "call.last_agent"))
    with reading(path) as db:
        of_leads = as_json(bound.visible.of_leads if bound.visible else None)
        return rows(db, sql, **asked.values, wanted=wanted, direction=direction, of_leads=of_leads)
