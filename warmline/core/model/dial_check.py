"""A query to the database about a number, for which a dial waits."""

from dataclasses import dataclass

from warmline.core.messages.commands import Ask
from warmline.core.messages.dial_facts_messages import DialFacts, FindDialFacts
from warmline.core.moment import Moment


@dataclass(frozen=True, kw_only=True)
class DialCheck:
    """A query to the database, and its facts once they are known. The record is stored with its session or its leg."""

    question: FindDialFacts
    asked: Moment  # when the query was made
    ask: Ask | None = None  # the command that waits for the facts; None: a redirect waits for them
    begun: bool = True  # False: the query is sent after an earlier one of the same agent is answered
    facts: DialFacts | None = None  # None: the database has not answered yet

    @property
    def id(self) -> str:
        """Return the id of the command's receipt, or that of the leg that redirects."""
        return self.question.check
