"""`warmline audit agents`: how the time of each agent is divided; `audit agent USER` shows one day to the second."""

from typing import Annotated

import typer

from cli.arguments.completion import names
from cli.arguments.time_options import Period
from cli.audit.call_filter_options import check
from cli.audit.report_options import none_found, report, stretch
from cli.audit.report_writer import CODE, COUNT, NAME, SHARE, SPAN, ReportColumn, ReportWriter
from warmline.system import settings

WAYS = (("talk", 0), ("hold", 2), ("dead", 3), ("dispo", 1), ("wait", 0), ("pause", 0))  # and which may be left out
COLUMNS = (
    ReportColumn("agent", CODE),
    ReportColumn("full_name", NAME, "name", spare=2),
    ReportColumn("logged_in", SPAN),
    ReportColumn("calls", COUNT),
    *(ReportColumn(name, SPAN, spare=spare) for name, spare in WAYS),
    ReportColumn("per_call", SPAN, "a call", spare=4),
    ReportColumn("occupancy", SHARE, "busy"),
)
User = Annotated[str, typer.Option("--agent", metavar="USER", help="Only this agent.", autocompletion=names("agent"))]
Campaign = Annotated[
    str,
    typer.Option(
        "--campaign",
        metavar="NAME",
        help="Only the time of sessions in this campaign.",
        autocompletion=names("campaign"),
    ),
]


@report
def show(of: Period, out: ReportWriter, agent: User = "", campaign: Campaign = "") -> None:
    from warmline.store.reports.agents_time import agents_time

    check(agent=agent, campaign=campaign)
    found = agents_time(settings.load().db, of.start, min(of.end, of.now), agent, campaign)
    if not out.print("agents", COLUMNS, found, stretch(of)):
        none_found(out, "agent was logged in", of)
