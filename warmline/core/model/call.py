"""One call: a customer conversation, from arrival until its last leg is gone."""

from dataclasses import dataclass

from warmline.core.messages.commands import Kind
from warmline.core.messages.values.callback import Callback
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.bridge_names import HOLDING_BRIDGE_PREFIX, MIXING_BRIDGE_PREFIX
from warmline.core.model.call_states import Direction, LegBridge, Origin, State
from warmline.core.model.dialler import MachineDetection
from warmline.core.moment import Moment
from warmline.core.replace import make_record, part_updater
from warmline.core.rules.recording_rules import Track


@dataclass(frozen=True, kw_only=True)
class BridgeAudio:
    """The audio of a call's mixing bridge: ring tones, the music of an in-group, the agent's sound files."""

    tone: str | None = None  # the ring tone, or silence, that plays in the bridge
    tone_media: str = "tone:425/1000,0/4000"  # the media of that tone
    tones: int = 0  # how many have been started
    music: bool = False  # the bridge hears the music of asked_group
    had_music: bool = False  # the bridge has heard music
    files: str = ""  # the sound files that the agent plays into the bridge
    plays: int = 0  # how many plays have been started
    paused: bool = False
    playing: str = ""  # the play that was requested from Asterisk
    undone: tuple[str, ...] = ()  # tones and prompts that Asterisk did not stop; the bridge's id for wrong music


@dataclass(frozen=True, kw_only=True)
class RecordingState:
    """The current and later recordings of a call. Times in microseconds, UTC."""

    running: str | None = None  # the running file
    files: int = 0  # recordings begun
    track: Track | None = None  # recorded while an agent is in the call
    track_reason: str = ""
    after_leave: Track | None = None  # recorded once the agent has left
    after_leave_reason: str = ""
    start_at: Moment | None = None  # allcalls_delay is over
    muted: bool = False  # every recording of the call is muted
    notices: int = 0  # how many notices have been started
    notice_playing: str = ""  # the id under which one plays
    noticed: str = ""  # the next recording, whose notice plays or has played
    notice: str = ""  # whether it was played, or failed


@dataclass(frozen=True, kw_only=True)
class CallerPrompts:
    """The prompts and offers that a waiting caller hears. Times in microseconds, UTC."""

    welcoming: bool = False  # it gets its ticket when the welcome message is over
    saying: tuple[str, ...] = ()  # the sound files of the caller's holding bridge, now or once the caller is in it
    playing: str = ""  # the id under which they play
    plays: int = 0  # how many plays have been started
    unplayed: str = ""  # files of which one could not be played
    prompt_at: Moment | None = None  # when the next periodic prompt is due
    offer: str = ""  # wait_time_option if its keys are awaited
    offer_until: Moment | None = None  # until then
    offered: tuple[str, ...] = ()  # the offers so far
    message: str = ""  # MESSAGE: played to the customer before the hang-up
    vm_message: str = ""  # played by LEAVE_VM instead of the campaign's message


@dataclass(frozen=True, kw_only=True)
class Queueing:
    """A call's place in line and its exit. Times in microseconds, UTC."""

    queued_at: Moment = 0  # its arrived_at, which orders its own place in line
    priority: int = 0
    own_priority: int = 0  # of the call; added to the queue_priority of each in-group
    drop_at: Moment | None = None
    rest_until: Moment | None = None  # retry_seconds: no phone rings for it until then
    wait: str | None = None  # the open QueueWait
    why: tuple[str, ...] = ()  # each routing rule that was checked, with its answer
    exit: str = ""  # CONTEXT,EXTEN: the customer goes there instead of being hung up
    after: bool = False  # the dialplan has a place for the customer after the call: [warmline-after]
    overflows: int = 0  # how many in-groups have passed it on
    rung: tuple[str, ...] = ()  # ring_all: the agents whose phones ring for it
    line_since: Moment = 0  # when the call entered its line; prompts and choices count from then
    close_at: int | None = None  # when call_time_id closes, by the machine's clock
    preferred: str = ""  # data_agent: the agent for whom the call waits
    prefer_until: Moment | None = None  # until then


@dataclass(frozen=True, kw_only=True)
class AskedBridges:
    """The bridges of a call that have been requested from Asterisk."""

    room: bool = False  # the mixing bridge
    spot: bool = False
    spot_music: str = ""  # the music that was requested there
    third_spot: bool = False
    ivr: bool = False
    doubtful: tuple[str, ...] = ()  # bridges that may exist: an answer was missing or late


