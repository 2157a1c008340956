"""The reports of a run as CSV files, and their sums as text."""

from pathlib import Path
from typing import Any, NamedTuple

from warmline.store.daily_reports import report_table
from warmline.store.daily_reports.figures import FIGURES, Form
from warmline.store.daily_reports.merging import Report
from warmline.store.daily_reports.report_csv import sheet, with_total
from warmline.store.daily_reports.report_definition import DailyReport
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.scheduled_reports.report_runs import DueRun

OF_PEOPLE = ("number",)  # columns with numbers of customers
SUMMED = (Form.COUNT, Form.LENGTH, Form.SHARE)


class ReportFile(NamedTuple):
    """A report as CSV, without and with numbers of customers; `sums` are its total row in words."""

    name: str
    summary: str
    text: str
    with_numbers: str
    sums: str


def read(path: str | Path, run: DueRun, now: int) -> list[ReportFile]:
    """Read the reports of a run; each figure counts until its period ends. Raises StoreError."""
    return [_file(report_table.find(name), path, run, now) for name in _texts(run.options["reports"])]


def _file(report: DailyReport, path: str | Path, run: DueRun, now: int) -> ReportFile:
    given = {"campaign": "campaign", "ingroup": "ingroup", "group": "user_group"}
    filters: dict[str, Any] = {one: str(run.options[option]) for one, option in given.items() if one in report.filters}
    found = report.read(path, ReportQuery(start=run.begins, end=run.ends, now=now, zone=run.zone, **filters))
    rows, names = with_total(report, found), list(report.columns)
    plain = [name for name in names if name not in OF_PEOPLE]
    return ReportFile(
        report.name,
        report.summary,
        sheet(plain, rows, run.zone),
        sheet(names, rows, run.zone),
        _sums(report, found, run),
    )


def _sums(report: DailyReport, found: Report, run: DueRun) -> str:
    """Return the figures of the total row, a line for each; the number of rows if it has none."""
    if not found.rows:
        return f"No {report.unit}."
    names = [name for name in report.columns if FIGURES[name].form in SUMMED and found.totals.get(name) is not None]
    if not names:
        return f"{len(found.rows)} rows."
    [line] = sheet(names, [found.totals], run.zone).splitlines()[1:]
    heads = [FIGURES[name].head or name.replace("_", " ") for name in names]
    width = max(map(len, heads))
    return "\n".join(f"{head:{width}}  {value}" for head, value in zip(heads, line.split(","), strict=True))


def _texts(value: object) -> tuple[str, ...]:
    assert isinstance(value, tuple | list)
    return tuple(map(str, value))
