"""A query to the database about a number, and its answer, for which a dial waits."""

from dataclasses import dataclass

from warmline.core.model.actions import FindDialFacts
from warmline.core.model.callback import Callback
from warmline.core.model.commands import Ask


@dataclass(frozen=True, slots=True)
class DialFacts:
    """The database's facts about a number that is to be dialled.

    `listed` names the do-not-call list that has it, or "". `dialled` is how many parties the agent has dialled or
    previewed since the day began, or 0 without a limit. `problem` is why the facts are missing.
    """

    listed: str = ""
    dialled: int = 0
    callback: Callback | None = None  # with its state now
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class DialCheck:
    """A query and its facts. `asked` is in microseconds UTC. `facts` is None until the database has answered."""

    question: FindDialFacts
    asked: int
    ask: Ask | None = None  # the command that waits for the facts
    begun: bool = True  # False: an earlier query of the same agent is answered first
    facts: DialFacts | None = None

    @property
    def id(self) -> str:
        """Return the receipt of the command, or the leg that redirects."""
        return self.question.check
