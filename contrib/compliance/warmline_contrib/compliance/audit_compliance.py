"""`warmline audit compliance`: check every automatic call against the claims of the law."""

from typing import Annotated

import msgspec
import typer

from cli.arguments import completion
from cli.arguments.completion import names
from cli.arguments.time_options import Period
from cli.audit.report_options import report, stretch
from cli.audit.report_writer import CODE, COUNT, ID, TIME, ReportColumn, ReportWriter
from cli.output.exit_codes import ExitCode
from cli.output.time_format import of_iso
from warmline.centre import app_client
from warmline_contrib.compliance import compliance_places

COLUMNS = (
    ReportColumn("claim", CODE),
    ReportColumn("checked", COUNT),
    ReportColumn("broken", COUNT),
    ReportColumn("undecided", COUNT, spare=1),
    ReportColumn("first", ID),
    ReportColumn("first_at", TIME, "at", spare=2),
    ReportColumn("why"),
)
OF_CALL = (ReportColumn("claim", CODE), ReportColumn("result", CODE), ReportColumn("why"))

Of = Annotated[
    str, typer.Option("--campaign", metavar="NAME", help="Only this campaign.", autocompletion=names("campaign"))
]
OneCall = Annotated[
    str,
    typer.Option(
        "--call",
        metavar="CALL",
        help="Print the evidence of this call: its id, the beginning of its id, or `last`.",
        autocompletion=completion.calls,
    ),
]


@report
def show(of: Period, out: ReportWriter, campaign: Of = "", call: OneCall = "") -> None:
    broken = _of_call(out, call, of.now) if call else _of_period(out, of, campaign)
    if broken:
        raise typer.Exit(ExitCode.FAILED)


def _of_period(out: ReportWriter, of: Period, campaign: str) -> int:
    """Print each claim with its counts, and return how many claims are broken."""
    found = compliance_places.records(app_client.records()).compliance(of.start, of.end, of.now, campaign)
    rows = (
        msgspec.structs.asdict(one) | {"first_at": of_iso(one.first_at) if one.first_at else None}
        for one in found.claims
    )
    out.print("claims", COLUMNS, rows, stretch(of) | {"campaign": campaign}, lambda: {"broken": found.broken})
    if out.for_people:
        said = f"{found.broken} of {len(found.claims)} claims are broken." if found.broken else "No claim is broken."
        print(f"\n{said}")
    return found.broken


def _of_call(out: ReportWriter, wanted: str, now: int) -> int:
    """Print each claim about one call with its evidence, and return how many claims are broken."""
    found = compliance_places.records(app_client.records()).evidence(wanted, now)
    head = {"call": found.call, "campaign": found.campaign, "begun": found.begun}
    out.print("claims", OF_CALL, map(msgspec.structs.asdict, found.claims), head, lambda: {"broken": found.broken})
    return found.broken
