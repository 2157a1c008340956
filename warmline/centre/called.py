"""What became of a party who was dialled."""

from dataclasses import dataclass

from warmline.centre.app_answer import AppRefused
from warmline.core.model.dial_outcome import DialOutcome
from warmline.core.model.receipt import Outcome
from warmline.operations.receipts import ReceiptNow

DIAL_OUTCOMES = {
    Outcome.COMPLETED: DialOutcome.ANSWERED,
    Outcome.BUSY: DialOutcome.BUSY,
    Outcome.NO_ANSWER: DialOutcome.NO_ANSWER,
    Outcome.NO_AGENT: DialOutcome.NO_ANSWER,
    Outcome.ABANDONED: DialOutcome.NO_ANSWER,
}


@dataclass(frozen=True, slots=True)
class Called:
    """The result of dialling a party; true if the party has answered.

    `outcome` is one of four; `seconds` is how long it rang, and `why` says it in a sentence.
    """

    destination: str
    outcome: DialOutcome
    seconds: int
    why: str

    def __bool__(self) -> bool:
        """Return whether the party has answered."""
        return self.outcome is DialOutcome.ANSWERED


def read_receipt(destination: str, receipt: ReceiptNow, *, is_given_up: bool) -> Called:
    """Return the result of a command that has ended. A party who answers when it `is_given_up` has not answered."""
    assert receipt.outcome is not None and receipt.end is not None
    outcome = DIAL_OUTCOMES.get(receipt.outcome, DialOutcome.REFUSED)
    if is_given_up and outcome is DialOutcome.ANSWERED:
        outcome = DialOutcome.NO_ANSWER
    return Called(destination, outcome, receipt.end.seconds, receipt.end.text)


def check_end(receipt: ReceiptNow) -> ReceiptNow:
    """Return the receipt of a command that has succeeded. Raises AppRefused."""
    if receipt.outcome is not Outcome.COMPLETED and receipt.end:
        raise AppRefused(receipt.end.code, "{why}", why=receipt.end.text)
    return receipt
