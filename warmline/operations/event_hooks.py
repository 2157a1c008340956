"""Event hooks, programs that get events: their state, their secrets, and a test. The configuration has the rest."""

import secrets
from typing import Annotated, Any

from msgspec import Struct, structs

from warmline.operations.operation import BODY, Caller, CommandForm, Field, operation
from warmline.operations.times import Time, iso
from warmline.options.event_hook_options import EVENT_HOOK
from warmline.store.event_hooks import hook_states
from warmline.store.event_hooks.hook_states import HookDelivery

KIND = EVENT_HOOK.kind
BOUNDS: dict[str, Any] = {"agents": "EVERYTHING", "campaigns": "ENTITY"}
CHANGES = BOUNDS | {"more_problems": (*BODY, 409)}
TIMES = ("waiting", "failing", "due", "stopped")

Name = Annotated[str, Field("The name of the entry. `list` shows the names.", "NAME", names=KIND)]


class EventHookSecret(Struct, frozen=True):
    """The secret of an event hook, the key of its signatures."""

    name: str
    secret: str


class EventHookTest(Struct, frozen=True):
    """The delivery of a sample. The state of the event hook has its result within some seconds."""

    name: str
    delivery: str


class EventHookDelivery(Struct, frozen=True):
    """An attempt. `delivery` is the same at each attempt for one event; `status` is null without an answer.

    `why` says why it failed, and is empty if it was delivered.
    """

    delivery: str
    type: str
    at: Time
    status: int | None
    why: str


class EventHookState(Struct, frozen=True):
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
    deliveries: list[EventHookDelivery]


@operation("GET /event-hooks/{name}", "getEventHook", "config:read", **BOUNDS)
def get_event_hook(caller: Caller, name: Name) -> EventHookState:
    """Show how far an event hook has been told, and its latest attempts."""
    _check(caller, name)
    state = hook_states.state(caller.db, name)
    times = {field: None if (at := getattr(state, field)) is None else iso(at) for field in TIMES}
    deliveries = list(map(_delivery, state.deliveries))
    return EventHookState(**structs.asdict(state) | times | {"name": name, "deliveries": deliveries})


def _check(caller: Caller, name: str, *, changes: bool = False) -> None:
    """Raise NotFound for an event hook of campaigns that the caller does not see.

    With `changes`, raise WriteRefused for one that other campaigns use, too.
    """
    if caller.campaigns and changes:
        from warmline.operations import entity_rights

        entity_rights.check_entity(caller, KIND, name)
    elif caller.campaigns:
        from warmline.store.configuration import config_pages  # a command at the file does not need it

        config_pages.one(caller.db, KIND, name, caller.campaigns)


def _delivery(attempt: HookDelivery) -> EventHookDelivery:
    return EventHookDelivery(attempt.delivery, attempt.type, iso(attempt.at), attempt.status or None, attempt.why)


SECRET = CommandForm(
    f"{KIND} secret",
    "Show the secret of an event hook.\n\n"
    "The receiver needs it to verify signatures. The history notes each person who saw it.",
    ("crm", "crm --json"),
    "name",
    said=lambda _, values: (
        f"{KIND} {values['name']}: its secret is on the next line, and the history notes that you saw it"
    ),
    prints="secret",
)


@operation("POST /event-hooks/{name}/secret", "showEventHookSecret", "users:write", SECRET, **CHANGES)
def show_secret(caller: Caller, name: Name) -> EventHookSecret:
    """Show the secret of an event hook; the history notes it."""
    _check(caller, name, changes=True)
    return EventHookSecret(name, hook_states.secret_of(caller.db, name, who=caller.name))


RENEW = CommandForm(
    f"{KIND} renew",
    "Replace the secret of an event hook.\n\n"
    "Events are signed with the new secret within a second. Give it to the receiver first.",
    ("crm", "crm --json"),
    "name",
    said=lambda _, values: f"{KIND} {values['name']}: its new secret is on the next line",
    prints="secret",
)


@operation("POST /event-hooks/{name}/renew", "renewEventHookSecret", "users:write", RENEW, **CHANGES)
def renew_secret(caller: Caller, name: Name) -> EventHookSecret:
    """Replace the secret of an event hook; the answer shows it."""
    _check(caller, name, changes=True)
    return EventHookSecret(name, hook_states.secret_of(caller.db, name, who=caller.name, renew=True))


@operation("POST /event-hooks/{name}/test", "testEventHook", "users:write", success=202, **CHANGES)
def send_sample(caller: Caller, name: Name) -> EventHookTest:
    """Send a sample to an event hook; if it is delivered, a stopped event hook goes on."""
    _check(caller, name, changes=True)
    delivery = f"{name}-test-{secrets.token_hex(4)}"
    hook_states.want_test(caller.db, name, delivery)
    return EventHookTest(name, delivery)
