"""Commands to agents and calls: a body becomes a command, and the answer is its receipt."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

import msgspec
from msgspec import Struct

from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.problems import FieldFault, ProblemRaised, invalid_request
from ari_app.http.v1 import dispositions, leads, live_state, promised_callback
from ari_app.http.v1.bodies import body_errors, request_bodies
from ari_app.http.v1.live_state import JsonApi
from ari_app.link.call_control import CommandTimeout, CommandUnrecorded, adoption
from ari_app.link.command_check import CommandInvalid
from ari_app.link.command_rights import ClientUnknown, CommandForbidden
from ari_app.link.idempotency import LONGEST_KEY, CommandRequest, Complete, KeyReusedError, fingerprint
from warmline.ari.client.asterisk_unreadable import AsteriskUnreadable
from warmline.core.messages.agent_command_types import CorrectDisposition, CustomerDial, SetDisposition
from warmline.core.messages.command_classes import COMMAND_CLASSES, NumberDial, to_current_fields
from warmline.core.messages.commands import Command, Kind
from warmline.core.model.call import Call
from warmline.core.model.ids import is_ulid
from warmline.core.rules import dial_rules, reasons
from warmline.core.world.world import World
from warmline.store.configuration.users import User

SOURCE = "api/v1"  # the program in receipts
KEY_HEADER = "Idempotency-Key"
CALL_PARAMETER = "call"


async def to_agent(takes: Any, kind: Kind | None, api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Give a command to the agent in the path, about the agent or the agent's current call; reply with its receipt."""
    user = request.path_values["user"]
    body, named = read(request, takes), _named_call(request)
    about = await promised_callback.of(api, body, user)
    number = await leads.number_of(api, body)

    def complete(command: Command) -> Command:
        if about and isinstance(command, CustomerDial | SetDisposition):
            command = replace(command, callback=about)
        if isinstance(command, CustomerDial):
            command = replace(command, number=(about.number if about else "") or command.number or number)
        if kind is Kind.LOGIN:
            if user not in api.board.world.rules.agents:
                raise live_state.unknown_agent(user)
            return command
        if user not in api.board.world.sessions:
            raise live_state.not_logged_in(user)
        _check_own_call(api.board.world, user, named)
        command = dispositions.checked(command, api.board.world)
        if isinstance(body, request_bodies.DialCustomerBody) and body.group_alias:
            return _of_alias(command, api.board.world, body.group_alias)
        live = api.board.world.calls.get(api.board.world.sessions[user].call or "")
        return (
            _showing(command, api.board.world, live, body)
            if live and isinstance(body, request_bodies.CallerIdBody)
            else command
        )

    return await _order(api, request, body, request_bodies.command(body, kind, agent=user, call=named), complete)


def _named_call(request: ApiRequest) -> str:
    """Return the call that a command to an agent names, or "". Raises ProblemRaised (422)."""
    named = request.query.get(CALL_PARAMETER)
    if named is None:
        return ""
    if not is_ulid(named):
        raise invalid_request(CALL_PARAMETER, "allowed: the id of a call, as GET /api/v1/calls shows it")
    return named


def _check_own_call(world: World, user: str, named: str) -> None:
    """Check that a named call is the agent's present or last one: no receipt is written to the call of another agent.

    The engine decides between these two. Raises ProblemRaised (409).
    """
    session = world.sessions[user]
    if named not in ("", session.call, session.last.call):
        refused = reasons.AGENT_NOT_IN_CALL
        raise ProblemRaised(HTTPStatus.CONFLICT, refused.code, "{why}", why=refused.text(agent=user))


