"""Event hooks as JSON: their secrets, their state, and a test."""

import secrets
from http import HTTPStatus

from msgspec import Struct

from ari_app.http.management import write_requests
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.problems import not_found
from ari_app.http.server.worker_threads import in_time
from ari_app.http.v1 import agent_bounds
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiRoute
from ari_app.http.v1.live_state import JsonApi
from ari_app.records.privileged_write_types import NoteHookSecret, SendHookSample
from warmline.operations.live_records import Time, iso
from warmline.options.event_hook_options import EVENT_HOOK
from warmline.store.configuration import config_pages
from warmline.store.database.errors import NotFound
from warmline.store.event_hooks import hook_states
from warmline.store.event_hooks.hook_states import HookDelivery, HookState

PROBLEMS = (400, 401, 403, 404, 409, 413, 415, 422, 429, 503)


class HookSecretShown(Struct, frozen=True):
    """The secret of an event hook, the key of its signatures."""

    name: str
    secret: str


class HookSampleAsked(Struct, frozen=True):
    """The delivery of a sample. The state of the event hook has its result within some seconds."""

    name: str
    delivery: str


class HookDeliveryShown(Struct, frozen=True):
    """An attempt. `delivery` is the same at each attempt for one event; `status` is null without an answer.

    `why` says why it failed, and is empty if it was delivered.
    """

    delivery: str
    type: str
    at: Time
    status: int | None
    why: str


class HookStateShown(Struct, frozen=True):
    """How far an event hook has been told. `state` is active, failing, stopped or inactive.

    `behind` is the number of rows of the journal that it has not been told, and `waiting` the time of the first one.
    `failing` is the time of the first failed attempt, and `due` that of the next one. `stopped` is when Warmline gave
    up; a delivered test lets the event hook go on.
    """

    name: str
    state: str
    delivered: int
    behind: int
    waiting: Time | None
    tries: int
    failing: Time | None
    due: Time | None
    stopped: Time | None
    deliveries: list[HookDeliveryShown]


async def noted(api: JsonApi, request: ApiRequest, name: str, *, renew: bool = False) -> str:
    """Return the secret of a hook, and note that the client sees it. Raises ProblemRaised, StoreError."""
    await write_requests.write(api, request, NoteHookSecret(name, renew), HTTPStatus.NOT_FOUND)
    return await in_time(hook_states.read_secret, api.db, name)


async def show(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the secret of an event hook. Raises ProblemRaised (404), StoreError, CallProcessAway."""
    name = request.path_values["name"]
    return reply(HookSecretShown(name, await noted(api, request, name)))


async def renew(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Replace the secret of an event hook, and reply with the new one."""
    name = request.path_values["name"]
    return reply(HookSecretShown(name, await noted(api, request, name, renew=True)))


async def sample(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Let the worker process send a sample to an event hook. Raises ProblemRaised (404), StoreError."""
    name = request.path_values["name"]
    delivery = f"{name}-test-{secrets.token_hex(4)}"
    await write_requests.write(api, request, SendHookSample(name, delivery), HTTPStatus.NOT_FOUND)
    return reply(HookSampleAsked(name, delivery), HTTPStatus.ACCEPTED)


async def state(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the state of an event hook. Raises ProblemRaised (404), StoreError."""
    name = request.path_values["name"]
    try:
        await in_time(config_pages.one, api.db, EVENT_HOOK.kind, name, request.campaigns)
        found = await in_time(hook_states.state, api.db, name)
    except NotFound as missing:
        raise not_found(missing) from None
    return reply(_shown(name, found))


def _shown(name: str, found: HookState) -> HookStateShown:
    waiting, failing, due, stopped = (
        None if at is None else iso(at) for at in (found.waiting, found.failing, found.due, found.stopped)
    )
    deliveries = list(map(_delivery, found.deliveries))
    return HookStateShown(
        name, found.state, found.delivered, found.behind, waiting, found.tries, failing, due, stopped, deliveries
    )


def _delivery(one: HookDelivery) -> HookDeliveryShown:
    return HookDeliveryShown(one.delivery, one.type, iso(one.at), one.status or None, one.why)


EVENT_HOOK_ROUTES = (
    ApiRoute(
        "GET",
        "/event-hooks/{name}",
        "getEventHook",
        "Show how far an event hook has been told, and its latest attempts",
        "config:read",
        agent_bounds.EVERYTHING,
        state,
        HookStateShown,
        problems=(*READ_PROBLEMS, 404),
    ),
    ApiRoute(
        "POST",
        "/event-hooks/{name}/secret",
        "showEventHookSecret",
        "Show the secret of an event hook; the history notes it",
        "users:write",
        agent_bounds.EVERYTHING,
        show,
        HookSecretShown,
        problems=PROBLEMS,
    ),
    ApiRoute(
        "POST",
        "/event-hooks/{name}/renew",
        "renewEventHookSecret",
        "Replace the secret of an event hook; the answer shows it",
        "users:write",
        agent_bounds.EVERYTHING,
        renew,
        HookSecretShown,
        problems=PROBLEMS,
    ),
    ApiRoute(
        "POST",
        "/event-hooks/{name}/test",
        "testEventHook",
        "Send a sample to an event hook; if it is delivered, a stopped event hook goes on",
        "users:write",
        agent_bounds.EVERYTHING,
        sample,
        HookSampleAsked,
        202,
        problems=PROBLEMS,
    ),
)
