"""`warmline audit drops`: the drop rate of automatic calls in each window for which the law limits it."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from cli.arguments import completion
from cli.arguments.call_filter_options import check, one_of
from cli.arguments.completion import names
from cli.audit.report_options import report
from cli.audit.report_writer import CODE, COUNT, SHARE, TIME, YES, ReportColumn, ReportWriter
from cli.output.exit_codes import ExitCode
from warmline.system import settings

COLUMNS = (
    ReportColumn("campaign", CODE),
    ReportColumn("begins", TIME),
    ReportColumn("ends", TIME, spare=3),
    ReportColumn("answered", COUNT),
    ReportColumn("dropped", COUNT),
    ReportColumn("hung_up", COUNT, "hung up", spare=4),
    ReportColumn("late", COUNT, spare=5),
    ReportColumn("by_fault", COUNT, "by fault", spare=2),
    ReportColumn("rate", SHARE),
    ReportColumn("above", YES),
    ReportColumn("worst_at", TIME, "worst at", spare=1),
)
Of = Annotated[
    str, typer.Option("--campaign", metavar="NAME", help="Only this campaign.", autocompletion=names("campaign"))
]
Window = Annotated[
    str,
    typer.Option(
        metavar="WINDOW",
        help="PERIOD counts 30 days, as in the United States; DAY counts one day, as Ofcom does.",
        autocompletion=completion.drop_windows,
    ),
]


@report
def show(out: ReportWriter, campaign: Of = "", window: Window = "PERIOD") -> None:
    from warmline.store.reports.drop_windows import DAYS, drop_windows

    one_of("--window", window, tuple(DAYS))
    check(campaign=campaign)
    above = 0

    def found() -> Iterator[dict[str, Any]]:
        nonlocal above
        for one in drop_windows(settings.load().db, campaign, window or "PERIOD"):
            above += one.above
            yield {column.name: getattr(one, column.name) for column in COLUMNS}

    if not out.print("windows", COLUMNS, found(), {"window": window}, lambda: {"above": above}) and out.for_people:
        print("No person has answered an automatic call.")
    if above:
        raise typer.Exit(ExitCode.FAILED)