async def to_call(takes: Any, kind: Kind | None, api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Give a command to the call in the path, by id or agc_id, in the name of its agent; reply with its receipt."""
    wanted = request.path_values["id"]
    body = read(request, takes)

    def complete(command: Command) -> Command:
        live = live_state.live_call(api.board.world, wanted)
        if live is None:
            raise live_state.no_live_call(wanted)
        command = replace(command, call=live.id, agent=live.agent or "")
        return (
            _showing(command, api.board.world, live, body) if isinstance(body, request_bodies.CallerIdBody) else command
        )

    named = wanted if is_ulid(wanted) else ""
    return await _order(api, request, body, request_bodies.command(body, kind, call=named), complete)


async def correct(takes: Any, api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Give the call in the path, which may have ended, another code; reply with the receipt."""
    body = read(request, takes)
    given = request_bodies.command(body, Kind.SET_STATUS)
    assert isinstance(given, CorrectDisposition)
    command, complete = await dispositions.correction(api, request.path_values["id"], given, request.campaigns)
    return await _order(api, request, body, command, complete)


async def adopt(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Adopt the conversation of the channel in the body; reply with the receipt. Raises ProblemRaised."""
    body = read(request, request_bodies.AdoptBody)
    assert isinstance(body, request_bodies.AdoptBody)
    try:
        found = await api.find_conversation(body.channel)
    except AsteriskUnreadable as error:
        raise live_state.asterisk_unreadable(error) from None
    return await give(api, request, body, adoption(body.channel, found, body.agent or "", body.app or ""))


async def to_dialler(kind: Kind, api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Give a command to the dialler of the campaign in the path; reply with its receipt. Raises ProblemRaised."""
    body = read(request, request_bodies.EmptyBody)
    campaign = request.path_values["id"]
    if campaign not in api.board.world.rules.campaigns:
        raise live_state.unknown_campaign(campaign)
    return await give(
        api, request, body, COMMAND_CLASSES[kind](**to_current_fields(COMMAND_CLASSES[kind], {"campaign": campaign}))
    )


async def give(api: JsonApi, request: ApiRequest, body: Struct, command: Command) -> ApiAnswer:
    """Give a command that is complete; reply with its receipt."""
    return await _order(api, request, body, command, lambda command: command)


async def _order(api: JsonApi, request: ApiRequest, body: Struct, command: Command, complete: Complete) -> ApiAnswer:
    digits = body.digits if isinstance(body, request_bodies.DtmfBody) else ""
    key = idempotency_key(request)
    said = _said(request, body, command) if key else ""
    if isinstance(command, NumberDial) and isinstance(request.asker, User):
        command = replace(command, by_person=not getattr(body, "by_program", False))
    order = CommandRequest(command, request.by, SOURCE, key, digits, said, request.token)
    try:
        told = await api.once.give(order, complete)
    except KeyReusedError as error:
        faults = (FieldFault(KEY_HEADER, str(error)),)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        raise ProblemRaised(status, error.code, "{why}", why=error, errors=faults) from None
    except CommandInvalid as error:
        raise ProblemRaised(HTTPStatus.UNPROCESSABLE_ENTITY, error.code, "{why}", why=error) from None
    except ClientUnknown as error:
        raise ProblemRaised(HTTPStatus.UNAUTHORIZED, error.code, "{why}", why=error) from None
    except CommandForbidden as error:
        raise ProblemRaised(HTTPStatus.FORBIDDEN, error.code, "{why}", why=error) from None
    except CommandUnrecorded as late:
        raise ProblemRaised(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "unrecorded",
            "the command was carried out, and could not be recorded within 5 s; its receipt ends when it is recorded",
            receipt=late.receipt,
        ) from None
    except CommandTimeout as late:
        raise ProblemRaised(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "command_not_done_yet",
            "the command was not done within 5 s and continues; its receipt shows how it ends",
            receipt=late.receipt,
        ) from None
    if told.why:
        reason = reasons.find_by_text(told.why)
        code = reason.code if reason else "command_refused"
        status = HTTPStatus.SERVICE_UNAVAILABLE if reason is reasons.HANG_UP_WAITS else HTTPStatus.CONFLICT
        raise ProblemRaised(status, code, "{why}", why=told.why, receipt=told.receipt)
    receipt = await live_state.read_receipt(api, told.receipt)
    return reply(receipt, HTTPStatus.CREATED, Location=f"/api/v1/receipts/{receipt.id}")


def _said(request: ApiRequest, body: Struct, command: Command) -> str:
    """Return the fingerprint of a request, with a call that it names; of DTMF keys it contains only the number."""
    fields = msgspec.structs.asdict(body)
    if "digits" in fields:
        fields["digits"] = len(fields["digits"])
    named = request.query.get(CALL_PARAMETER, "")  # receipts of earlier releases have the fingerprint without it
    return fingerprint((command.kind, request.path, fields, named) if named else (command.kind, request.path, fields))


def _showing(command: Command, world: World, live: Call, body: request_bodies.CallerIdBody) -> Command:
    """Return the command with the caller id for the third party, if the body chooses one."""
    session = world.sessions.get(live.agent or "")
    if body.group_alias:
        return _of_alias(command, world, body.group_alias)
    if body.caller_id is None or session is None:
        return command
    rule = replace(world.rules.campaign(session.campaign), three_way_call_cid=body.caller_id)
    return replace(command, caller_id=dial_rules.choose_third_caller_id(rule, live.number, session.phone))


def _of_alias(command: Command, world: World, name: str) -> Command:
    alias = world.rules.group_aliases.get(name)
    if alias is None or alias.active != "Y":
        return replace(command, impossible=reasons.GROUP_ALIAS_INACTIVE.text(group_alias=name))
    return replace(command, caller_id=alias.caller_id_number)


def read(request: ApiRequest, takes: Any, patterns: Mapping[str, str] = body_errors.PATTERNS) -> request_bodies.Body:
    """Return the body as shape `takes`; see body_errors.decoded. Raises ProblemRaised (400, 422)."""
    body: request_bodies.Body = body_errors.decoded(request, takes, patterns)
    for name in _with_newline(body):  # `$` in a pattern would accept them
        raise body_errors.unusable(f"line breaks are not allowed - at `$.{name}`")
    return body


def _with_newline(body: Struct) -> Iterator[str]:
    several = ("notes",) if isinstance(body, request_bodies.DispositionBody | request_bodies.NotesBody) else ()
    for name, value in msgspec.structs.asdict(body).items():
        if isinstance(value, Struct):
            yield from (f"{name}.{inner}" for inner in _with_newline(value))
        elif isinstance(value, str) and "\n" in value and name not in several:
            yield name


def idempotency_key(request: ApiRequest) -> str:
    """Return the idempotency key of a request, or "". Raises ProblemRaised (422)."""
    key = request.headers.get(KEY_HEADER, "")
    if len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
        why = f"at most {LONGEST_KEY} printable characters"
        faults = (FieldFault(KEY_HEADER, why),)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        raise ProblemRaised(status, "idempotency_key_invalid", "invalid idempotency key", errors=faults)
    return key
