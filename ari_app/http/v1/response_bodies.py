"""The shapes of the JSON API's answers, and the functions that build them. Times are ISO 8601, UTC."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from ari_app.http.server import paging
from warmline.core.agents import supervision
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.command_shapes import column
from warmline.core.model.commands import Kind
from warmline.core.model.leg import Leg, Role
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.model.session import Session
from warmline.core.model.shown_state import shown
from warmline.core.state.world import World
from warmline.store.events.journal_events import JournalEvent
from warmline.store.events.public_records import TIMES

Time = Annotated[str, Meta(extra_json_schema={"format": "date-time"}, examples=["2026-11-20T09:15:02.250+00:00"])]


class Supervisor(Struct, frozen=True):
    """A phone from which an agent is supervised; `kind` determines who else hears its owner."""

    phone: str
    kind: Literal["LISTEN", "WHISPER", "BARGE"]


class AgentNow(Struct, frozen=True):
    """A logged-in agent. `since` is when the state began; `muted`: the microphone is off.

    `preview` is the number that the agent previews before dialling. `reachable` is false while Asterisk cannot reach
    the phone; a READY agent then has the state `NO PHONE` and is offered no call.
    """

    user: str
    state: str
    since: Time
    call: str | None
    phone: str
    campaign: str
    ingroups: tuple[str, ...]
    pause_code: str
    last_call: str
    last_status: str
    muted: bool
    preview: str
    supervisors: list[Supervisor]
    reachable: bool


class LegNow(Struct, frozen=True):
    """A channel of a call. `bridge` is the bridge that contains it."""

    id: str
    role: Role
    number: str
    phase: str
    bridge: str | None
    since: Time


class CallNow(Struct, frozen=True):
    """A live call. `third` is the third party's number, `agent` its current agent, `direct` the agent it waits for."""

    id: str
    agc_id: str
    state: State
    since: Time
    customer: str
    agent: str | None
    third: str | None
    ingroup: str
    direct: str


class CallWhole(CallNow, frozen=True):
    """A live call with its legs. `left`: when the agent left customer and third party; `receipt`: the current command.

    `lead`: its lead_id; `data`: the names and values that the dialplan passed with it.
    """

    dialled: str
    arrived: Time
    connected: Time | None
    left: Time | None
    recording: str | None
    receipt: str | None
    lead: int | None
    legs: list[LegNow]
    data: dict[str, str]


class StepNow(Struct, frozen=True):
    name: str
    at: Time


class ReceiptNow(Struct, frozen=True):
    """The durable record of a command. `outcome` is null while it runs; `cause` is the reason in words."""

    id: str
    kind: Kind
    agent: str
    call: str
    number: str
    ingroup: str
    to_agent: str
    status: str
    notes: str
    by: str
    source: str
    requested: Time
    ended: Time | None
    outcome: Outcome | None
    cause: str
    steps: list[StepNow]


class EventNow(Struct, frozen=True):
    """An event. `type` is its kind; `data` has the public fields of a changed record, or the event's own fields.

    `id` is the number of the journal's row and the event's place in it. `call` and `agent` are its subjects.
    """

    id: Annotated[str, Meta(pattern="^[0-9]+-[0-9]+$", examples=["1723-1"])]
    at: Time
    type: str
    call: str
    agent: str
    data: dict[str, Any]


class OrphanList(Struct, frozen=True):
    """Channels and bridges in Asterisk under Warmline's name that belong to no call or agent session."""

    channels: tuple[str, ...]
    bridges: tuple[str, ...]


def agents(world: World, after: str = "", most: int = paging.LIVE) -> list[AgentNow]:
    """Return up to `most` logged-in agents, by user, after the user `after`."""
    users = [user for user in sorted(world.sessions) if user > after][:most]
    return [agent(world.sessions[user], world) for user in users]


def agent(session: Session, world: World) -> AgentNow:
    """Return an agent."""
    live = world.calls.get(session.call or "")
    return AgentNow(
        user=session.agent,
        state=shown(session, live),
        since=iso(session.since),
        call=live.id if live else None,
        phone=session.phone,
        campaign=session.campaign,
        ingroups=session.ingroups,
        pause_code=session.pause_code,
        last_call=session.last.call,
        last_status=session.last.status,
        preview=session.preview,
        muted=session.muted,
        supervisors=[Supervisor(*one) for one in supervision.who_supervises(world, session)],
        reachable=not session.phone_loss.away_since,
    )


def calls(world: World, after: str = "", most: int = paging.LIVE) -> list[CallNow]:
    """Return up to `most` live calls, the oldest first, after the call `after`; ids are in order of time."""
    ids = [one for one in sorted(world.calls) if one > after][:most]
    return [CallNow(*_call(world.calls[one], world)) for one in ids]


def call(live: Call, world: World) -> CallWhole:
    """Return a call with its legs."""
    session = world.sessions.get(live.agent or "")
    ids = (live.customer, session.leg if session else None, live.third)
    return CallWhole(
        *_call(live, world),
        dialled=live.dialled,
        arrived=iso(live.arrived),
        connected=_maybe(live.outcome.connected),
        left=_maybe(live.outcome.left),
        recording=live.recording.running,
        receipt=live.commands.pending or live.commands.dialling,
        lead=live.lead or None,
        legs=[_leg(world.legs[leg]) for leg in ids if leg and leg in world.legs],
        data=dict(live.data),
    )


def receipt(found: Receipt) -> ReceiptNow:
    """Return a command's receipt, open or ended."""
    return ReceiptNow(
        id=found.id,
        kind=found.kind,
        agent=found.agent,
        call=found.call,
        number=column(found.command, "number"),
        ingroup=column(found.command, "ingroup"),
        to_agent=column(found.command, "to_agent"),
        status=column(found.command, "status"),
        notes=column(found.command, "notes"),
        by=found.by,
        source=found.source,
        requested=iso(found.requested),
        ended=_maybe(found.ended),
        outcome=found.outcome,
        cause=found.cause,
        steps=[StepNow(name, iso(at)) for name, at in found.steps],
    )


def event(one: JournalEvent) -> EventNow:
    """Return an event of the stream."""
    data = {name: iso(value) if name in TIMES and value is not None else value for name, value in one.data.items()}
    return EventNow(str(one.id), iso(one.at), one.type, one.call, one.agent, data)


def iso(microseconds: int) -> str:
    """Return a time as ISO 8601 with milliseconds, UTC."""
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC).isoformat(timespec="milliseconds")


def _call(live: Call, world: World) -> tuple[str, str, State, str, str, str | None, str | None, str, str]:
    third = world.legs.get(live.third or "")
    place = (live.id, live.agc_id, live.state, iso(live.since))
    return (*place, live.number, live.agent, third.number if third else None, live.ingroup, live.direct)


def _leg(leg: Leg) -> LegNow:
    return LegNow(leg.id, leg.role, leg.number, leg.phase.name.lower(), leg.bridge, iso(leg.created))


def _maybe(microseconds: int | None) -> str | None:
    return None if microseconds is None else iso(microseconds)
