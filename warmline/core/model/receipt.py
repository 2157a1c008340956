"""The durable record of one command: its sender, its steps with their times, and its outcome."""

from dataclasses import dataclass
from enum import StrEnum

from warmline.core.model.commands import Command, Kind
from warmline.core.model.replace import replace


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
    requested: int
    told: bool = False  # the sender has the answer
    followers: tuple[str, ...] = ()  # receipts of the same request, which get the same answer
    ended: int | None = None
    outcome: Outcome | None = None
    cause: str = ""
    steps: tuple[tuple[str, int], ...] = ()

    @property
    def kind(self) -> Kind:
        return self.command.kind

    @property
    def agent(self) -> str:
        return self.command.agent

    def step(self, name: str, now: int) -> "Receipt":
        """Return the receipt with one more step."""
        return replace(self, steps=(*self.steps, (name, now)))


OUTCOME_BY_CAUSE = {
    17: Outcome.BUSY,
    18: Outcome.NO_ANSWER,
    19: Outcome.NO_ANSWER,
    21: Outcome.DECLINED,
}

CAUSE_TEXT = {
    0: "Asterisk gave no cause",
    1: "number not in service (1)",
    3: "no route to the number (3)",
    16: "hung up (16)",
    17: "busy (17)",
    18: "no response (18)",
    19: "no answer (19)",
    21: "declined (21)",
    23: "redirected to another number (23)",
    27: "destination out of order (27)",
    28: "number format is wrong (28)",
    34: "no line free (34)",
    38: "network out of order (38)",
    44: "no audio from the phone (44)",
    58: "no common codec (58)",
}


def outcome_of(cause: int) -> tuple[Outcome, str]:
    """Return the outcome of a dial that was not answered, from the Q.850 cause of its ChannelDestroyed."""
    return OUTCOME_BY_CAUSE.get(cause, Outcome.FAILED), CAUSE_TEXT.get(cause, f"cause {cause}")
