"""The dialler of a campaign, its budget of drops, and the detection of machines."""

from dataclasses import dataclass
from enum import StrEnum

from warmline.core.moment import Moment
from warmline.core.replace import part_updater

DROP_THOUSANDTHS = 1000  # limits are per mille, expected drops are thousandths of a drop


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

    def compute_remaining_drops(self, limit_permille: int) -> int:
        """Return how many thousandths of a person may still be dropped; negative above the limit."""
        return limit_permille * self.answered - DROP_THOUSANDTHS * self.dropped

    def compute_drop_rate(self) -> float:
        """Return the share of dropped persons, from 0 to 1, for people to read."""
        return self.dropped / self.answered if self.answered else 0.0


@dataclass(frozen=True)
class DropBudget:
    """The counts of a campaign in its newest PERIOD and its newest DAY, also of the one that is not limited.

    `first_day` is the ISO date on which the first PERIOD begins; "" before the first automatic call.
    """

    first_day: str = ""
    windows: tuple[WindowCount, ...] = ()

    def get_limited_windows(self, drop_window: DropWindow) -> tuple[WindowCount, ...]:
        """Return the windows that the option `drop_window` limits."""
        return tuple(window for window in self.windows if drop_window in (window.kind, DropWindow.BOTH))


EMPTY_DROP_BUDGET = DropBudget()  # before the first automatic call


@dataclass(frozen=True, kw_only=True)
class Dialler:
    """The dialler of a campaign. It stays on record after a stop. Times in microseconds, UTC.

    It begins no call before `begins_at`, which leaves the phones some time to come back after a restart. `halted` is
    why it has halted until then, or "". `halt` is the length of its last halt in seconds.
    `drops` counts the persons who answered and who were dropped, in the newest window of each kind. `above` tells
    whether a limited window had dropped more than its limit when the last person was counted. `idle` is why no call has
    begun for a while although agents are READY, or "".
    """

    id: str  # the campaign
    running: bool = False
    since: Moment = 0  # when it was started or stopped
    by: str = ""  # the user who did so
    begins_at: Moment = 0
    halted: str = ""
    halt: int = 0
    drops: DropBudget = EMPTY_DROP_BUDGET
    above: bool = False
    idle: str = ""

    with_drops = part_updater("drops", DropBudget)


@dataclass(frozen=True, slots=True)
class PulseFacts:
    """The facts of a running dialler that are in no record. The process of the calls knows them at each pulse.

    `leads` are at hand. Without one, `no_lead` is why none may be dialled, until `no_lead_until` if time alone changes
    that (microseconds UTC, 0 if not). `free_soon` agents are expected to be free in ten seconds, None if the method
    predicts nothing. `threshold` is how many drops may be risked for one more answer, in thousandths. No call goes to
    `avoided_agents` of the READY agents, because they may be gone before it is answered, and drops are scarce.
    """

    leads: int
    no_lead: str
    no_lead_until: int
    free_soon: float | None
    threshold: int
    avoided_agents: int = 0


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
    REQUESTED = "asked"  # talk detection was requested
    QUIET = "quiet"  # it runs since the beep, and has heard nothing
    SPOKE = "spoke"


@dataclass(frozen=True, kw_only=True)
class MachineDetection:
    """The detection of an answering machine during an automatic call. Times in microseconds, UTC."""

    detector: str = ""  # the channel that listens to the lead
    verdict: Verdict = Verdict.NONE
    cause: str = ""  # Asterisk's AMDCAUSE, such as MAXWORDS-3-3
    at: Moment | None = None  # when the verdict came
    agent_leg: str = ""  # the agent's leg that talk detection listens to
    speech: AgentSpeech = AgentSpeech.UNKNOWN
    silent_by: Moment | None = None  # the machine must be silent by then to hear the message
