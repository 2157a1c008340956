"""The columns of a report as people see them, as JSON has them, and as a spreadsheet reads them."""

from collections.abc import Callable, Mapping
from typing import Any

from cli.audit.report_writer import CODE, COUNT, ID, NAME, SEVERAL, SHARE, SPAN, TEXT, TIME, ReportColumn, ValueFormat
from cli.output.table import Narrow
from cli.output.time_format import date_and_time, in_hours, length, to_the_minute
from warmline.store.daily_reports.daily_report import HIDDEN, DailyReport
from warmline.store.daily_reports.figures import FIGURES, Form
from warmline.store.daily_reports.merging import Report
from warmline.store.database.reading import Row

TOTAL = "total"
NONE = "(none)"  # in place of an empty key that has no word of its own
WORDS = ValueFormat(str, TEXT.told, narrow=Narrow.TEXT, least=12)
OF_NAME = {"name": NAME, "call": ID}  # figures that are not shown as their form says


def _lengths(values: Mapping[str, int]) -> str:
    return "  ".join(f"{name or 'none'} {length(values[name])}" for name in sorted(values))


LENGTHS = ValueFormat(
    _lengths,
    lambda values: {name: value / 1000 for name, value in values.items()},
    "_ms",
    narrow=Narrow.TEXT,
    least=12,
)
FORMS: dict[Form, ValueFormat] = {
    Form.TEXT: WORDS,
    Form.KEY: CODE,
    Form.COUNT: COUNT,
    Form.LENGTH: SPAN,
    Form.SHARE: SHARE,
    Form.TIME: TIME,
    Form.COUNTS: SEVERAL,
    Form.LENGTHS: LENGTHS,
}


# A page is not read by programs, and has no room for seconds.
ON_PAGE = FORMS | {Form.TIME: TIME._replace(shown=to_the_minute)}


def columns(report: DailyReport, forms: Mapping[Form, ValueFormat] = FORMS) -> tuple[ReportColumn, ...]:
    """Return the columns for tables and for JSON."""
    return tuple(_column(name, spare, forms) for name, spare in report.columns.items())


def _column(name: str, spare: int, forms: Mapping[Form, ValueFormat]) -> ReportColumn:
    figure = FIGURES[name]
    form = OF_NAME.get(name) or forms[figure.form]
    head = "" if spare == HIDDEN else figure.head or None
    return ReportColumn(name, form._replace(shown=_or_total(form.shown)), head, max(0, spare))


def _or_total(shown: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: TOTAL if value == TOTAL else shown(value)


def _first(report: DailyReport) -> str:
    """Return the first column that is always shown."""
    return next(name for name, spare in report.columns.items() if not spare)


def with_total(report: DailyReport, found: Report) -> list[Row]:
    """Return the rows with the total row, whose first column that is always shown says so; no row without others.

    A word stands for an empty key, such as that of calls that no agent took.
    """
    first = _first(report)
    words = {first: NONE} | {name: FIGURES[name].empty for name in report.columns if FIGURES[name].empty}
    rows = [row | {name: word for name, word in words.items() if row[name] == ""} for row in found.rows]
    return [*rows, found.totals | {first: TOTAL}] if rows else []


SHEET: dict[Form, Callable[[Any], str]] = {
    Form.SHARE: "{:.1%}".format,
    Form.TIME: date_and_time,
    Form.LENGTH: in_hours,
    Form.COUNTS: SEVERAL.shown,
    Form.LENGTHS: LENGTHS.shown,
}


def in_sheet(name: str, value: Any) -> object:
    """Return a value as a spreadsheet reads it: local time, h:mm:ss, and percent."""
    form = FIGURES[name].form
    return value if value in (None, TOTAL) or form not in SHEET else SHEET[form](value)
