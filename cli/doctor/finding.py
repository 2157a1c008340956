"""A finding of a check: its severity, the fault, why it matters, and the command that fixes it."""

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
    """`mend`: a command for a shell; `by_hand`: words, if no command can do it; `safe`: --fix may run it.

    `code`: a word that stays when the texts are reworded.
    """

    severity: Severity
    found: str
    why: str = ""
    mend: str = ""
    safe: bool = False
    by_hand: bool = False
    code: str = ""


class Check(NamedTuple):
    """One check: its name, its function, and the condition under which it passes, as a clause after "passes if"."""

    name: str
    look: Callable[[CheckFacts], Iterator[Finding]]
    passes_if: str


def good(code: str, found: str) -> Finding:
    """As it should be."""
    return Finding(Severity.GOOD, found, code=code)


def error(code: str, found: str, why: str, mend: str, *, safe: bool = False, by_hand: bool = False) -> Finding:
    """Something that does not work."""
    return Finding(Severity.ERROR, found, why, mend, safe, by_hand, code)


def warning(code: str, found: str, why: str, mend: str, *, safe: bool = False, by_hand: bool = False) -> Finding:
    """Something that works for now."""
    return Finding(Severity.WARNING, found, why, mend, safe, by_hand, code)


def note(code: str, found: str, why: str, mend: str = "") -> Finding:
    """Something worth knowing."""
    return Finding(Severity.NOTE, found, why, mend, code=code)


def few(names: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    more = f" and {len(names) - FIRST} more" if len(names) > FIRST else ""
    return f"{', '.join(names[:FIRST])}{more}"
