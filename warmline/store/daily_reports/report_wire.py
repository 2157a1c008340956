"""A report as programs get it, from the command line and over HTTP: times in ISO 8601, lengths in milliseconds."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from warmline.store.daily_reports.figures import FIGURES, Form
from warmline.store.daily_reports.merging import Report
from warmline.store.daily_reports.report_definition import DailyReport
from warmline.store.database.reading import Row

MILLISECONDS = "_ms"  # appended to the name of a length


def iso(at: int) -> str:
    """Return a time, in microseconds UTC, as ISO 8601."""
    return datetime.fromtimestamp(at / 1e6, UTC).isoformat(timespec="microseconds")


def _lengths(values: dict[str, int]) -> dict[str, float]:
    return {name: value / 1000 for name, value in values.items()}


TOLD: dict[Form, Callable[[Any], object]] = {
    Form.LENGTH: lambda value: value / 1000,
    Form.LENGTHS: _lengths,
    Form.SHARE: lambda value: round(value, 4),
    Form.TIME: iso,
}
READ: dict[Form, Callable[[Any], Any]] = {
    Form.LENGTH: lambda value: round(value * 1000),
    Form.LENGTHS: lambda values: {name: round(value * 1000) for name, value in values.items()},
    Form.TIME: lambda text: round(datetime.fromisoformat(text).timestamp() * 1e6),
}
TYPES: dict[Form, Any] = {
    Form.TEXT: str,
    Form.KEY: str,
    Form.COUNT: int,
    Form.LENGTH: float | None,
    Form.SHARE: float | None,
    Form.TIME: str | None,
    Form.COUNTS: dict[str, int] | None,
    Form.LENGTHS: dict[str, float] | None,
}


def wire_name(name: str) -> str:
    """Return the name of a figure for programs."""
    return name + MILLISECONDS if FIGURES[name].form in (Form.LENGTH, Form.LENGTHS) else name


def told(row: Row) -> Row:
    """Return a row for programs."""
    found: Row = {}
    for name, value in row.items():
        wire, form = _wire(name)
        found[wire] = value if value is None or form is None else form(value)
    return found


@cache
def _wire(name: str) -> tuple[str, Callable[[Any], object] | None]:
    """Return the name of a figure for programs, and how its values are changed for them; None for not at all."""
    return wire_name(name), TOLD.get(FIGURES[name].form)


def read(document: Row) -> Report:
    """Return the report of an answer of /api/v1/reports."""
    return Report([_row(row) for row in document["rows"]], _row(document["totals"]))


def _row(row: Row) -> Row:
    found = {name.removesuffix(MILLISECONDS): value for name, value in row.items()}
    return {name: _read_value(FIGURES[name].form, value) for name, value in found.items()}


def _read_value(form: Form, value: Any) -> Any:
    return value if value is None or form not in READ else READ[form](value)


def shapes(report: DailyReport, module: str) -> tuple[type[Struct], type[Struct]]:
    """Return the records of a report's answer and of its rows, for a module."""
    title = report.name.capitalize()
    columns = [(wire_name(name), _typed(name)) for name in report.columns]
    row = msgspec.defstruct(f"{title}ReportRow", columns, frozen=True, module=module, kw_only=True)
    fields = [("since", str), ("until", str), ("timezone", str), ("rows", list[row]), ("totals", row)]  # type: ignore[valid-type]
    return msgspec.defstruct(f"{title}Report", fields, frozen=True, module=module, kw_only=True), row


def _typed(name: str) -> Any:
    return Annotated[TYPES[FIGURES[name].form], Meta(description=FIGURES[name].meaning)]
