"""The routes of operations: each is made from the description of its function."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from http import HTTPStatus
from itertools import starmap
from types import ModuleType
from typing import Any, cast, get_args
from urllib.parse import quote

import msgspec
from msgspec import NODEFAULT, Struct

from ari_app.http.management import write_requests
from ari_app.http.people import own_account
from ari_app.http.people.api_process import HttpProcess, read_sessions_again
from ari_app.http.server import paging
from ari_app.http.server.api_request import ApiAnswer, ApiRequest
from ari_app.http.server.bearer_tokens import asker_of
from ari_app.http.server.problems import FieldFault, ProblemRaised, invalid_argument, invalid_request
from ari_app.http.server.worker_threads import in_time
from ari_app.http.v1 import agent_bounds, campaign_bounds, commands
from ari_app.http.v1.api_route import ApiParameter, ApiRoute, paged
from ari_app.http.v1.bodies import body_errors, request_bodies
from ari_app.http.v1.live_state import JsonApi
from ari_app.records.privileged_write_types import do
from warmline.operations.operation import (
    NO_FIELDS,
    SINCE,
    Argument,
    Caller,
    Done,
    LiveCommand,
    Operation,
    Page,
    argument_of,
    choices,
)
from warmline.operations.operation_table import OPERATIONS, all_operations
from warmline.options.values.entity import OptionError
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.database.reading import for_reader

KEY = ApiParameter(
    commands.KEY_HEADER,
    "header",
    "your name for this one request: if it is sent again, the command is not repeated, and its receipt is returned",
    {"type": "string", "maxLength": 255, "pattern": "^[ -~]*$"},
)

REVISIONS = (
    ApiParameter(
        "revision",
        "query",
        "refuse the change if the entity changed after this revision",
        {"type": "integer", "minimum": 0, "maximum": 10**18 - 1},
    ),
    ApiParameter("If-Match", "header", "the same, for HTTP clients: the ETag of an answer", {"type": "string"}),
)
PREFIX = "/api/v1"


@cache
def all_routes() -> tuple[ApiRoute, ...]:
    """Return the routes of all operations."""
    return tuple(map(_route, all_operations()))


def routes(subject: ModuleType) -> tuple[ApiRoute, ...]:
    """Return the routes of the operations of a module."""
    names = {name for name, place in OPERATIONS.items() if place.startswith(f"{subject.__name__}:")}
    return tuple(route for route in all_routes() if route.name in names)


def route(operation: Operation[..., Any]) -> ApiRoute:
    """Return the route of an operation."""
    return next(one for one in all_routes() if one.name == operation.id)


def schema_names() -> dict[Any, str]:
    """Return the names of the records of all operations in the OpenAPI document: those of their classes."""
    names: dict[Any, str] = {}
    for operation in all_operations():
        module = operation.function.__module__
        names |= {kind: kind.__name__ for kind in _records(operation.answer) if kind.__module__ == module}
        names |= {takes: operation.body} if (takes := _takes(operation)) and not operation.whole_body else {}
    return names


def _records(kind: Any) -> Iterator[type[Struct]]:
    """Yield the records in a type: it, and those of its fields and parts."""
    if isinstance(kind, type) and issubclass(kind, Struct):
        yield kind
        for field in msgspec.structs.fields(kind):
            yield from _records(field.type)
    for part in get_args(kind):
        yield from _records(part)


def _takes(operation: Operation[..., Any]) -> Any:
    if operation.whole_body:
        return operation.hints[operation.whole_body]
    return request_bodies.EmptyBody if operation.body == NO_FIELDS else operation.takes_body


def _route(operation: Operation[..., Any]) -> ApiRoute:
    takes = _takes(operation)
    parameters = [_parameter(one) for one in operation.arguments if one.place == "query"]
    if operation.has_pages:
        cursors = dict(operation.cursor) or None
        parameters += paged(f"the `{operation.cursor_field}`", operation.pages_of, paging.ROWS, cursors)
    if operation.done is Done.LIVE:
        parameters.append(KEY)
    if _has_since(operation):
        parameters += REVISIONS
    return ApiRoute(
        operation.method,
        operation.path,
        operation.id,
        operation.summary,
        operation.scope,
        getattr(agent_bounds, operation.agents),
        partial(_handler(operation), operation),
        operation.answer,
        operation.status,
        operation.problems,
        takes,
        operation.example[operation.whole_body] if operation.whole_body else takes and takes(**operation.example),
        tuple(parameters),
        scope_of=_scope_of(operation),
        before_own_password=operation.before_own_password,
        before_enrolment=operation.before_enrolment,
        media=operation.media,
        campaign_bound=getattr(campaign_bounds, operation.campaigns),
    )


def _scope_of(operation: Operation[..., Any]) -> Callable[[Mapping[str, str]], str] | None:
    is_late = operation.scopes and not operation.needs_scope
    return (lambda _values: "") if is_late else operation.scope_of  # `_checked` knows `scopes`


def _handler(operation: Operation[..., Any]) -> Callable[..., Awaitable[ApiAnswer]]:
    if operation.has_steps:
        return _change
    if operation.done is Done.LIVE:
        return _give
    return _read if operation.is_read or operation.done is Done.API else _write


def _parameter(argument: Argument) -> ApiParameter:
    schema = msgspec.json.schema(argument.type)
    known = schema.get("anyOf", [schema])[0]
    known = {"enum": [*choices(argument.type)]} if "$ref" in known else known
    return ApiParameter(argument.name, "query", argument.field.help, known, required=argument.default is NODEFAULT)


async def _read(operation: Operation[..., Any], api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Read in this process, records in a thread. Raises ProblemRaised, StoreError."""
    arguments, page = await _checked(operation, api, request), _page(operation, request)
    caller = Caller(request.by, api.db, request.visible, request.campaigns, client=request.asker, api=HttpProcess(api))
    read = partial(_encoded, operation.run, caller, arguments, page)
    with _problems(operation):
        if operation.done is Done.API:
            return _answer(operation, read())
        if operation.has_pages or operation.takes_body or operation.takes_long:
            body = await api.threads.report(asker_of(request), _while_awaited, request, read)
        else:
            body = await api.threads.look_up(read) if operation.reads_records else read()
    if operation.file_name:
        disposition = f'attachment; filename="{operation.file_name.format_map(arguments)}"'
        return ApiAnswer(body, media=operation.media, headers={"Content-Disposition": disposition})
    return _answer(operation, body)


