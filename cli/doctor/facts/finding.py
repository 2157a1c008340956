"""A finding of a check: its severity, the fault, why it matters, and the command that fixes it."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from cli.doctor.facts.check_facts import CheckFacts

FIRST = 4  # how many of something are named


class Severity(StrEnum):
    """The severity of a finding."""

    GOOD = "good"
    NOTE = "note"  # worth knowing
    UNKNOWN = "unknown"  # the check could not run; the obstacle is another finding
    WARNING = "warning"  # works now, but may fail later
    ERROR = "error"  # something does not work


class Finding(NamedTuple):
    """A finding of a check. `fix` is a shell command; with `by_hand`, words, because no command can fix it.

    `safe`: --fix can run the command. `code`: a word that stays when the texts change.
    """

    severity: Severity
    found: str
    why: str = ""
    fix: str = ""
    safe: bool = False
    by_hand: bool = False
    code: str = ""


class Check(NamedTuple):
    """One check: its name, its function, and the condition under which it passes, as a clause after "passes if"."""

    name: str
    look: Callable[[CheckFacts], Iterator[Finding]]
    passes_if: str


def good(code: str, found: str) -> Finding:
    """Return a finding that all is correct."""
    return Finding(Severity.GOOD, found, code=code)


def error(code: str, found: str, why: str, fix: str, *, safe: bool = False, by_hand: bool = False) -> Finding:
    """Return a finding that something does not work."""
    return Finding(Severity.ERROR, found, why, fix, safe, by_hand, code)


def warning(code: str, found: str, why: str, fix: str, *, safe: bool = False, by_hand: bool = False) -> Finding:
    """Return a finding that something works now, but may fail later."""
    return Finding(Severity.WARNING, found, why, fix, safe, by_hand, code)


def note(code: str, found: str, why: str, fix: str = "") -> Finding:
    """Return a finding that is worth knowing."""
    return Finding(Severity.NOTE, found, why, fix, code=code)


def few(names: Sequence[str]) -> str:
    """Return the first names, and how many more there are."""
    more = f" and {len(names) - FIRST} more" if len(names) > FIRST else ""
    return f"{', '.join(names[:FIRST])}{more}"
