"""A query to the database about a number, for which a dial waits."""

from dataclasses import dataclass

from warmline.core.messages.commands import Ask
from warmline.core.messages.dial_facts_messages import DialFacts, FindDialFacts
from warmline.core.moment import Moment


@dataclass(frozen=True, kw_only=True)
class DialCheck:
    """A query and its facts. `asked` is in microseconds UTC. `facts` is None until the database has answered."""

    question: FindDialFacts
    asked: Moment
    ask: Ask | None = None  # the command that waits for the facts
    begun: bool = True  # False: an earlier query of the same agent is answered first
    facts: DialFacts | None = None

    @property
    def id(self) -> str:
        """Return the receipt of the command, or the leg that redirects."""
        return self.question.check
