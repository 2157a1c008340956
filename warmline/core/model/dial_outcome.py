"""The result of dialling a party, as scripts and programs see it."""

from enum import Enum


class DialOutcome(Enum):
    """The result of dialling a number."""

    ANSWERED = "answered"
    BUSY = "busy"
    NO_ANSWER = "no answer"
    REFUSED = "refused"  # by Warmline's rules, by Asterisk or by the network; `why` says which
