"""The reports of a mail as CSV files, and their sums as text."""

from pathlib import Path
from typing import Any, NamedTuple

from warmline.store.daily_reports import report_table
from warmline.store.daily_reports.figures import FIGURES, Form
from warmline.store.daily_reports.merging import Report
from warmline.store.daily_reports.report_csv import sheet, with_total
from warmline.store.daily_reports.report_definition import DailyReport
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.scheduled_reports.report_mails import DueReport

OF_PEOPLE = ("number",)  # columns with numbers of customers
SUMMED = (Form.COUNT, Form.LENGTH, Form.SHARE)


class ReportFile(NamedTuple):
    """A report as CSV, without numbers of customers; `sums` are its total row in words."""

    name: str
    summary: str
    text: str
    sums: str


def read(path: str | Path, due: DueReport, now: int) -> list[ReportFile]:
    """Read the reports of a mail; each figure counts until its period ends. Raises StoreError."""
    names = due.options["reports"]
    assert isinstance(names, tuple | list)
    return [_file(report_table.find(str(name)), path, due, now) for name in names]


def _file(report: DailyReport, path: str | Path, due: DueReport, now: int) -> ReportFile:
    given = {"campaign": "campaign", "ingroup": "ingroup", "group": "user_group"}
    filters: dict[str, Any] = {one: str(due.options[option]) for one, option in given.items() if one in report.filters}
    period = due.period
    found = report.read(path, ReportQuery(start=period.begins, end=period.ends, now=now, zone=due.zone, **filters))
    names = [name for name in report.columns if name not in OF_PEOPLE]
    text = sheet(names, with_total(report, found), due.zone)
    return ReportFile(report.name, report.summary, text, _sums(report, found, due))


def _sums(report: DailyReport, found: Report, due: DueReport) -> str:
    """Return the figures of the total row, a line for each; the number of rows if it has none."""
    if not found.rows:
        return f"No {report.unit}."
    names = [name for name in report.columns if FIGURES[name].form in SUMMED and found.totals.get(name) is not None]
    if not names:
        return f"{len(found.rows)} rows."
    [line] = sheet(names, [found.totals], due.zone).splitlines()[1:]
    heads = [FIGURES[name].head or name.replace("_", " ") for name in names]
    width = max(map(len, heads))
    return "\n".join(f"{head:{width}}  {value}" for head, value in zip(heads, line.split(","), strict=True))
