"""The columns of a report as people see them, and as JSON has them."""

from collections.abc import Callable, Mapping
from typing import Any

from cli.audit.report_writer import CODE, COUNT, ID, NAME, SEVERAL, SHARE, SPAN, TEXT, TIME, ReportColumn, ValueFormat
from cli.output.table import Narrow
from cli.output.time_format import length, to_the_minute
from warmline.store.daily_reports.figures import FIGURES, Form
from warmline.store.daily_reports.report_csv import TOTAL
from warmline.store.daily_reports.report_definition import HIDDEN, DailyReport

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
