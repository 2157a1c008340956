"""The past calls of an agent or of a number, as JSON."""

import time

import msgspec
from msgspec import Struct

from ari_app.http.server import paging
from ari_app.http.server.api_request import ApiAnswer, ApiRequest
from ari_app.http.server.bearer_tokens import asker_of
from ari_app.http.server.problems import not_found
from ari_app.http.v1.live_state import JsonApi
from ari_app.live.live_records import Time, iso
from warmline.access.visible_agents import VisibleAgents
from warmline.store.calls import call_history
from warmline.store.database.errors import NotFound
from warmline.store.leads import dnc

USUAL = 20


class HistoryCall(Struct, frozen=True):
    """One call of an agent, or of a number. `direction` is in or out; `outcome` is answered, missed, failed or live.

    `number` is the other party's, as it can be dialled again; `length_ms` is how long the agent had the call.
    `full_name` and `group_name` are the names of agent and in-group. `do_not_call` names the do-not-call list that has
    the number, or is empty. It is the system's list, or that of the asked agent's current campaign.
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


async def calls(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the past calls of `agent`, `number` or both, newest first. Raises ProblemRaised (404, 422, 429)."""
    agent, number, after = (request.query.get(name, "") for name in ("agent", "number", "after"))
    limit, visible = paging.limit(request, USUAL, paging.ROWS), request.visible
    session = api.board.world.sessions.get(agent)
    campaign = session.campaign if session else ""
    try:
        found = await api.threads.report(
            asker_of(request), _found, api.db, agent, campaign, number, limit, after, visible
        )
    except NotFound as missing:
        raise not_found(missing) from None
    return ApiAnswer(found)


def _found(
    db: str, agent: str, campaign: str, number: str, limit: int, after: str, visible: VisibleAgents | None
) -> bytes:
    """Return the rows as JSON. Raises NotFound (`after`), StoreError."""
    now = time.time_ns() // 1000
    if agent:
        found = call_history.of_agent(db, agent, now, limit, number, after)
    elif number:
        found = call_history.of_number(db, number, now, limit, after, visible)
    else:
        found = call_history.of_everybody(db, now, limit, after, visible)
    return msgspec.json.encode(_told(db, found, campaign))


def of_agent(db: str, agent: str, campaign: str, limit: int) -> list[HistoryCall]:
    """Return the newest calls of an agent who is logged in to a campaign. Raises StoreError."""
    return _told(db, call_history.of_agent(db, agent, time.time_ns() // 1000, limit), campaign)


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
    )
