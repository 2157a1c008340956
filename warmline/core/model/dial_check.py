"""A question to the database about a number, and its answer: what a dial waits for."""

from dataclasses import dataclass

from warmline.core.model.actions import FindDialFacts
from warmline.core.model.callback import Callback
from warmline.core.model.commands import Ask


@dataclass(frozen=True, slots=True)
class DialFacts:
    """What the database knows about a number that is about to be dialled.

    `listed` names the do-not-call list that has it, or "". `dialled` is how many parties the agent has dialled or
    looked at since the day began, 0 without a limit. `problem` is why nothing is known.
    """

    listed: str = ""
    dialled: int = 0
    callback: Callback | None = None  # as it stands now
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class DialCheck:
    """`asked` in microseconds, UTC. `facts` is None until the database has answered."""

    question: FindDialFacts
    asked: int
    ask: Ask | None = None  # the command that waits for the facts
    begun: bool = True  # False: an earlier one of the same agent is answered first
    facts: DialFacts | None = None

    @property
    def id(self) -> str:
        """The receipt of the command, or the leg that redirects."""
        return self.question.check