@dataclass(frozen=True, kw_only=True)
class Parking:
    """The places of customer and third party, if the layout leaves them to the call. Times in microseconds, UTC."""

    customer_place: LegBridge = LegBridge.MIXING
    third_place: LegBridge | None = LegBridge.MIXING  # None: the third party is hung up
    since: Moment | None = None  # since when the customer is parked with an agent on the call
    remind_at: Moment | None = None  # when the agent is reminded of it
    found_outside: tuple[str, ...] = ()  # legs that a start found outside the room, until the call is reconciled
    fallback_at: Moment | None = None  # when the customer of such a call goes to the fallback


@dataclass(frozen=True, kw_only=True)
class Consultation:
    """The closer of a call, or the request for one. Times in microseconds, UTC."""

    closer: str | None = None  # the agent who is the third party
    closer_group: str = ""  # the in-group from which the closer took the request
    asked_group: str = ""  # the in-group of a requested closer; the call's ticket is then a request
    asked_agent: str = ""  # AGENTDIRECT: the requested closer
    asked_at: Moment = 0  # arrived_at of the request, which orders its place in line
    unanswered: str = ""  # the action if the call is not answered: leave_unanswered_action, blind_unanswered_action
    gone_at: Moment | None = None  # when customer_3way_hangup_action follows


@dataclass(frozen=True, kw_only=True)
class CallCommands:
    """The pending command of a call, and the waiting ones.

    `target` is the state in which the pending command ends. The call reaches it when Asterisk has proved it.
    """

    target: State | None = None
    pending: str | None = None  # the receipt whose command `target` belongs to
    dialling: str | None = None  # the receipt of the dial that made the third
    queue: tuple[str, ...] = ()  # receipts of the commands that wait behind it
    before: State | None = None  # the state before the rescue
    leaving: Kind | None = None  # the command by which the agent has left or is leaving


@dataclass(frozen=True, kw_only=True)
class LastWord:
    """What an agent said of the call: the code that counts and its notes; `had` microseconds with the customer."""

    agent: str
    status: str
    notes: str
    had: int


@dataclass(frozen=True, kw_only=True)
class CallOutcome:
    """The last agent of a call, and how it ended. Times in microseconds, UTC."""

    last_agent: str = ""  # this agent's disposition is the call's status
    callback: Callback | None = None  # the callback for which this call was made
    campaign: str = ""  # of the last agent
    connected: Moment | None = None  # when agent and customer were first both in the bridge
    left: Moment | None = None  # when the agent left the customer with the third party
    ended_by: str = ""
    status: str = ""
    last_word: LastWord | None = None  # of the agent whose code is the status; the next agent may need it


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """The call to a lead that the hopper chose, for the dialler or for an agent's next lead; no `source` for others.

    Times in microseconds, UTC; `threshold` and `risk` in thousandths of a drop. An agent's call has no pacing, and no
    drop.
    """

    list_id: str = ""
    source: str = ""  # list, callback, alt_phone, address3, api
    passes: int = 0  # outgoing calls to the lead since the list's last reset, before this one
    zones: str = ""  # IANA names with | between them
    open_until: int = 0  # the end of the lead's legal hours
    caller_id: str = ""  # the number that the lead sees
    ready: int = 0  # agents, when the pacing proposed the call
    in_flight: int = 0  # calls, at that time
    threshold: int = 0  # the risk that the pacing took
    risk: int = 0  # the risk that it expected
    ringing: Moment | None = None
    cause: int | None = None  # by Q.850, of the end of a call that was not answered
    answered: Moment | None = None
    agent: str = ""  # the first agent who had the lead
    drop_at: Moment | None = None  # the lead has answered: then it is dropped, unless an agent is connected before
    dropped: Moment | None = None
    message_at: Moment | None = None  # when the safe harbour message began
    opted_out: bool = False  # the lead pressed the key safe_harbor_optout
    amd: MachineDetection = make_record(MachineDetection)


