"""How a command ended: a code, how long it took, and a sentence for page, CLI and stories."""

from typing import NamedTuple

from warmline.core.messages.command_classes import get_column
from warmline.core.messages.commands import Kind
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.moment import Moment
from warmline.core.rules import reasons

THIRD_PARTY_CALLS = frozenset((Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL, Kind.BLIND_TRANSFER))
CUSTOMER_CALLS = frozenset((Kind.DIAL, Kind.DIAL_NEXT))

# By the outcome of a command that calls somebody. `{called}` is the number, agent or in-group.
SENTENCE_BY_OUTCOME = {
    Outcome.COMPLETED: "{called} answered after {seconds} s",
    Outcome.BUSY: "{called} was busy",
    Outcome.NO_ANSWER: "{called} did not answer after {seconds} s",
    Outcome.NO_AGENT: "no agent of {called} took the call in {seconds} s",
    Outcome.DECLINED: "{called} declined the call",
    Outcome.FAILED: "{called} could not be reached: {cause}",
    Outcome.ABANDONED: "the call to {called} was given up after {seconds} s: {cause}",
}


class CommandEnd(NamedTuple):
    """The end of a command. `seconds`: from the request, or from the beginning of dialling, to the end."""

    code: str
    seconds: int
    text: str


class EndedCommand(NamedTuple):
    """What the records say of a command that has ended. `called_party`: the number, agent or in-group, or ""."""

    kind: str
    called_party: str
    outcome: Outcome
    cause: str
    seconds: int


def describe_receipt(receipt: Receipt) -> CommandEnd | None:
    """Return how a command ended, or None while it runs."""
    if receipt.outcome is None or receipt.ended is None:
        return None
    called_party = name_called_party(*(get_column(receipt.command, name) for name in ("number", "to_agent", "ingroup")))
    seconds = count_seconds(receipt.requested, receipt.steps, receipt.ended)
    return describe_end(EndedCommand(receipt.kind, called_party, receipt.outcome, cause=receipt.cause, seconds=seconds))


def name_called_party(number: str, agent: str, ingroup: str) -> str:
    """Return whom a command with these fields calls, in words; "" for nobody."""
    return number or (f"agent {agent}" if agent else ingroup)


def count_seconds(requested_us: Moment, steps: tuple[tuple[str, Moment], ...], ended_us: Moment) -> int:
    """Return for how many seconds a command ran. Times in microseconds; waiting for its turn does not count."""
    start_us = next((step_us for name, step_us in steps if name == "dialling"), requested_us)
    return round(max(ended_us - start_us, 0) / 1_000_000)


def _find_code_prefix(kind: str) -> str:
    if kind in THIRD_PARTY_CALLS:
        return "third"
    return "customer" if kind in CUSTOMER_CALLS else ""


def describe_end(command: EndedCommand) -> CommandEnd:
    """Return code, seconds and sentence of the end.

    A command that calls somebody has the code `third_` or `customer_` with the outcome, such as `third_busy`. Another
    command that does not succeed has the code of its reason, or else its outcome.
    """
    kind, called_party, outcome, cause, seconds = command
    prefix = _find_code_prefix(kind) if called_party else ""
    if prefix and outcome in SENTENCE_BY_OUTCOME:
        suffix = "answered" if outcome is Outcome.COMPLETED else outcome.value
        text = SENTENCE_BY_OUTCOME[outcome].format(called=called_party, cause=cause, seconds=seconds)
        return CommandEnd(f"{prefix}_{suffix}", seconds, text)
    if outcome is Outcome.COMPLETED:
        return CommandEnd(outcome.value, seconds, "done")
    reason = reasons.find_by_text(cause)
    text = ": ".join(filter(None, (outcome.value.replace("_", " "), cause)))
    return CommandEnd(reason.code if reason else outcome.value, seconds, text)
