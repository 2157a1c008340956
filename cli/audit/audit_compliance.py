"""`warmline audit compliance`: check every automatic call against the claims of the law."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from cli.arguments import completion
from cli.arguments.call_filter_options import check
from cli.arguments.completion import names
from cli.arguments.time_options import Period
from cli.audit.report_options import report, stretch
from cli.audit.report_writer import CODE, COUNT, ID, TIME, ReportColumn, ReportWriter
from cli.output.exit_codes import ExitCode
from cli.output.time_format import iso
from warmline.system import settings

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
    from warmline.store.compliance.compliance_report import compliance

    check(campaign=campaign)
    found = compliance(settings.load().db, of.start, of.end, of.now, campaign)
    broken = sum(one.broken > 0 for one in found)
    told = ({column.name: getattr(one, column.name) for column in COLUMNS} for one in found)
    out.print("claims", COLUMNS, told, stretch(of) | {"campaign": campaign}, lambda: {"broken": broken})
    if out.for_people:
        print(f"\n{broken} of {len(found)} claims are broken." if broken else "\nNo claim is broken.")
    return broken


def _of_call(out: ReportWriter, wanted: str, now: int) -> int:
    """Print each claim about one call with its evidence, and return how many claims are broken."""
    from warmline.store.compliance.compliance_claims import ClaimResult
    from warmline.store.compliance.compliance_report import evidence

    call, found = evidence(settings.load().db, wanted, now)
    broken = sum(one.result is ClaimResult.BROKEN for one in found.values())

    def told() -> Iterator[dict[str, Any]]:
        for claim, one in found.items():
            yield {"claim": claim, "result": str(one.result), "why": one.why}

    head = {"call": call["call"], "campaign": call["campaign"], "begun": iso(call["arrived"])}
    out.print("claims", OF_CALL, told(), head, lambda: {"broken": broken})
    return broken
