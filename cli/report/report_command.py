"""`warmline report NAME`: a command for each report of the table, with its filters and forms."""

import sys
from collections.abc import Callable, Sequence
from inspect import Parameter, Signature
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.arguments.call_filter_options import one_of
from cli.arguments.completion import names, words
from cli.arguments.time_options import Period
from cli.audit.report_options import none_found, report, stretch
from cli.audit.report_writer import ReportColumn, ReportWriter
from cli.output import html_page, time_format, time_zone
from cli.report import report_page
from cli.report.report_columns import ON_PAGE, columns
from warmline.centre import app_client
from warmline.centre.login_file import AppLogin
from warmline.centre.place import choose
from warmline.store.daily_reports import report_table
from warmline.store.daily_reports.figures import FIGURES, Form
from warmline.store.daily_reports.merging import Report
from warmline.store.daily_reports.report_csv import sheet, with_total
from warmline.store.daily_reports.report_definition import DailyReport
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.daily_reports.report_wire import iso, read, told
from warmline.store.database.reading import Row
from warmline.system.settings import Settings


def _filter(option: str, kind: str, metavar: str, help_: str) -> Any:
    return Annotated[str, typer.Option(option, metavar=metavar, help=help_, autocompletion=names(kind))]


FILTERS = {
    "campaign": _filter("--campaign", "campaign", "NAME", "Only calls and sessions of this campaign's agents."),
    "ingroup": _filter("--ingroup", "ingroup", "NAME", "Only calls in this in-group."),
    "agent": _filter("--agent", "agent", "USER", "Only this agent, and calls that the agent was in."),
    "group": _filter("--group", "user-group", "NAME", "Only agents of this user group, and their calls."),
}

SheetCsv = Annotated[
    bool,
    typer.Option(
        "--csv",
        help="Print CSV for a spreadsheet: times of the local time zone, lengths as h:mm:ss, shares in percent. The "
        "first line has the names of the fields.",
    ),
]
Html = Annotated[
    Path | None,
    typer.Option("--html", metavar="FILE", help="Write an HTML page with a chart into this file. It is replaced."),
]


def __getattr__(name: str) -> Callable[..., None]:
    """Return the command of the report of that name."""
    if name not in report_table.NAMES:
        raise AttributeError(name)
    return _command(report_table.find(name))


def _command(of_report: DailyReport) -> Callable[..., None]:
    options: dict[str, Any] = {name: FILTERS[name] for name in of_report.filters}
    if of_report.by:
        allowed = ", ".join(of_report.by)
        help_ = f"{of_report.by_meaning}: {allowed}. The default is {of_report.by[0]}."
        offered, option = words(*of_report.by), of_report.by_option
        options["by"] = Annotated[str, typer.Option(option, metavar="WHAT", help=help_, autocompletion=offered)]

    def show(of: Period, out: ReportWriter, file: Path | None = None, **asked: Any) -> None:
        one_of(of_report.by_option, asked.get("by", ""), of_report.by)
        found = _found(of_report, of, asked)
        if file:
            shown = out.wanted(columns(of_report, ON_PAGE))
            html_page.write(file, report_page.document(of_report, shown, found, of.to_the_minute))
        elif not _print(of_report, found, of, out):
            none_found(out, of_report.unit, of)

    keyword = Parameter.KEYWORD_ONLY
    given = [Parameter(name, keyword, default="", annotation=kind) for name, kind in options.items()]
    given.append(Parameter("file", keyword, default=None, annotation=Html))
    fixed = [Parameter("of", keyword), Parameter("out", keyword)]
    show.__signature__ = Signature([*fixed, *given])  # type: ignore[attr-defined]  # the decorator reads it
    show.__name__ = of_report.name
    return report(show, SheetCsv)


def _found(of_report: DailyReport, of: Period, asked: dict[str, Any]) -> Report:
    """Read the report here, or at the app of the login. Raises NotFound, StoreError, AppAway, AppRefused."""

    def of_machine(settings: Settings) -> Report:
        query = ReportQuery(start=of.start, end=of.end, now=of.now, zone=time_zone.here(), **asked)
        return of_report.answer(settings.db, query)

    def of_app(login: AppLogin) -> Report:
        given = {name: value for name, value in asked.items() if value}
        zone = str(time_zone.named(login.timezone or "UTC"))
        bounds = {"between": f"{iso(of.start)}..{iso(of.end)}", "timezone": zone}
        return read(app_client.get(login, f"reports/{of_report.name}", given | bounds))

    return choose(app_client.records(), of_machine, of_app)


def _print(of_report: DailyReport, found: Report, of: Period, out: ReportWriter) -> int:
    """Print the report; return the number of rows."""
    shown = columns(of_report)
    if out.style == "csv":
        _csv(out.wanted(shown), with_total(of_report, found))
    elif out.style == "table":
        out.print(of_report.name, shown, with_total(of_report, found))
    else:
        totals = told(found.totals)
        out.print(of_report.name, shown, found.rows, stretch(of), lambda: {"totals": totals})
    return len(found.rows)


def _csv(wanted: Sequence[ReportColumn], rows: Sequence[Row]) -> None:
    """Print the rows for a spreadsheet."""
    names = [one.name for one in wanted]
    sys.stdout.write(sheet(names, rows, time_zone.here(), precise=time_format.precise))
    if any(row[name] for row in rows for name in names if FIGURES[name].form is Form.TIME):
        time_zone.name_below()
    time_zone.footer()  # a sheet has no line below its rows
