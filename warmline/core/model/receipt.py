"""The durable record of one command: its sender, its steps with their times, and its outcome."""

from dataclasses import dataclass
from enum import StrEnum

from warmline.core.messages.commands import Command, Kind
from warmline.core.model import hangup_causes
from warmline.core.moment import Moment
from warmline.core.replace import replace
from warmline.core.rules import reasons


class Outcome(StrEnum):
    COMPLETED = "completed"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    NO_AGENT = "no_agent"
    DECLINED = "declined"  # the called party declined
    FAILED = "failed"
    REFUSED = "refused"  # Warmline did not accept the command
    ABANDONED = "abandoned"  # overtaken by a hang-up
    UNKNOWN = "unknown"  # the result cannot be determined


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """The record of a command. `call` is the call that it is about, even if the command names none.

    Times in microseconds, UTC. `steps` are (name, time) pairs in order. `cause` is the reason, for people.
    """

    id: str
    command: Command
    call: str = ""
    key: str = ""
    request: str = ""
    by: str = ""
    source: str = ""
    refer: str = ""
    requested: Moment
    told: bool = False  # the sender has the answer
    followers: tuple[str, ...] = ()  # receipts of the same request, which get the same answer
    ended: Moment | None = None
    outcome: Outcome | None = None
    cause: str = ""
    steps: tuple[tuple[str, Moment], ...] = ()

    @property
    def kind(self) -> Kind:
        return self.command.kind

    @property
    def agent(self) -> str:
        return self.command.agent

    @property
    def without_end(self) -> "Receipt":
        """Return the receipt as it is shown until its end is on disk: in progress, and not answered."""
        return replace(self, ended=None, outcome=None, told=False)

    def with_step(self, name: str, now_us: int) -> "Receipt":
        """Return the receipt with one more step."""
        return replace(self, steps=(*self.steps, (name, now_us)))


OUTCOME_BY_CAUSE = {
    hangup_causes.USER_BUSY: Outcome.BUSY,
    hangup_causes.NO_RESPONSE: Outcome.NO_ANSWER,
    hangup_causes.NO_ANSWER: Outcome.NO_ANSWER,
    hangup_causes.CALL_REJECTED: Outcome.DECLINED,
}


def get_outcome_for_cause(cause: int) -> tuple[Outcome, str]:
    """Return the outcome of a dial that was not answered, from the Q.850 cause of its ChannelDestroyed."""
    return OUTCOME_BY_CAUSE.get(cause, Outcome.FAILED), reasons.get_for_cause(cause).text(cause=cause)
