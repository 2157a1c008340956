"""The past calls of an agent or of a number, as JSON."""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from ari_app.http.server import paging
from ari_app.http.server.api_request import ApiAnswer, ApiRequest
from ari_app.http.server.bearer_tokens import asker_of
from ari_app.http.server.problems import invalid_request, not_found
from ari_app.http.v1.live_state import JsonApi
from warmline.access.visible_agents import VisibleAgents
from warmline.operations.live_records import Time, iso
from warmline.store.calls import call_history
from warmline.store.calls.call_history import HistoryPeriod
from warmline.store.configuration.timezone import timezone
from warmline.store.database.errors import NotFound
from warmline.store.leads import dnc
from warmline.text import written_time

USUAL = 20
LEAD_DIGITS = 19  # one more than the digits of a lead_id


class HistoryCall(Struct, frozen=True):
    """One call of an agent, or of a number. `direction` is in or out; `outcome` is answered, missed, failed or live;
    fallback, dialplan, login_refused or missed if the app never had the call.

    `number` is the other party's, as it can be dialled again; `length_ms` is how long the agent had the call.
    `full_name` and `group_name` are the names of agent and in-group. `do_not_call` names the do-not-call list that has
    the number, or is empty. It is the system's list, or that of the asked agent's current campaign. `ingroup` is the
    one through which the asked agent got the call, otherwise the last one of the call. `customer_name` is that of the
    lead, or empty without the right `leads:read`.
    """

    call: str
    direction: str
    number: str
    agent: str
    full_name: str
    ingroup: str
    group_name: str
    at: Time
    length_ms: int
    outcome: str
    status: str
    do_not_call: str
    customer_name: str


class HistoryAsked(NamedTuple):
    """The calls that are asked for: of an agent, with a number, behind a call, with a lead; empty values match all."""

    agent: str
    number: str
    after: str
    lead: int
    names: bool  # whether the asker may read leads


async def calls(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the past calls that match `agent`, `number` and `lead`, newest first.

    Raises ProblemRaised (404, 422, 429), StoreError.
    """
    agent, number, after = (request.query.get(name, "") for name in ("agent", "number", "after"))
    asked = HistoryAsked(agent, number, after, lead_of(request), request.asker.may("leads:read"))
    limit, visible = paging.limit(request, USUAL, paging.ROWS), request.visible
    session = api.board.world.sessions.get(asked.agent)
    campaign = session.campaign if session else ""
    try:
        found = await api.threads.report(
            asker_of(request), _found, api.db, asked, campaign, limit, visible, request.query
        )
    except NotFound as missing:
        raise not_found(missing) from None
    return ApiAnswer(found)


def lead_of(request: ApiRequest) -> int:
    """Return the parameter `lead`, or 0 without one. Raises ProblemRaised (422)."""
    lead = request.query.get("lead", "0")
    if not (lead.isascii() and lead.isdigit() and len(lead) < LEAD_DIGITS) or ("lead" in request.query) > int(lead):
        raise invalid_request("lead", "must be a lead_id")
    return int(lead)


def _period(db: str, query: Mapping[str, str], now: int) -> HistoryPeriod:
    """Return the period from `since` until before `until`, in the time zone of the setting. Raises ProblemRaised."""
    zone, found = ZoneInfo(timezone(db) or "UTC"), {}
    for name in ("since", "until"):
        if name in query:
            try:
                found[name] = written_time.past(query[name], zone, now)
            except ValueError as error:
                raise invalid_request(name, str(error)) from None
    return HistoryPeriod(**found)


def _found(
    db: str,
    asked: HistoryAsked,
    campaign: str,
    limit: int,
    visible: VisibleAgents | None,
    query: Mapping[str, str],
) -> bytes:
    """Return the rows as JSON. Raises ProblemRaised (422), NotFound (`after`), StoreError."""
    now = time.time_ns() // 1000
    agent, number, after, lead, names = asked
    period = _period(db, query, now)
    if agent:
        found = call_history.of_agent(db, agent, now, limit, number, after, lead, period)
    elif lead:
        found = call_history.of_lead(db, lead, now, limit, number, after, visible, period)
    elif number:
        found = call_history.of_number(db, number, now, limit, after, visible, period)
    else:
        found = call_history.of_everybody(db, now, limit, after, visible, period)
    return msgspec.json.encode(_told(db, found if names else _without_names(found), campaign))


def of_agent(db: str, agent: str, campaign: str, limit: int, *, names: bool) -> list[HistoryCall]:
    """Return the newest calls of an agent who is logged in to a campaign, with the names of leads or without.

    Raises StoreError.
    """
    found = call_history.of_agent(db, agent, time.time_ns() // 1000, limit)
    return _told(db, found if names else _without_names(found), campaign)


def _without_names(found: list[call_history.PastCall]) -> list[call_history.PastCall]:
    return [replace(one, customer_name="") for one in found]


def _told(db: str, found: list[call_history.PastCall], campaign: str) -> list[HistoryCall]:
    """Return calls with their do-not-call lists. Raises StoreError."""
    listed = dnc.lists_of(db, ((one.number, campaign) for one in found))
    return [_row(one, do_not_call) for one, do_not_call in zip(found, listed, strict=True)]


def _row(one: call_history.PastCall, do_not_call: str) -> HistoryCall:
    return HistoryCall(
        call=one.call,
        direction=one.direction,
        number=one.number,
        agent=one.agent,
        full_name=one.full_name,
        ingroup=one.ingroup,
        group_name=one.group_name,
        at=iso(one.at),
        length_ms=one.length // 1000,
        outcome=one.outcome,
        status=one.status,
        do_not_call=do_not_call,
        customer_name=one.customer_name,
    )
