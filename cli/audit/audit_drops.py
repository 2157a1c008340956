"""`warmline audit drops`: the drop rate of automatic calls in each window for which the law limits it."""

from typing import Annotated

import msgspec
import typer

from cli.arguments import completion
from cli.arguments.call_filter_options import one_of
from cli.arguments.completion import names
from cli.audit.report_options import report
from cli.audit.report_writer import CODE, COUNT, SHARE, TIME, YES, ReportColumn, ReportWriter
from cli.client import outbound_records
from cli.output.exit_codes import ExitCode
from cli.output.time_format import of_iso
from warmline.centre import app_client
from warmline.store.outbound import drops_answer

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
    one_of("--window", window, drops_answer.WINDOWS)
    found = outbound_records.at(app_client.records()).drops(window or drops_answer.USUAL, campaign)
    rows = (
        msgspec.structs.asdict(one)
        | {"begins": of_iso(one.begins), "ends": of_iso(one.ends), "rate": one.dropped / one.answered}
        | {"worst_at": of_iso(one.worst_at) if one.worst_at else None}
        for one in found.windows
    )
    if not out.print("windows", COLUMNS, rows, {"window": window}, lambda: {"above": found.above}) and out.for_people:
        print("No person has answered an automatic call.")
    if found.above:
        raise typer.Exit(ExitCode.FAILED)
