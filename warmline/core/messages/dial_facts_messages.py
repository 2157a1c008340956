"""A query to the database about a number, and its answer, for which a dial waits."""

from dataclasses import dataclass

from warmline.core.messages.dialler_messages import DialLead
from warmline.core.messages.values.callback import Callback

CHOOSE_LEAD, CHOOSE_OWN_CALLBACK, CHECK_LEAD = "choose", "choose_own", "check"  # values of FindDialFacts.leads


@dataclass(frozen=True, slots=True)
class FindDialFacts:
    """Query the database about a number that is to be dialled at the time `at`. Proof: DialFactsFound.

    `readings` are the numbers that the far end may dial for `number`. `since` is the start of the day for the agent's
    limit, or 0 without a limit. `callback` is the callback of this dial, or "". Times in microseconds UTC.

    `leads` is "" for a number without a lead. CHOOSE_LEAD asks for the campaign's next lead, and for the facts about
    its number. CHOOSE_OWN_CALLBACK does so with the agent's own due callbacks first. CHECK_LEAD checks each rule about
    `lead` again, which the agent previews.
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


@dataclass(frozen=True, slots=True)
class DialFactsFound:
    """The database has answered a query about a number. `check` and `agent` are those of the query."""

    check: str
    agent: str
    facts: DialFacts
