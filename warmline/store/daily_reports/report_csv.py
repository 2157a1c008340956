"""A report as a spreadsheet reads it: local time, lengths as h:mm:ss, shares in percent, and the total in the last row.

The command line prints it with `--csv`, and the API sends it.
"""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from io import StringIO
from typing import Any

from warmline.store.daily_reports.figures import FIGURES, Form
from warmline.store.daily_reports.merging import Report
from warmline.store.daily_reports.report_definition import DailyReport
from warmline.store.database.reading import Row
from warmline.text.csv_cell import cell

TOTAL = "total"
NONE = "(none)"  # in place of an empty key that has no word of its own


def with_total(report: DailyReport, found: Report) -> list[Row]:
    """Return the rows with the total row, whose first column that is always shown says so; no row without others.

    A word stands for an empty key, such as that of calls that no agent took.
    """
    first = next(name for name, spare in report.columns.items() if not spare)
    words = {first: NONE} | {name: FIGURES[name].empty for name in report.columns if FIGURES[name].empty}
    rows = [row | {name: word for name, word in words.items() if row[name] == ""} for row in found.rows]
    return [*rows, found.totals | {first: TOTAL}] if rows else []


def sheet(names: Sequence[str], rows: Iterable[Row], zone: tzinfo | None, *, precise: bool = False) -> str:
    """Return CSV with a line of names. `zone` is that of times, None for this machine's clock.

    `precise` shows lengths with milliseconds. A text that a spreadsheet would read as a formula is harmless.
    """
    forms = _forms(zone, precise=precise)
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([cell(_value(forms.get(FIGURES[name].form), row[name])) for name in names])
    return out.getvalue()


def _value(form: Callable[[Any], str] | None, value: object) -> object:
    return value if form is None or value is None or value == TOTAL else form(value)


def _forms(zone: tzinfo | None, *, precise: bool) -> dict[Form, Callable[[Any], str]]:
    """Return how the values of each form are written; other values stay as they are."""

    def length(microseconds: int) -> str:
        return _exact(microseconds) if precise else _hours(microseconds)

    def lengths(values: Mapping[str, int]) -> str:
        written = _exact if precise else _short
        return "  ".join(f"{name or 'none'} {written(values[name])}" for name in sorted(values))

    return {
        Form.SHARE: "{:.1%}".format,
        Form.TIME: lambda at: _time(at, zone),
        Form.LENGTH: length,
        Form.COUNTS: lambda values: "  ".join(f"{name} {values[name]}" for name in sorted(values)),
        Form.LENGTHS: lengths,
    }


def _time(at: int, zone: tzinfo | None) -> str:
    """Return a date and time to the second; if the clock shows the hour twice, the second one has its zone."""
    local = datetime.fromtimestamp(at // 1_000_000, zone)
    return f"{local:%Y-%m-%d %H:%M:%S}" + (f"{local.astimezone(local.tzinfo): %Z}" if local.fold else "")


def _hours(microseconds: int) -> str:
    """Return a length as h:mm:ss."""
    minutes, seconds = divmod(round(microseconds / 1e6), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _short(microseconds: int) -> str:
    """Return a length as m:ss, or h:mm:ss."""
    text = _hours(microseconds)
    return text.removeprefix("0:").removeprefix("0") if text.startswith("0:") else text


def _exact(microseconds: int) -> str:
    """Return a length as h:mm:ss.mmm."""
    seconds, rest = divmod(round(microseconds / 1000), 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