@dataclass(frozen=True, kw_only=True)
class Call:
    """A call. Legs are channel ids, the agent is a user. Times in microseconds, UTC."""

    id: str
    agc_id: str
    direction: Direction
    origin: Origin
    server: str = MAIN_SERVER  # the Asterisk with its bridges and recordings, and the parties that it dials
    state: State
    since: Moment
    arrived: Moment
    number: str = ""  # the customer's
    caller_name: str = ""  # the name that came with the number
    dialled: str = ""  # the DID
    data: tuple[tuple[str, str], ...] = ()  # names and values from the dialplan
    lead: int = 0  # its lead_id; 0: none, or not known yet
    ingroup: str = ""  # its home: the in-group it last waited in
    direct: str = ""  # AGENTDIRECT: the one agent it waits for
    customer: str | None = None
    agent: str | None = None
    third: str | None = None
    ivr: str | None = None  # the leg of the dialplan that the parked customer hears
    consultation: Consultation = make_record(Consultation)
    parking: Parking = make_record(Parking)
    commands: CallCommands = make_record(CallCommands)
    asked_bridges: AskedBridges = make_record(AskedBridges)
    audio: BridgeAudio = make_record(BridgeAudio)
    prompts: CallerPrompts = make_record(CallerPrompts)
    recording: RecordingState = make_record(RecordingState)
    queueing: Queueing = make_record(Queueing)
    outcome: CallOutcome = make_record(CallOutcome)
    attempt: Attempt = make_record(Attempt)
    ended: Moment | None = None

    with_consultation = part_updater("consultation", Consultation)
    with_parking = part_updater("parking", Parking)
    with_commands = part_updater("commands", CallCommands)
    with_asked_bridges = part_updater("asked_bridges", AskedBridges)
    with_audio = part_updater("audio", BridgeAudio)
    with_prompts = part_updater("prompts", CallerPrompts)
    with_recording = part_updater("recording", RecordingState)
    with_queueing = part_updater("queueing", Queueing)
    with_outcome = part_updater("outcome", CallOutcome)
    with_attempt = part_updater("attempt", Attempt)

    @property
    def is_outbound(self) -> bool:
        """Return whether the customer is dialled."""
        return self.direction is Direction.OUT

    @property
    def is_automatic(self) -> bool:
        """Return whether the dialler dialled the customer."""
        return self.origin is Origin.DIALLER

    @property
    def is_unanswered_dial(self) -> bool:
        """Return whether an agent dialled the customer, who never answered."""
        return (
            self.is_outbound and not self.is_automatic and self.outcome.connected is None and bool(self.outcome.status)
        )

    @property
    def ticket_at(self) -> int:
        """Return the arrived_at of the call's ticket, or of its request for a closer."""
        return self.consultation.asked_at if self.consultation.asked_group else self.queueing.queued_at

    @property
    def mixing_bridge_id(self) -> str:
        return f"{MIXING_BRIDGE_PREFIX}{self.id}"

    @property
    def last_tone_id(self) -> str:
        return f"tone-{self.id}-{self.audio.tones}"

    @property
    def tone_ids(self) -> list[str]:
        """Return the ids of all tones of the call."""
        return [f"tone-{self.id}-{tone_number}" for tone_number in range(1, self.audio.tones + 1)]

    @property
    def last_audio_id(self) -> str:
        return f"audio-{self.id}-{self.audio.plays}"

    @property
    def holding_bridge_id(self) -> str:
        return f"{HOLDING_BRIDGE_PREFIX}{self.id}-c"

    @property
    def third_holding_bridge_id(self) -> str:
        return f"{HOLDING_BRIDGE_PREFIX}{self.id}-t"

    @property
    def ivr_bridge_id(self) -> str:
        return f"{HOLDING_BRIDGE_PREFIX}{self.id}-i"

    @property
    def bridges(self) -> dict[str, bool]:
        """Return every bridge that the call can have, and whether it has been requested."""
        return {
            self.mixing_bridge_id: self.asked_bridges.room,
            self.holding_bridge_id: self.asked_bridges.spot,
            self.third_holding_bridge_id: self.asked_bridges.third_spot,
            self.ivr_bridge_id: self.asked_bridges.ivr,
        }

    def with_doubtful_bridge(self, bridge: str) -> "Call":
        """Return the call with a bridge that must be requested again but may exist. It is closed with the call."""
        doubtful_bridges = (
            self.asked_bridges.doubtful
            if bridge in self.asked_bridges.doubtful
            else (*self.asked_bridges.doubtful, bridge)
        )
        call_without_bridge = self.without_bridge(bridge)
        return call_without_bridge.with_asked_bridges(doubtful=doubtful_bridges)

    def without_bridge(self, bridge: str) -> "Call":
        """Return the call after that bridge is gone."""
        return self.with_asked_bridges(
            room=self.asked_bridges.room and bridge != self.mixing_bridge_id,
            spot=self.asked_bridges.spot and bridge != self.holding_bridge_id,
            third_spot=self.asked_bridges.third_spot and bridge != self.third_holding_bridge_id,
            ivr=self.asked_bridges.ivr and bridge != self.ivr_bridge_id,
        )