def _while_awaited(request: ApiRequest, read: Callable[[], bytes]) -> bytes:
    """Read until the client has gone. Raises ReadInterrupted, and what `read` raises."""
    with for_reader(request.has_gone):
        return read()


def _answer(operation: Operation[..., Any], body: bytes) -> ApiAnswer:
    """Return an answer with its address, if it made something, and its revision."""
    headers: dict[str, str] = {}
    if operation.location:
        named = {name: quote(str(value), safe="") for name, value in msgspec.json.decode(body).items()}
        headers["Location"] = f"{PREFIX}{operation.location.format_map(named)}"
    if operation.with_revision and (made := msgspec.json.decode(body, type=_Revision)).revision is not None:
        headers["ETag"] = f'"{made.revision}"'
    return ApiAnswer(body, operation.status, headers=headers)


def _encoded(run: Callable[..., Any], *given: Any) -> bytes:
    answer = run(*given)
    return answer if isinstance(answer, bytes) else msgspec.json.encode(answer)


async def _write(operation: Operation[..., Any], api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Let the call process write. Raises ProblemRaised, StoreError, CallProcessAway."""
    arguments = await _checked(operation, api, request)
    message = do(operation, **operation.given(arguments))
    done = await write_requests.write(api, request, message, missing=HTTPStatus(operation.not_found))
    if operation.unlocks and api.users:
        api.users.forget_failures(arguments["user"])
    if operation.ends_sessions:
        await read_sessions_again(api)
    return _answer(operation, done.answer)


async def _change(operation: Operation[..., Any], api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Read what a change takes, let the call process make it, and read the answer.

    Raises ProblemRaised, StoreError, CallProcessAway.
    """
    caller = Caller(request.by, api.db, request.visible, request.campaigns, client=request.asker)
    arguments = await _checked(operation, api, request)
    with _problems(operation, HTTPStatus.NOT_FOUND):
        if operation.takes_long:
            made = await api.threads.report(asker_of(request), operation.run, caller, arguments)
        else:
            made = await in_time(operation.run, caller, arguments)
        scopes = await api.threads.look_up(made.change.scopes_of, api.db, made.arguments)
        write_requests.allow_all(request, scopes, operation.id)
        missing = HTTPStatus(operation.missing or HTTPStatus.UNPROCESSABLE_ENTITY)
        done = await write_requests.write(api, request, do(made.change, **made.arguments), missing, made.fields)
        answer = await in_time(made.read, msgspec.json.decode(done.answer, type=made.change.answer))
    return _answer(operation, msgspec.json.encode(answer))


async def _give(operation: Operation[..., Any], api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Give the command of an operation, and answer with its receipt, or with what it made. Raises ProblemRaised."""
    arguments = await _checked(operation, api, request)
    rules = api.board.world.rules
    caller = Caller(request.asker.client, api.db, request.visible, request.campaigns, rules, request.asker)
    with _problems(operation):
        live: LiveCommand[Any] = await api.threads.look_up(operation.run, caller, arguments)
    answer = await commands.give(api, request, _body(operation, request), live.command)
    if live.read is None:
        return answer
    made = await api.threads.look_up(live.read, msgspec.json.decode(answer.body, type=_Receipt).id)
    return _answer(operation, msgspec.json.encode(made))


class _Receipt(Struct):
    id: str


class _Revision(Struct):
    revision: int | None = None


async def _checked(operation: Operation[..., Any], api: JsonApi, request: ApiRequest) -> dict[str, Any]:
    """Return the arguments of a request, if the client has the scopes for them. Raises ProblemRaised, StoreError."""
    if not operation.scope:
        own_account.user_of(request)
    if operation.whole_body:
        sent = {operation.whole_body: body_errors.decoded(request, _takes(operation))}
    else:
        sent = msgspec.structs.asdict(_body(operation, request)) if operation.body else {}
    in_query = (one for one in operation.arguments if one.place == "query")
    query = {one.name for one in in_query if one.name in request.query and not _is_any(one, request.query[one.name])}
    given = {one.name: sent[one.name] for one in operation.arguments if sent.get(one.name, one.default) != one.default}
    given |= {name: request.query[name] for name in query} | dict(request.path_values)
    given |= {SINCE: write_requests.since(request)} if _has_since(operation) else {}
    try:
        arguments = operation.check(given, is_text=not operation.body)
    except OptionError as error:
        raise invalid_argument(error) from None
    if operation.scopes:
        with _problems(operation, HTTPStatus.NOT_FOUND if operation.has_steps else 0):
            scopes = await api.threads.look_up(operation.scopes, api.db, arguments)
        write_requests.allow_all(request, scopes, operation.id)
    return arguments


def _is_any(argument: Argument, text: str) -> bool:
    """Return whether a parameter in a query is empty, where one of several words is allowed."""
    return not text and bool(choices(argument.type))


def _has_since(operation: Operation[..., Any]) -> bool:
    return any(argument.place == SINCE for argument in operation.arguments)


def _body(operation: Operation[..., Any], request: ApiRequest) -> Struct:
    return commands.read(request, _takes(operation), operation.patterns)


def _page(operation: Operation[..., Any], request: ApiRequest) -> Page | None:
    if not operation.has_pages:
        return None
    after = request.query.get("after", "")
    if (pattern := operation.cursor.get("pattern")) and not re.fullmatch(pattern, after, re.ASCII):
        raise invalid_request("after", "must be the id of an entry")
    return Page(after, paging.limit(request, operation.pages_of, paging.ROWS))


@contextmanager
def _problems(operation: Operation[..., Any], missing: int = 0) -> Iterator[None]:
    """Turn the errors of a function into problems."""
    try:
        yield
    except NotFound as error:
        faults = (FieldFault(name, str(error)),) if (name := argument_of(error)) else ()
        status = HTTPStatus(missing or operation.not_found)
        raise ProblemRaised(status, error.code, "{why}", errors=faults, why=error) from None
    except OptionError as error:
        if argument_of(error):
            raise invalid_argument(error) from None
        fields = cast(dict[str, str], error.fields.get("fields", {}))
        raise write_requests.invalid(error, starmap(FieldFault, fields.items())) from None
    except Conflict as error:
        raise write_requests.conflict(error) from None
