"""A finding of `warmline dialplan lint`, with its place."""

from collections.abc import Iterable
from typing import NamedTuple

from warmline.options.values.option_types import nearest
from warmline_contrib.dialplan_lint.dialplan import DialplanExtension, DialplanPlace, DialplanPriority
from warmline_contrib.dialplan_lint.lint_codes import LINT_CODES, LintCode, LintSeverity

LONGEST_NAME = 100  # characters; to compare longer ones takes seconds
NOWHERE = DialplanPlace("", 0)


class LintFinding(NamedTuple):
    """A finding: its code, what was found, and where.

    `certain`: False if the dialplan alone does not decide. An uncertain error counts as a warning. Priority 0: the
    finding is about the whole extension or context.
    """

    code: str
    found: str
    place: DialplanPlace = NOWHERE
    context: str = ""
    extension: str = ""
    priority: int = 0
    certain: bool = True

    @property
    def kind(self) -> LintCode:
        """Return the row of the table of codes."""
        return LINT_CODES[self.code]

    @property
    def severity(self) -> LintSeverity:
        """Return the severity; an error that is not certain is a warning."""
        if self.kind.severity is LintSeverity.ERROR and not self.certain:
            return LintSeverity.WARNING
        return self.kind.severity


def at(
    code: str,
    found: str,
    extension: DialplanExtension,
    priority: DialplanPriority | None = None,
    *,
    certain: bool = True,
) -> LintFinding:
    """Return a finding about an extension, or about one of its priorities."""
    place = (priority or extension.first).place
    number = priority.number if priority else 0
    return LintFinding(code, found, place, extension.context, extension.name, number, certain)


def nearest_name(name: str, names: Iterable[str], similarity: float = 0.6) -> str:
    """Return `did you mean …?` with the nearest of these names, "" for none; a long name has none."""
    return nearest(name, names, similarity) if len(name) <= LONGEST_NAME else ""
