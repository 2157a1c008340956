"""`warmline audit transfers`: the transfers of calls, with their agents, targets and outcomes."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.arguments.call_filter_options import check, one_of
from cli.arguments.completion import names, transfer_outcomes
from cli.arguments.completion import transfers as transfer_kinds
from cli.arguments.time_options import Period
from cli.audit.report_options import none_found, report, stretch
from cli.audit.report_writer import (
    CODE,
    ID,
    NAME,
    SPAN,
    TIME,
    ReportColumn,
    ReportWriter,
)
from warmline.system import settings

if TYPE_CHECKING:
    from warmline.store.reports.transfers import Transfer

User = Annotated[
    str, typer.Option("--agent", metavar="USER", help="Only transfers by this agent.", autocompletion=names("agent"))
]
Kind = Annotated[
    str,
    typer.Option(
        "--kind",
        metavar="COMMAND",
        autocompletion=transfer_kinds,
        help="Only transfers by this command, such as LEAVE_3WAY_CALL.",
    ),
]
OnlyOutcome = Annotated[
    str,
    typer.Option(
        "--outcome",
        metavar="OUTCOME",
        help="Only transfers with this outcome, such as completed or no_answer.",
        autocompletion=transfer_outcomes,
    ),
]
COLUMNS = (
    ReportColumn("requested", TIME, "when"),
    ReportColumn("agent", CODE),
    ReportColumn("full_name", NAME, "name", spare=6),
    ReportColumn("kind", CODE, "command"),  # not shortened: several commands begin alike
    ReportColumn("target", CODE),
    ReportColumn("outcome", spare=1),
    ReportColumn("cause", spare=3),
    ReportColumn("took", SPAN, spare=5),
    ReportColumn("talked_on", SPAN, "talked", spare=2),
    ReportColumn("hung_up", head="ended by", spare=4),
    ReportColumn("call", ID),
    ReportColumn("customer", head=""),
    ReportColumn("by", head=""),
    ReportColumn("source", head=""),
    ReportColumn("ended", TIME, ""),
    ReportColumn("left", TIME, ""),
    ReportColumn("agc_id", head=""),
    ReportColumn("id", head=""),
)


@report
def show(of: Period, out: ReportWriter, agent: User = "", kind: Kind = "", outcome: OnlyOutcome = "") -> None:
    from warmline.core.model.receipt import Outcome
    from warmline.store.reports.transfers import KINDS, PENDING, transfers

    one_of("--kind", kind, KINDS)
    one_of("--outcome", outcome, (*Outcome, PENDING))
    check(agent=agent)
    found = transfers(settings.load().db, of.now, of.start, agent, kind, outcome, of.end)
    if not out.print("transfers", COLUMNS, map(_row, found), stretch(of)):
        none_found(out, "transfer", of)


def _row(one: "Transfer") -> dict[str, Any]:
    took = None if one.ended is None else one.ended - one.requested
    return {name: getattr(one, name) for name in one.__slots__} | {"took": took}
