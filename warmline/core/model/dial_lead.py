"""The dialler of a campaign, the leads that it calls, and the events and actions of automatic calls."""

from dataclasses import dataclass
from enum import StrEnum

from warmline.core.model.callback import Callback
from warmline.core.model.server import ServerAction

WHOLE = 1000  # limits are per mille, expected drops are thousandths of a drop


class DropWindow(StrEnum):
    """The windows that a campaign must keep: option `drop_window`."""

    PERIOD = "PERIOD"
    DAY = "DAY"
    BOTH = "BOTH"


@dataclass(frozen=True, slots=True)
class WindowCount:
    """Persons answered and dropped in a window; a dropped person counts as answered too.

    `kind` is PERIOD or DAY. `begins` and `ends` are microseconds UTC; the end belongs to the next window.
    `dropped_by_fault` is how many of the dropped ones a fault of the app or of Asterisk caused.
    """

    kind: DropWindow
    begins: int
    ends: int
    answered: int = 0
    dropped: int = 0
    dropped_by_fault: int = 0

    def balance(self, limit: int) -> int:
        """Return how many thousandths of a person may still be dropped; negative above the limit."""
        return limit * self.answered - WHOLE * self.dropped

    def rate(self) -> float:
        """Return the share of dropped persons, from 0 to 1, for people to read."""
        return self.dropped / self.answered if self.answered else 0.0


@dataclass(frozen=True, slots=True)
class DropBudget:
    """The counts of a campaign in its newest PERIOD and its newest DAY, also of the one that is not limited.

    `first_day` is the ISO date on which the first PERIOD begins; "" before the first automatic call.
    """

    first_day: str = ""
    windows: tuple[WindowCount, ...] = ()

    def limited(self, by: DropWindow) -> tuple[WindowCount, ...]:
        """Return the windows that the option `drop_window` limits."""
        return tuple(window for window in self.windows if by in (window.kind, DropWindow.BOTH))


NOBODY = DropBudget()  # before the first automatic call


@dataclass(frozen=True, kw_only=True)
class Dialler:
    """The dialler of a campaign. It stays on record after a stop. Times in microseconds, UTC.

    It begins no call before `begins_at`, which leaves the phones some time to come back after a restart. `halted` is
    why it has halted until then, or "". `halt` is the length of its last halt in seconds.
    `drops` counts the persons who answered and who were dropped, in the newest window of each kind.
    """

    id: str  # the campaign
    running: bool = False
    since: int = 0  # when it was started or stopped
    by: str = ""  # the user who did so
    begins_at: int = 0
    halted: str = ""
    halt: int = 0
    drops: DropBudget = NOBODY


@dataclass(frozen=True, slots=True)
class DialLead:
    """A lead that the hopper proposes to be dialled now.

    `zones` has IANA names with | between them. `open_until` is the end of its legal hours, in microseconds since 1970
    (UTC). `source` is list, callback, alt_phone, address3 or api. `passes` counts the outgoing calls since the list's
    last reset. `due_callback` is the callback that the call makes, as it was when the lead was chosen.
    """

    lead: int
    list_id: str
    number: str
    caller_id: str = ""
    zones: str = ""
    open_until: int = 0
    source: str = "list"
    passes: int = 0
    due_callback: Callback | None = None


@dataclass(frozen=True, slots=True)
class OriginateToDialplan(ServerAction):
    """Create a channel with an id of Warmline and dial it for `timeout` seconds. Proof: LegRinging, LegDestroyed.

    Asterisk continues it at the answer in the dialplan's context warmline-answered. Proof of that: LegArrived with the
    argument auto. While the app is away, the dialplan plays the sound files `harbour`, separated by |. The key `optout`
    then puts the `number` on the do-not-call list.
    """

    leg: str
    endpoint: str
    caller: str
    call: str
    timeout: int
    harbour: str = ""
    number: str = ""
    optout: str = ""


@dataclass(frozen=True, slots=True)
class LeadFound:
    """The caller's lead is known."""

    call: str
    lead: int


@dataclass(frozen=True, slots=True)
class PacingDecided:
    """The pacing of a campaign proposes leads to dial now, and calls (their ids) to give up.

    `ready` and `in_flight` are the agents and calls that it saw. `threshold` is the risk of a drop that it takes, and
    `risk` the risk that it expects, both in thousandths of a drop.
    """

    campaign: str
    begin: tuple[DialLead, ...] = ()
    give_up: tuple[str, ...] = ()
    ready: int = 0
    in_flight: int = 0
    threshold: int = 0
    risk: int = 0


@dataclass(frozen=True, slots=True)
class DialHalted:
    """No dialler begins a call for 10 seconds, because the app cannot rely on its clock or its disk.

    With `campaign`, its dialler alone halts: its pacing has failed.
    """

    reason: str
    campaign: str = ""


@dataclass(frozen=True, slots=True)
class DialRefused:
    """The last look, at the moment of dialling, refused a lead's number, so no channel was requested.

    `status` is DNCL for the system's do-not-call list, DNCC for the campaign's, or "" if the lead stays as it was.
    """

    leg: str
    reason: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class LeadAnsweredAway:
    """A lead answered while the app was away, read from the note that the script `fallback` left in spool/.

    The dialplan played the safe harbour message. `at` is the wall time of its end, in microseconds, and `reason` is why
    the app had no part. `opted_out`: the lead pressed the key that puts `number` on the do-not-call list.
    """

    call: str
    at: int
    number: str
    reason: str
    opted_out: bool = False


class Verdict(StrEnum):
    """The verdict of Asterisk's AMD() about a lead. The names are those of its AMDSTATUS, besides FAILED."""

    NONE = ""  # not known
    MACHINE = "MACHINE"
    HUMAN = "HUMAN"
    NOTSURE = "NOTSURE"
    HANGUP = "HANGUP"
    FAILED = "FAILED"  # AMD() did not run


class AgentSpeech(StrEnum):
    """The knowledge about the agent's voice while a verdict is awaited. Only QUIET proves that nothing was said."""

    UNKNOWN = ""
    ASKED = "asked"  # talk detection was requested
    QUIET = "quiet"  # it runs since the beep, and has heard nothing
    SPOKE = "spoke"


@dataclass(frozen=True, kw_only=True)
class MachineDetection:
    """The detection of an answering machine beside an automatic call. Times in microseconds, UTC."""

    detector: str = ""  # the channel that listens to the lead
    verdict: Verdict = Verdict.NONE
    cause: str = ""  # Asterisk's AMDCAUSE, such as MAXWORDS-3-3
    at: int | None = None  # when the verdict came
    agent_leg: str = ""  # the agent's leg that talk detection listens to
    speech: AgentSpeech = AgentSpeech.UNKNOWN
    silent_by: int | None = None  # the machine must be silent by then to hear the message


@dataclass(frozen=True, slots=True)
class CreateDetector(ServerAction):
    """Make a channel that hears only what the lead of `leg` says. Proof: LegArrived of `detector`, with ("amd", CALL).

    It is no leg: Asterisk ends it with the lead's channel.
    """

    leg: str
    detector: str
    call: str


@dataclass(frozen=True, slots=True)
class DetectTalking(ServerAction):
    """Start or stop to report the voice of a leg. Proof: ActionDone; later LegTalking."""

    leg: str
    on: bool


@dataclass(frozen=True, slots=True)
class LegTalking:
    """The party of a leg with talk detection has begun to speak."""

    leg: str


DialEvent = LeadFound | PacingDecided | DialHalted | DialRefused | LeadAnsweredAway | LegTalking
