"""The public fields of calls, agents, commands, recordings, dispositions and diallers, as events contain them.

Names are those of the JSON API. Times are in microseconds UTC. Pressed keys, messages, caller ids, Stasis arguments,
rules and secrets are never public. Notes are public only for the next agent of a call, once they are saved.
"""

from collections.abc import Callable
from operator import attrgetter

from msgspec import Struct

from warmline.core.agents import supervision
from warmline.core.messages.command_classes import get_column
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.dialler import Dialler
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.core.model.leg import Leg
from warmline.core.model.receipt import Receipt
from warmline.core.model.recording import Recording
from warmline.core.model.session import Session

SECOND = 1_000_000  # microseconds
TIMES = frozenset(
    ("since", "arrived", "connected", "left", "requested", "started", "ended", "halted_until", "help_since")
)


class PublicCall(Struct, frozen=True):
    """A call. `third` is the third party's number, `agent` the agent in the call, `direct` the agent it waits for.

    `ended` is the time when its end began; its last channel may end a moment later. `data` came from the dialplan.
    `amd` is the verdict of machine detection during an automatic call, such as MACHINE, or "".
    """

    id: str
    agc_id: str
    state: str
    since: int
    arrived: int
    customer: str = ""
    agent: str | None = None
    third: str | None = None
    ingroup: str = ""
    direct: str = ""
    dialled: str = ""
    lead: int | None = None
    connected: int | None = None
    left: int | None = None
    ended: int | None = None
    ended_by: str = ""
    status: str = ""
    amd: str = ""
    data: dict[str, str] = {}


class PublicSupervisor(Struct, frozen=True):
    """A phone that supervises an agent, and the mode: LISTEN, WHISPER or BARGE.

    `by` and `page`: the client and the id of the page that has the phone `browser`; "" for another phone.
    """

    phone: str
    kind: str
    by: str = ""
    page: str = ""


class PublicAgent(Struct, frozen=True):
    """An agent. `state` is LOGGED_OUT in the last event of a session. `help_since`: the agent asks for help."""

    user: str
    state: str
    since: int
    call: str | None = None
    phone: str = ""
    campaign: str = ""
    ingroups: tuple[str, ...] = ()
    pause_code: str = ""
    last_call: str = ""
    last_status: str = ""
    muted: bool = False
    preview: str = ""
    supervisors: tuple[PublicSupervisor, ...] = ()
    reachable: bool = True
    help_since: int | None = None


class PublicCommand(Struct, frozen=True):
    """A command. `id` is the id of its receipt; `step` is its last step while it has no outcome."""

    id: str
    kind: str
    requested: int
    agent: str = ""
    call: str = ""
    number: str = ""
    ingroup: str = ""
    to_agent: str = ""
    status: str = ""
    by: str = ""
    source: str = ""
    step: str = ""
    ended: int | None = None
    outcome: str | None = None
    cause: str = ""


class PublicRecording(Struct, frozen=True):
    """A recorded file. `id` is its name without extension, `reason` the rule that started it.

    `sha256` is the hash of the file as Asterisk wrote it, in hexadecimal.
    """

    id: str
    call: str
    kind: str
    agent: str = ""
    reason: str = ""
    status: str = "running"
    cause: str = ""
    started: int | None = None
    ended: int | None = None
    bytes: int = 0
    length_ms: int = 0
    sha256: str = ""


class PublicDisposition(Struct, frozen=True):
    """A disposition of a call; a `correction` replaces an earlier one."""

    call: str
    agent: str
    status: str
    by: str = ""
    correction: bool = False


class PublicHandover(Struct, frozen=True):
    """An agent has a call that `from_agent` had, or still shares with them, for `seconds`, with this code and notes.

    It is the same agent if a call comes back. `status` is "" before the code. `data` came from the dialplan.
    """

    call: str
    agent: str
    from_agent: str
    seconds: int = 0
    status: str = ""
    notes: str = ""
    data: dict[str, str] = {}


class PublicDialler(Struct, frozen=True):
    """The dialler of a campaign. `by` started or stopped it last. If it has halted, `halted` is why.

    `above` tells whether it has dropped more persons in a window than its limit allows. `idle` is why it has begun no
    call for a while although agents are READY.
    """

    campaign: str
    since: int
    running: bool = False
    by: str = ""
    halted: str = ""
    halted_until: int | None = None
    above: bool = False
    idle: str = ""


Public = PublicCall | PublicAgent | PublicCommand | PublicRecording | PublicDisposition | PublicHandover | PublicDialler


