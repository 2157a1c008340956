"""`warmline audit api`: which program gave which commands, and their outcomes."""

from typing import Annotated

import typer

from cli.arguments import completion
from cli.arguments.call_filter_options import one_of
from cli.arguments.time_options import Period
from cli.audit.report_options import none_found, report, stretch
from cli.audit.report_writer import CODE, COUNT, SEVERAL, SPAN, TIME, ReportColumn, ReportWriter
from warmline.system import settings

COLUMNS = (
    ReportColumn("by", CODE),
    ReportColumn("source", spare=3),
    ReportColumn("kind", CODE, "command"),
    ReportColumn("asked", COUNT),
    ReportColumn("outcomes", SEVERAL),
    ReportColumn("average", SPAN, spare=2),
    ReportColumn("longest", SPAN, spare=1),
    ReportColumn("last", TIME),
)
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Only commands of this API user, token or person.")]
Source = Annotated[str, typer.Option("--source", metavar="NAME", help="Only commands that came through this program.")]
Kind = Annotated[
    str,
    typer.Option(
        "--kind", metavar="COMMAND", help="Only this command, such as DIAL.", autocompletion=completion.command_kinds
    ),
]


@report
def show(of: Period, out: ReportWriter, by: By = "", source: Source = "", kind: Kind = "") -> None:
    from warmline.core.messages.commands import Kind as Known
    from warmline.store.reports.command_counts import command_counts

    one_of("--kind", kind, tuple(Known))
    if not out.print(
        "asked", COLUMNS, command_counts(settings.load().db, of.start, of.end, by, source, kind), stretch(of)
    ):
        none_found(out, "command", of)
