"""`warmline audit dispositions`: how many calls ended with each disposition."""

from cli.arguments.time_options import Period
from cli.audit.call_filter_options import Agent, Campaign, Ingroup, OfOutcome, asked_calls
from cli.audit.report_options import none_found, report, stretch
from cli.audit.report_writer import COUNT, SHARE, SPAN, TEXT, ReportColumn, ReportWriter, ValueFormat
from warmline.system import settings

COLUMNS = (
    ReportColumn("status", ValueFormat(lambda code: code or "none", TEXT.told), "disposition"),
    ReportColumn("status_name", head="name"),
    ReportColumn("category", spare=2),
    ReportColumn("human_answered", spare=1),
    ReportColumn("sale"),
    ReportColumn("calls", COUNT),
    ReportColumn("share", SHARE),
    ReportColumn("length", SPAN, "talked (average)"),
    ReportColumn("dnc", head=""),
    ReportColumn("scheduled_callback", head=""),
    ReportColumn("not_interested", head=""),
    ReportColumn("customer_contact", head=""),
    ReportColumn("unworkable", head=""),
    ReportColumn("completed", head=""),
)


@report
def show(
    of: Period,
    out: ReportWriter,
    campaign: Campaign = "",
    ingroup: Ingroup = "",
    agent: Agent = "",
    outcome: OfOutcome = "",
) -> None:
    from warmline.store.reports.calls import dispositions

    asked = asked_calls(of, campaign, ingroup, agent, outcome=outcome)
    if not out.print("dispositions", COLUMNS, dispositions(settings.load().db, asked, of.now), stretch(of)):
        none_found(out, "call", of)
