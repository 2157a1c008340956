"""An agent session from login to logout, with one phone, one campaign and a set of in-groups; its intervals."""

from dataclasses import dataclass

from warmline.core.messages.agent_command_types import Preview
from warmline.core.messages.values.callback import Callback
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.call_states import AgentState
from warmline.core.model.dial_check import DialCheck
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.core.moment import Moment
from warmline.core.replace import make_record, part_updater

BROWSER_PHONE = "browser"  # the phone of an agent who uses one in a browser
OUTSIDE_PHONE = "outside"  # the phone of an agent whose calls go to outside_number
LOST_PAUSE_CODE = "LOST"  # the pause code of an agent whose phone did not come back
LONG_PAUSE_CODE, LONG_LOSS_CODE = "PAUSMX", "LOSTMX"  # the last pause code before a logout by pause_max and by lost_max


@dataclass(frozen=True, kw_only=True)
class AfterCall:
    """The requests and notes of an agent, or of a client for the agent, that wait until the call is over."""

    pause: bool = False  # PAUSED after the disposition
    pause_code: str = ""  # with this code
    logout: bool = False  # logged out after the disposition
    status: str = ""  # a code sent during the call, set when the call ends
    callback: Callback | None = None  # the callback that comes with this status
    by: str = ""  # the sender of this status
    notes: str = ""  # the notes of this status
    draft: str = ""  # notes typed so far, which a disposition without notes takes


@dataclass(frozen=True, kw_only=True)
class PhoneLoss:
    """An agent's phone that was lost, or cannot be reached. Times in microseconds, UTC."""

    server: str = MAIN_SERVER  # the server of the phone's line, which calls the phone back
    called_back: bool = False  # the phone was lost and is ringing, or was not answered
    lost_since: Moment = 0  # when the line ended; 0 once another one is answered
    was_ready: bool = False  # READY when the phone was lost permanently
    pause_code: str = ""  # the pause code at that time, if not READY
    recall_until: Moment = 0  # Asterisk died: until then the phone is called back repeatedly
    away_since: Moment = 0  # since when the phone cannot be reached; 0 if it can or if unknown
    rescue_until: Moment = 0  # the phone was lost: until then it is called again whenever a try fails
    page_away_since: Moment = 0  # since when the page of a browser phone is away; 0 if it is there


@dataclass(frozen=True, kw_only=True)
class LastCall:
    """The call that an agent's disposition is about, or the one before."""

    call: str = ""  # the call of DISPO, or the previous one
    status: str = ""  # the disposition of that call
    promised: Callback | None = None  # the callback that the call's disposition has promised
    number: str = ""  # the customer's number in that call
    lead: int = 0  # the lead_id of that call at its end, or 0
    notes: str = ""  # the notes of that status
    ingroup: str = ""  # through which the call reached the agent
    outbound: bool = False  # the customer was dialled
    talked: bool = False  # agent and customer were connected
    lead_call: str = ""  # the automatic call whose disposition will say whether a person answered it


@dataclass(frozen=True, kw_only=True)
class TalkTimes:
    """The times of an agent's last calls. Times in microseconds, UTC."""

    call_started: Moment = 0  # when agent and last caller first talked
    call_finished: Moment = 0
    inbound_started: Moment = 0  # the same, of the last call that came from an in-group
    inbound_finished: Moment = 0

    @property
    def last_call(self) -> int:
        """Return how long the last call was that is over, in microseconds."""
        return max(0, self.call_finished - self.call_started)


@dataclass(frozen=True, kw_only=True)
class TypedKeys:
    """The keys that an agent has typed and that are not complete yet, such as *1. Time in microseconds, UTC."""

    text: str = ""
    since: Moment = 0  # when the last of them was pressed
    line: str = ""  # the leg on which an on_hook agent types keys between calls


@dataclass(frozen=True, kw_only=True)
class HelpRequest:
    """A supervisor's help that an agent asks for in one call. Time in microseconds, UTC."""

    call: str = ""
    since: Moment = 0


@dataclass(frozen=True, kw_only=True)
class MovedSupervisor:
    """A supervisor who follows the agent's line to another server: who heard them (`media`), phone, client and page."""

    media: str
    phone: str
    by: str = ""
    page: str = ""


