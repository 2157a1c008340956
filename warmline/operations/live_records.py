"""The shapes of live agents, calls and events, as answers and streams contain them. Times are ISO 8601, UTC."""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from warmline.core.model.call_states import State
from warmline.core.model.dialler import Verdict
from warmline.core.model.leg import Role
from warmline.operations.times import Time as Time
from warmline.operations.times import iso as iso


class Supervisor(Struct, frozen=True):
    """A phone from which an agent is supervised; `kind` determines who else hears its owner.

    `by` and `page`: the client and the id of the page that has the phone `browser`; "" for another phone.
    """

    phone: str
    kind: Literal["LISTEN", "WHISPER", "BARGE"]
    by: str = ""
    page: str = ""


class AgentNow(Struct, frozen=True):
    """A logged-in agent. `since` is when the state began; `muted`: the microphone is off.

    `full_name` and `campaign_name` are the names of agent and campaign in the configuration; "" without one.

    `preview` is the number that the agent previews before dialling. `reachable` is false while Asterisk cannot reach
    the phone; a READY agent then has the state `NO PHONE` and is offered no call. `help_since`: since when the agent
    asks the supervisors for help in the call; null if not. `overdue`: the pause has lasted longer than the `time_limit`
    of its code.
    """

    user: str
    full_name: str
    state: str
    since: Time
    call: str | None
    phone: str
    campaign: str
    campaign_name: str
    ingroups: tuple[str, ...]
    pause_code: str
    last_call: str
    last_status: str
    muted: bool
    preview: str
    supervisors: list[Supervisor]
    reachable: bool
    help_since: Time | None
    overdue: bool


class LegNow(Struct, frozen=True):
    """A channel of a call. `bridge` is the bridge that contains it."""

    id: str
    role: Role
    number: str
    phase: str
    bridge: str | None
    since: Time


class CallNow(Struct, frozen=True):
    """A live call. `third` is the third party's number, `agent` its current agent, `direct` the agent it waits for.

    `full_name` is the name of the current agent, and `group_name` that of the in-group; "" without one.
    """

    id: str
    agc_id: str
    state: State
    since: Time
    customer: str
    agent: str | None
    full_name: str
    third: str | None
    ingroup: str
    group_name: str
    direct: str


class CallWhole(CallNow, frozen=True):
    """A live call with its legs. `left`: when the agent left customer and third party; `receipt`: the current command.

    `lead`: its lead_id; `data`: the names and values that the dialplan passed with it. `amd`: the verdict of machine
    detection beside an automatic call, such as MACHINE, or "".
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
    amd: Verdict


class CallAgent(Struct, frozen=True):
    """One agent's part of a call: from `joined` to `left`, with the code and the notes that the agent saved.

    `left` and `seconds` are null while the agent is in the call, and `joined` is null for one who never talked in it.
    An agent who gets a call back has another part.
    """

    call: str
    user: str
    full_name: str
    joined: Time | None
    left: Time | None
    seconds: int | None
    status: str
    status_name: str
    notes: str


class CallWithAgents(CallWhole, frozen=True):
    """A live call with its legs and its `agents`, in order. Those of the call that promised its callback come first.

    `agents` is null while the database cannot be read.
    """

    agents: list[CallAgent] | None


class DropWindowNow(Struct, frozen=True):
    """A window in which a campaign may drop `limit` percent of the persons who answered, and the counts in it.

    `dropped` includes the ones `by_fault`, whom a fault of Warmline or Asterisk dropped. `may_drop` is how many more
    persons may be dropped now. `above` tells whether more were dropped than the limit allows.
    """

    kind: Literal["PERIOD", "DAY"]
    begins: Time
    ends: Time
    answered: int
    dropped: int
    by_fault: int
    limit: float
    may_drop: int
    above: bool


class DialStopOf(Struct, frozen=True):
    """A stop of all automatic dialling: the client, the time and the reason.

    `by` and `why` are empty and `at` is null if they are unknown, as for a stop by the file alone.
    """

    by: str
    at: Time | None
    why: str


class DiallerNow(Struct, frozen=True):
    """The dialler of a campaign. `since` and `by` are of its last start or stop; null and "" before the first one.

    `why` says why it begins no call now; "" if nothing known stands against one. `until` is when that ends by itself,
    and `halted_until` the end of a halt. `ready` agents can take a lead. `in_flight` calls are not answered, and
    `waiting` ones have no agent yet. `leads` are at hand to be dialled, null if it does not run. `free_soon` agents are
    expected to be free in ten seconds, null if the dial method predicts nothing. `idle`: no call has begun for 30 s
    although agents are ready.
    """

    campaign: str
    campaign_name: str
    dial_method: str
    running: bool
    since: Time | None
    by: str
    why: str
    until: Time | None
    halted_until: Time | None
    ready: int
    in_flight: int
    waiting: int
    leads: int | None
    free_soon: float | None
    idle: bool
    drop_windows: list[DropWindowNow]


class ServerNow(Struct, frozen=True):
    """An Asterisk server. `connected`: its events arrive, since `since`; otherwise it is away since then.

    `since` is null if it was never reached since the start of the app. `lost`: it has been away for so long that its
    calls have ended. A server that is `draining` gets no new call; `by` is the last client who wanted a drain or its
    end, at `drain_changed`. `weight` is its share of new calls, null if it is the only server. `calls` and `legs` are
    on it now.
    """

    name: str
    connected: bool
    since: Time | None
    lost: bool
    draining: bool
    drain_changed: Time | None
    by: str
    weight: int | None
    calls: int
    legs: int


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
