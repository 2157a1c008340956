"""`warmline audit attempts`: how many calls to leads reach a person, by campaign, list or hour, and by origin."""

from typing import Annotated

import msgspec
import typer

from cli.arguments import completion
from cli.arguments.call_filter_options import one_of
from cli.arguments.completion import names
from cli.arguments.time_options import Period
from cli.audit.report_options import none_found, report, stretch
from cli.audit.report_writer import CODE, COUNT, SHARE, ReportColumn, ReportWriter
from cli.client import outbound_records
from warmline.centre import app_client
from warmline.store.outbound import attempts_answer

COLUMNS = (
    ReportColumn("name", CODE),
    ReportColumn("origin", CODE),
    ReportColumn("dialled", COUNT),
    ReportColumn("answered", COUNT),
    ReportColumn("machines", COUNT, spare=4),
    ReportColumn("persons", COUNT),
    ReportColumn("rate", SHARE, "contact rate"),
    ReportColumn("dropped", COUNT, spare=1),
    ReportColumn("busy", COUNT, spare=3),
    ReportColumn("refused", COUNT, spare=2),
)
Of = Annotated[
    str, typer.Option("--campaign", metavar="NAME", help="Only this campaign.", autocompletion=names("campaign"))
]
By = Annotated[
    str,
    typer.Option(
        metavar="WHAT",
        help="Count by campaign, by list, or by hour in the lead's first time zone. The default is campaign.",
        autocompletion=completion.contact_rates,
    ),
]


@report
def show(of: Period, out: ReportWriter, campaign: Of = "", by: By = "campaign") -> None:
    one_of("--by", by, attempts_answer.WORDS)
    by = by or attempts_answer.USUAL
    found = outbound_records.at(app_client.records()).attempts(by, of.start, of.end, campaign)
    rows = (
        msgspec.structs.asdict(one) | {"rate": one.persons / one.dialled if one.dialled else None}
        for one in found.attempts
    )
    if not out.print("attempts", COLUMNS, rows, stretch(of) | {"by": by}):
        none_found(out, "call to a lead", of)
