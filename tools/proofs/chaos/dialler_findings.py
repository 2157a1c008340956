"""The findings of the dialler's chaos in one lab, and the faults that it had."""

from dataclasses import dataclass, field, fields
from typing import NamedTuple

AFTER = 6.0  # seconds for which a fault still counts after its end


class FaultTime(NamedTuple):
    """A fault, and from when to when it lasted, in seconds of CLOCK_MONOTONIC."""

    name: str
    since: float
    until: float


class MessageTime(NamedTuple):
    """A lead who heard the message and no agent: when they answered, and the seconds until the first sound."""

    number: str
    answered: float
    seconds: float


@dataclass
class DialledFindings:
    """The findings about the calls of one lab. The lists have texts, and are empty if there are no errors."""

    faults: list[FaultTime] = field(default_factory=list)
    messages: list[MessageTime] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)  # answered leads who heard nothing for too long
    unserved: list[str] = field(default_factory=list)  # answered leads who heard neither an agent nor the message
    cut_short: list[str] = field(default_factory=list)  # leads whose phone rang for less than 15 s
    twice: list[str] = field(default_factory=list)  # numbers that were dialled again
    lost: list[str] = field(default_factory=list)  # leads neither dialled nor dialable, calls without an end
    untrue: list[str] = field(default_factory=list)  # calls whose record tells something else than the lead's phone
    unlawful: list[str] = field(default_factory=list)  # broken claims of `warmline audit compliance`
    orphans: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)  # faults after which nothing is dialled any more
    dialled: int = 0
    answered: int = 0
    dropped: int = 0
    dropped_by_fault: int = 0
    silence: float = 0.0  # the longest one of an answered lead apart from faults, in seconds
    silence_in_fault: float = 0.0

    @property
    def wrong(self) -> list[str]:
        """Return all errors, each with its kind."""
        kinds = [one.name for one in fields(self) if one.name not in ("faults", "messages")]
        return [f"{kind}: {text}" for kind in kinds if isinstance(found := getattr(self, kind), list) for text in found]

    def fault_in(self, since: float, until: float) -> FaultTime | None:
        """Return a fault that lasted at some time in a period, or ended shortly before it."""
        return next((one for one in self.faults if one.since < until and since < one.until + AFTER), None)