# The fields from which public fields are made; comparing these is cheaper than making the public fields.
OF_CALL = attrgetter(
    "state",
    "since",
    "number",
    "agent",
    "third",
    "ingroup",
    "direct",
    "dialled",
    "lead",
    "outcome.connected",
    "outcome.left",
    "outcome.ended_by",
    "outcome.status",
    "attempt.amd.verdict",
)
OF_SESSION = attrgetter(
    "state",
    "since",
    "call",
    "leg",
    "ingroups",
    "pause_code",
    "last.call",
    "last.status",
    "muted",
    "previewed",
    "phone_loss.away_since",
    "help",
)


def call(record: Call, leg: Callable[[str], Leg | None]) -> PublicCall:
    """Return the public fields of a call; `leg` finds a leg by its id."""
    third = leg(record.third) if record.third else None
    over = record.state is State.ENDED
    return PublicCall(
        id=record.id,
        agc_id=record.agc_id,
        state=record.state,
        since=record.since,
        arrived=record.arrived,
        customer=record.number,
        agent=record.agent,
        third=third.number if third and not over else None,
        ingroup=record.ingroup,
        direct=record.direct,
        dialled=record.dialled,
        lead=record.lead or None,
        connected=record.outcome.connected,
        left=record.outcome.left,
        ended=record.since if over else None,
        ended_by=record.outcome.ended_by,
        status=record.outcome.status,
        amd=record.attempt.amd.verdict,
        data=dict(record.data),
    )


def agent(session: Session, state: str, live: Call | None, leg: Callable[[str], Leg | None]) -> PublicAgent:
    """Return the public fields of an agent, with `state` as the state to show; `leg` finds a leg by its id."""
    return PublicAgent(
        user=session.agent,
        state=state,
        since=session.since,
        call=live.id if live else None,
        phone=session.phone_name,
        campaign=session.campaign,
        ingroups=session.ingroups,
        pause_code=session.pause_code,
        last_call=session.last.call,
        last_status=session.last.status,
        muted=session.muted,
        preview=session.previewed_number,
        supervisors=tuple(PublicSupervisor(*one) for one in supervision.find_supervisors(leg, session)),
        reachable=not session.phone_loss.away_since,
        help_since=session.help_since or None,
    )


def command(receipt: Receipt) -> PublicCommand:
    """Return the public fields of a command."""
    return PublicCommand(
        id=receipt.id,
        kind=receipt.kind,
        requested=receipt.requested,
        agent=receipt.agent,
        call=receipt.call,
        number=get_column(receipt.command, "number"),
        ingroup=get_column(receipt.command, "ingroup"),
        to_agent=get_column(receipt.command, "to_agent"),
        status=get_column(receipt.command, "status"),
        by=receipt.by,
        source=receipt.source,
        step="" if receipt.outcome else last_step(receipt),
        ended=receipt.ended,
        outcome=receipt.outcome,
        cause=receipt.cause,
    )


def last_step(receipt: Receipt) -> str:
    """Return the name of the last step of a command."""
    return receipt.steps[-1][0] if receipt.steps else ""


def recording(file: Recording) -> PublicRecording:
    """Return the public fields of a recorded file."""
    return PublicRecording(
        id=file.id,
        call=file.call,
        kind=file.kind,
        agent=file.agent,
        reason=file.reason,
        status=file.status,
        cause=file.cause,
        started=file.started,
        ended=file.ended,
        bytes=file.bytes,
        length_ms=file.length,
        sha256=file.sha256,
    )


def disposition(entry: DispositionEntry) -> PublicDisposition:
    """Return the public fields of a disposition, without its notes."""
    return PublicDisposition(entry.call, entry.agent, entry.status, entry.by, entry.correction)


def handover(live: Call, receiver: str, sender: str, session: Session | None, now: int) -> PublicHandover:
    """Return the public fields of a handover of a call by `sender`; `session` is theirs, None after a logout.

    Of a sender who has had another call since, they are those of the code that counts.
    """
    had, status, notes = 0, "", ""
    if session and session.call == live.id and sender != receiver:
        had, status = now - session.talk_times.call_started, session.after_call.status
        notes = session.after_call.draft or session.after_call.notes
    elif session and session.last.call == live.id:
        had, status = session.talk_times.last_call, session.last.status
        notes = session.last.notes if status else session.after_call.draft
    elif (word := live.outcome.last_word) and word.agent == sender:
        had, status, notes = word.had, word.status, word.notes
    return PublicHandover(live.id, receiver, sender, had // SECOND, status, notes, dict(live.data))


def dialler(record: Dialler) -> PublicDialler:
    """Return the public fields of a dialler."""
    halted = record.running and bool(record.halted)
    return PublicDialler(
        campaign=record.id,
        since=record.since,
        running=record.running,
        by=record.by,
        halted=record.halted if halted else "",
        halted_until=record.begins_at if halted else None,
        above=record.above,
        idle=record.idle if record.running else "",
    )
