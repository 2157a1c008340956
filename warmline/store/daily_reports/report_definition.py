"""A report: its columns and filters, and the function that reads it."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from warmline.store.daily_reports.merging import Report
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.reports import filter_names_check

HIDDEN = -1  # a column that people see only if they name it
CALLS = ("campaign", "ingroup", "agent", "group")
AGENTS = ("campaign", "agent", "group")
KINDS = {"group": "user_group"}  # kinds of filters whose kind has another name


class DailyReport(NamedTuple):
    """A report of `warmline report` and of /api/v1/reports.

    `unit` is what its rows count, in the singular. Each of its `columns` has a number: a terminal without room leaves
    out the highest first, and never a column of 0. `filters` are fields of ReportQuery. `by` are the values of its
    option `by_option`, the usual one first, and `by_meaning` says what they choose. `plot` are the columns of its
    picture.
    """

    name: str
    summary: str
    unit: str
    columns: dict[str, int]
    filters: tuple[str, ...]
    read: Callable[[str | Path, ReportQuery], Report]
    by: tuple[str, ...] = ()
    by_meaning: str = ""
    plot: tuple[str, ...] = ()
    by_option: str = "--by"

    def answer(self, path: str | Path, query: ReportQuery) -> Report:
        """Read the report; a wrong name must not look like an empty day. Raises NotFound, StoreError."""
        named = {KINDS.get(name, name): getattr(query, name) for name in self.filters}
        filter_names_check.check(path, **named)
        return self.read(path, query)
