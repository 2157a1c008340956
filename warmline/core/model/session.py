"""An agent session: from login to logout, one phone, one campaign, a set of in-groups; and its intervals."""

from dataclasses import dataclass
from enum import StrEnum

from warmline.core.model.agent_command_types import Preview
from warmline.core.model.callback import Callback
from warmline.core.model.dial_check import DialCheck


class AgentState(StrEnum):
    READY = "READY"
    QUEUE = "QUEUE"
    INCALL = "INCALL"
    DEAD = "DEAD"
    DISPO = "DISPO"
    PAUSED = "PAUSED"


@dataclass(frozen=True, kw_only=True)
class AfterCall:
    """What an agent, or somebody for them, has asked for while their call went on."""

    pause: bool = False  # PAUSED after the disposition
    pause_code: str = ""  # with this code
    logout: bool = False  # logged out after it
    status: str = ""  # a code sent while the call still ran: given when it ends
    callback: Callback | None = None  # what comes with status_asked
    by: str = ""  # who sent status_asked
    notes: str = ""  # and the notes that came with it


@dataclass(frozen=True, kw_only=True)
class PhoneLoss:
    """An agent's phone that was lost, or cannot be reached. Times in microseconds, UTC."""

    called_back: bool = False  # his phone was lost and rings, or has rung in vain
    was_ready: bool = False  # when his phone was lost for good
    pause_code: str = ""  # and if not, the pause code he had
    recall_until: int = 0  # Asterisk died: until then his phone is called back, again and again
    away_since: int = 0  # since when the phone cannot be reached; 0: it can, or nobody knows
    rescue_until: int = 0  # the phone was lost: until then it is called again whenever a try fails


@dataclass(frozen=True, kw_only=True)
class LastCall:
    """The call that an agent's disposition is about, or the one before."""

    call: str = ""  # the call DISPO is about, or the one before
    status: str = ""  # the code given to last_call
    promised: Callback | None = None  # what the disposition of last_call has promised
    number: str = ""  # the customer's in last_call
    notes: str = ""  # those that came with last_status
    ingroup: str = ""  # in which last_call reached him


@dataclass(frozen=True, kw_only=True)
class TalkTimes:
    """When an agent and their last callers had each other. Times in microseconds, UTC."""

    call_started: int = 0  # when he and his last caller first had each other
    call_finished: int = 0
    inbound_started: int = 0  # the same, of the last call that came from an in-group
    inbound_finished: int = 0


@dataclass(frozen=True, kw_only=True)
class Session:
    """`since` is when the state began; `interval` names the open interval row. Times in microseconds, UTC."""

    id: str
    agent: str
    phone: str
    campaign: str
    ingroups: tuple[str, ...]
    conf_exten: str
    leg: str | None
    on_hook: bool = False  # the phone rings for each call, instead of staying on the line
    state: AgentState
    since: int
    interval: str
    started: int
    ended: int | None = None
    pause_code: str = ""
    after_call: AfterCall = AfterCall()
    missed: int = 0  # calls in a row that his phone did not take
    phone_loss: PhoneLoss = PhoneLoss()
    login: str = ""  # the receipt of the login that calls his phone, until it answers
    muted: bool = False  # his microphone is off, until his call is over
    call: str | None = None  # the call he is in
    last: LastCall = LastCall()
    previewed: Preview | None = None  # the dial whose number he looks at before he gives it
    dial_checks: tuple[DialCheck, ...] = ()  # of numbers that are about to be dialled, in the order of their asking
    hold: bool = False  # INCALL, and the customer is parked or the phone holds its line
    ready_since: int = 0  # since when he waits for a call; one that rang and never reached him changes nothing
    calls: int = 0  # how many he has had in this campaign
    taken: tuple[tuple[str, int], ...] = ()  # how many of each in-group
    talk_times: TalkTimes = TalkTimes()

    @property
    def preview(self) -> str:
        """The number that he looks at, or ""."""
        return self.previewed.number if self.previewed else ""


@dataclass(frozen=True, kw_only=True)
class AgentInterval:
    """One stretch of one state, or of a hold in it. `ended` is None while it lasts. Times in microseconds, UTC."""

    id: str
    session: str
    agent: str
    state: AgentState
    pause_code: str
    hold: bool = False  # INCALL, and the customer is parked or the phone holds its line
    call: str
    started: int
    ended: int | None = None
