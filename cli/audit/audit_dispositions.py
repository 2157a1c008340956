"""`warmline audit dispositions`: how many calls came to which end."""

from cli.arguments.period import Period
from cli.audit.call_filter_options import Agent, Campaign, Ingroup, OfOutcome, asked_calls
from cli.audit.report_options import none_found, report, stretch
from cli.audit.report_writer import COUNT, SHARE, SPAN, TEXT, Column, Form, Sheet
from warmline.system import settings

COLUMNS = (
    Column("status", Form(lambda code: code or "none", TEXT.told), "disposition"),
    Column("status_name", head="name"),
    Column("category", spare=2),
    Column("human_answered", spare=1),
    Column("sale"),
    Column("calls", COUNT),
    Column("share", SHARE),
    Column("length", SPAN, "talked (average)"),
    Column("dnc", head=""),
    Column("scheduled_callback", head=""),
    Column("not_interested", head=""),
    Column("customer_contact", head=""),
    Column("unworkable", head=""),
    Column("completed", head=""),
)


@report
def show(
    of: Period, out: Sheet, campaign: Campaign = "", ingroup: Ingroup = "", agent: Agent = "", outcome: OfOutcome = ""
) -> None:
    """Each disposition with the number of calls that have it, the most frequent first."""
    from warmline.store.reports.calls import dispositions

    asked = asked_calls(of, campaign, ingroup, agent, outcome=outcome)
    if not out.print("dispositions", COLUMNS, dispositions(settings.load().db, asked, of.now), stretch(of)):
        none_found(out, "call", of)
