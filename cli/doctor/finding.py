"""What a check finds: how bad, what, why it matters, and the command that mends it."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from cli.doctor.check_facts import CheckFacts

FIRST = 4  # how many of something are named


class Severity(StrEnum):
    """How bad it is."""

    GOOD = "good"
    NOTE = "note"  # worth knowing
    UNKNOWN = "unknown"  # it could not be looked at; what stands in the way is a finding of its own
    WARNING = "warning"  # it works, until …
    ERROR = "error"  # something does not work


class Finding(NamedTuple):
    """`mend`: a command for a shell; `by_hand`: words, where no command can do it; `safe`: --fix may run it."""

    severity: Severity
    found: str
    why: str = ""
    mend: str = ""
    safe: bool = False
    by_hand: bool = False


class Check(NamedTuple):
    """One check: its name, its function, and the condition under which it passes, as a clause after "passes if"."""

    name: str
    look: Callable[[CheckFacts], Iterator[Finding]]
    passes_if: str


def good(found: str) -> Finding:
    """As it should be."""
    return Finding(Severity.GOOD, found)


def error(found: str, why: str, mend: str, *, safe: bool = False, by_hand: bool = False) -> Finding:
    """Something that does not work."""
    return Finding(Severity.ERROR, found, why, mend, safe, by_hand)


def warning(found: str, why: str, mend: str, *, safe: bool = False, by_hand: bool = False) -> Finding:
    """Something that works for now."""
    return Finding(Severity.WARNING, found, why, mend, safe, by_hand)


def note(found: str, why: str, mend: str = "") -> Finding:
    """Something worth knowing."""
    return Finding(Severity.NOTE, found, why, mend)


def few(names: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    more = f" and {len(names) - FIRST} more" if len(names) > FIRST else ""
    return f"{', '.join(names[:FIRST])}{more}"