@dataclass(frozen=True, kw_only=True)
class Session:
    """A session.

    `since` is when the state began; `interval` is the id of the open interval. Times in microseconds, UTC.
    """

    id: str
    agent: str
    phone: str
    campaign: str
    ingroups: tuple[str, ...]
    conf_exten: str
    leg: str | None
    on_hook: bool = False  # the phone rings for each call, instead of staying on the line
    outside: str = ""  # the agent's number outside, which rings in place of a phone
    browser: bool = False  # the phone is in a browser: a page brings its legs, and nothing dials it
    adopted: bool = False  # it began with an adopted call, and ends with it
    state: AgentState
    since: Moment
    interval: str
    started: Moment
    ended: Moment | None = None
    pause_code: str = ""
    after_call: AfterCall = make_record(AfterCall)
    missed: int = 0  # calls in a row that the phone did not take
    phone_loss: PhoneLoss = make_record(PhoneLoss)
    login: str = ""  # the receipt of the login that calls the phone, until it answers
    muted: bool = False  # the agent's microphone is off, until the call is over
    call: str | None = None  # the call that the agent is in
    last: LastCall = make_record(LastCall)
    undoable: DispositionEntry | None = None  # the code of the last call, while the agent can take it back
    previewed: Preview | None = None  # the dial that the agent previews
    dial_checks: tuple[DialCheck, ...] = ()  # checks of numbers to be dialled, in the order of the requests
    hold: bool = False  # INCALL, and the customer is parked or the phone holds its line
    ready_since: Moment = 0  # since when the agent waits for a call; a call that only rang changes nothing
    calls: int = 0  # how many the agent has had in this campaign
    taken: tuple[tuple[str, int], ...] = ()  # how many of each in-group
    talk_times: TalkTimes = make_record(TalkTimes)
    typed: TypedKeys = make_record(TypedKeys)
    help: HelpRequest = make_record(HelpRequest)
    moved_supervisors: tuple[MovedSupervisor, ...] = ()  # until the line on the other server is answered
    overdue: bool = False  # PAUSED, and the pause has lasted longer than its code allows

    with_after_call = part_updater("after_call", AfterCall)
    with_phone_loss = part_updater("phone_loss", PhoneLoss)
    with_last_call = part_updater("last", LastCall)
    with_talk_times = part_updater("talk_times", TalkTimes)
    with_typed_keys = part_updater("typed", TypedKeys)

    @property
    def help_since(self) -> int:
        """Return since when the agent asks for help in the current call; 0 if not."""
        return self.help.since if self.call and self.help.call == self.call else 0

    def is_wrapping_up(self, call: str) -> bool:
        """Return whether the agent is in the wrap-up of this call, and has not given its code."""
        return self.state is AgentState.DISPO and self.last.call == call and not self.last.status

    @property
    def has_taken_back(self) -> bool:
        """Return whether the agent gets a call of which they had a part, and have not given its code."""
        return self.state is AgentState.QUEUE and self.call == self.last.call and not self.last.status

    @property
    def previewed_number(self) -> str:
        """Return the number that the agent previews, or ""."""
        return self.previewed.number if self.previewed else ""

    @property
    def lost_since(self) -> int:
        """Return since when the phone is lost without a call, while the agent is PAUSED or in DISPO; else 0."""
        is_lost_pause = self.state is AgentState.PAUSED and self.pause_code == LOST_PAUSE_CODE
        if self.leg is not None or self.on_hook or not (is_lost_pause or self.state is AgentState.DISPO):
            return 0
        return self.phone_loss.lost_since or self.since

    @property
    def phone_name(self) -> str:
        """Return the phone as people see it: its endpoint, "browser" or "outside"."""
        if self.browser:
            return BROWSER_PHONE
        return OUTSIDE_PHONE if self.outside else self.phone

    @property
    def is_browser_phone_needed(self) -> bool:
        """Return whether a page shall offer its browser phone: the line is lost, or its page is away."""
        return self.browser and (self.leg is None or bool(self.phone_loss.page_away_since))


@dataclass(frozen=True, kw_only=True)
class AgentInterval:
    """One interval of a state, or of a hold in it. `ended` is None while it lasts. Times in microseconds, UTC."""

    id: str
    session: str
    agent: str
    state: AgentState
    pause_code: str
    hold: bool = False  # INCALL, and the customer is parked or the phone holds its line
    call: str
    started: Moment
    ended: Moment | None = None
