"""A query to the database about a number, and its answer, for which a dial waits."""

from dataclasses import dataclass

from warmline.core.model.callback import Callback
from warmline.core.model.commands import Ask
from warmline.core.model.dial_lead import DialLead

CHOOSE, CHOOSE_OWN, CHECK = "choose", "choose_own", "check"  # values of FindDialFacts.leads


@dataclass(frozen=True, slots=True)
class FindDialFacts:
    """Query the database about a number that is to be dialled at the time `at`. Proof: DialFactsFound.

    `readings` are the numbers that the far end may dial for `number`. `since` is the start of the day for the agent's
    limit, or 0 without a limit. `callback` is the callback of this dial, or "". Times in microseconds UTC.

    `leads` is "" for a number without a lead. CHOOSE asks for the campaign's next lead, and for the facts about its
    number. CHOOSE_OWN does so with the agent's own due callbacks first. CHECK checks each rule about `lead` again, at
    which the agent looks.
    """

    check: str
    agent: str
    campaign: str
    number: str
    readings: tuple[str, ...]
    at: int
    since: int = 0
    callback: str = ""
    leads: str = ""
    lead: int = 0


@dataclass(frozen=True, slots=True)
class DialFacts:
    """The database's facts about a number that is to be dialled.

    `listed` names the do-not-call list that has it, or "". `dialled` is how many parties the agent has dialled or
    previewed since the day began, or 0 without a limit. `problem` is why the facts are missing. `lead` is the one that
    was chosen, as it is now.
    """

    listed: str = ""
    dialled: int = 0
    callback: Callback | None = None  # with its state now
    problem: str = ""
    lead: DialLead | None = None


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
