"""Callbacks in the JSON API: list them, make one for a lead, take, reschedule or cancel one."""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Any

import msgspec
from msgspec import Struct

from ari_app.http.server import paging
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.bearer_tokens import asker_of
from ari_app.http.server.problems import FieldFault, ProblemRaised, invalid_request, not_found
from ari_app.http.v1 import commands, promised_callback
from ari_app.http.v1.bodies import request_bodies
from ari_app.http.v1.call_history import lead_of
from ari_app.http.v1.live_state import JsonApi
from ari_app.records import lead_callbacks
from warmline.core.messages.agent_command_types import ChangeCallback
from warmline.core.messages.values.callback import CANCELLED, PENDING, STATES, Callback, explain_closed
from warmline.core.rules.configuration import Rules
from warmline.operations.live_records import Time, iso
from warmline.store.database.errors import NotFound
from warmline.store.leads import callbacks, dnc


class CallbackWanted(Struct, frozen=True):
    """A callback at `at` by `agent`, or by any agent if that is empty.

    `full_name` and `group_name` are the names of agent and in-group. `call` is the call in which it was promised; it is
    empty if a program made the callback for a lead. `customer_name` is that of the `lead`. It was done in the call
    `done_in`. `by` changed it last.
    `do_not_call` names the do-not-call list of system or campaign that has the number, or is empty. `notes` are those
    of the call in which it was promised.
    """

    id: str
    state: str
    at: Time
    number: str
    lead: int | None
    customer_name: str
    agent: str
    full_name: str
    comments: str
    status: str
    ingroup: str
    group_name: str
    campaign: str
    call: str
    made: Time
    by: str
    ended: Time | None
    done_in: str
    do_not_call: str
    notes: str


async def listed(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the open callbacks, the earliest first. Raises ProblemRaised (404, 422, 429), StoreError."""
    agent, state, after = (request.query.get(name, "") for name in ("agent", "state", "after"))
    if "state" in request.query and state not in STATES:
        raise invalid_request("state", f"must be one of {', '.join(STATES)}")
    limit, lead = paging.limit(request, paging.USUAL, paging.ROWS), lead_of(request)
    read = partial(callbacks.listed, api.db, _now(), agent, state, limit, after, request.visible, lead)
    try:
        found = await api.threads.report(asker_of(request), _listed, api.db, api.board.world.rules, read)
    except NotFound as missing:
        raise not_found(missing) from None
    return ApiAnswer(found)


def _listed(db: str, rules: Rules, read: Callable[[], list[Callback]]) -> bytes:
    """Return the rows as JSON. Raises NotFound (`after`), StoreError."""
    return msgspec.json.encode(_told(db, read(), rules))


async def one(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with one callback. Raises ProblemRaised (404), StoreError."""
    return reply(await _one(api, request.path_values["id"]))


async def _one(api: JsonApi, wanted: str) -> CallbackWanted:
    found = await promised_callback.find(api, wanted)
    [told] = await api.threads.look_up(_told, api.db, [found], api.board.world.rules)
    return told


async def make(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Make a callback for a lead; the answer is the callback. Raises ProblemRaised, StoreError."""
    body = commands.read(request, request_bodies.LeadCallbackBody)
    assert isinstance(body, request_bodies.LeadCallbackBody)
    rules = api.board.world.rules
    for field, known in (("agent", rules.agents), ("campaign", rules.campaigns)):
        if (named := getattr(body, field)) and named not in known:
            why = NotFound("callback_names_nothing", "{field} {name!r} does not exist", field=field, name=named)
            raise _missing(field, why)
    at = promised_callback.moment(api, body.at)
    wanted = Callback(id="", call="", number="", lead=int(body.lead), at=at, comments=body.comments)
    wanted = replace(wanted, agent=body.agent, campaign=body.campaign, status=body.status)
    try:
        wanted = await api.threads.look_up(callbacks.for_lead, api.db, wanted, request.campaigns)
    except NotFound as missing:
        raise _missing("lead", missing) from None
    given = await commands.give(api, request, body, lead_callbacks.command_for(wanted))
    made = msgspec.json.decode(given.body, type=_Receipt).id
    told = await _one(api, made)
    return reply(told, HTTPStatus.CREATED, Location=f"/api/v1/callbacks/{made}")


class _Receipt(Struct):
    id: str


def _missing(field: str, why: NotFound) -> ProblemRaised:
    """Return the 404 for a field that names something that does not exist."""
    return ProblemRaised(HTTPStatus.NOT_FOUND, why.code, "{why}", errors=(FieldFault(field, str(why)),), why=why)


async def change(takes: Any, api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Take, reschedule or cancel a callback; the answer is a receipt. Raises ProblemRaised, StoreError."""
    body = commands.read(request, takes)
    found = await promised_callback.find(api, request.path_values["id"])
    changed, said = _changed(api, replace(found, by=request.asker.client), body)
    agent = body.agent if isinstance(body, request_bodies.CallbackTakerBody) else ""
    command = ChangeCallback(agent, change=f"{found.id} {said}", callback=changed, impossible=explain_closed(found))
    return await commands.give(api, request, body, command)


def _changed(api: JsonApi, found: Callback, body: request_bodies.Body) -> tuple[Callback, str]:
    if isinstance(body, request_bodies.CallbackTakerBody):
        if body.agent not in api.board.world.rules.agents:
            raise invalid_request("agent", f"there is no agent {body.agent}")
        return replace(found, agent=body.agent, state=PENDING), f"taken by {body.agent}"
    if isinstance(body, request_bodies.CallbackTimeBody):
        moved = replace(found, at=promised_callback.moment(api, body.at), state=PENDING)
        comments = found.comments if body.comments is None else body.comments
        # The text as sent, so that a repeated request with `+2h` is still the same.
        return replace(moved, comments=comments), f"rescheduled to {body.at}"
    return replace(found, state=CANCELLED, ended=_now()), "cancelled"


def _told(db: str, found: list[Callback], rules: Rules) -> list[CallbackWanted]:
    """Return callbacks with their customers, notes and do-not-call lists. Raises StoreError."""
    customers, notes = callbacks.customers(db, found), callbacks.notes(db, found)
    listed = dnc.lists_of(db, ((one.number, one.campaign) for one in found))
    return [
        _row(one, rules, customers.get(one.lead, ""), do_not_call, notes.get(one.id, ""))
        for one, do_not_call in zip(found, listed, strict=True)
    ]


def _row(one: Callback, rules: Rules, customer: str, do_not_call: str, notes: str) -> CallbackWanted:
    ended = None if one.ended is None else iso(one.ended)
    known = rules.agents.get(one.agent)
    names: dict[str, Any] = {
        "full_name": known.full_name if known else "",
        "group_name": rules.ingroup(one.ingroup).group_name,
        "lead": one.lead or None,
        "customer_name": customer,
        "do_not_call": do_not_call,
        "notes": notes,
    }
    fields = {name: getattr(one, name) for name in CallbackWanted.__struct_fields__ if name not in names}
    return CallbackWanted(**fields | names | {"at": iso(one.at), "made": iso(one.made), "ended": ended})


def _now() -> int:
    return time.time_ns() // 1000
