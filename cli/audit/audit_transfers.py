"""`warmline audit transfers`: the transfers of calls, with their agents, targets and outcomes."""

from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.arguments.completion import names, transfer_keys, transfer_outcomes
from cli.arguments.completion import transfers as transfer_kinds
from cli.arguments.time_options import Period
from cli.audit.call_filter_options import check, one_of
from cli.audit.report_options import none_found, report, stretch
from cli.audit.report_writer import (
    CODE,
    COUNT,
    ID,
    NAME,
    SEVERAL,
    SPAN,
    TEXT,
    TIME,
    ReportColumn,
    ReportWriter,
    ValueFormat,
)
from cli.output.time_format import iso
from warmline.system import settings

if TYPE_CHECKING:
    from warmline.store.reports.transfers import Transfer, TransferTallies, TransferTally

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
By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="WHAT",
        help="Count transfers by kind, outcome, agent, target or hour, instead of listing them.",
        autocompletion=transfer_keys,
    ),
]

COLUMNS = (
    ReportColumn("requested", TIME, "when"),
    ReportColumn("agent", CODE),
    ReportColumn("full_name", NAME, "name", spare=6),
    ReportColumn("kind", TEXT, "command"),  # not shortened: several commands begin alike
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
def show(
    of: Period, out: ReportWriter, agent: User = "", kind: Kind = "", outcome: OnlyOutcome = "", by: By = ""
) -> None:
    from warmline.core.model.receipt import Outcome
    from warmline.store.reports.transfers import KEYS, KINDS, PENDING, TransferTallies, transfers

    one_of("--kind", kind, KINDS)
    one_of("--outcome", outcome, (*Outcome, PENDING))
    one_of("--by", by, KEYS)
    check(agent=agent)
    found = transfers(settings.load().db, of.now, of.start, agent, kind, outcome, of.end)
    tallies = TransferTallies(*([by] if by else KEYS if out.style == "json" else ()))
    watched = tallies.watch(found)
    if by:
        deque(watched, maxlen=0)
        count = out.print("counts", _counts(by), map(_counted, tallies.by(by)), stretch(of))
    else:
        count = out.print("transfers", COLUMNS, map(_row, watched), stretch(of), lambda: _summary(tallies, KEYS))
    if not count:
        none_found(out, "transfer", of)


def _row(one: "Transfer") -> dict[str, Any]:
    took = None if one.ended is None else one.ended - one.requested
    return {name: getattr(one, name) for name in one.__slots__} | {"took": took}


def _counts(by: str) -> tuple[ReportColumn, ...]:
    form = TIME if by == "hour" else TEXT
    named = ValueFormat(lambda key: form.shown(key) or "none", form.told)
    return (
        ReportColumn(by, named),
        ReportColumn("all", COUNT),
        ReportColumn("outcomes", SEVERAL),
        ReportColumn("talked_on", SPAN, "talked on (median)"),
    )


def _counted(one: "TransferTally") -> dict[str, Any]:
    return dict.fromkeys(("kind", "outcome", "agent", "target", "hour"), one.key) | {
        "all": one.total,
        "outcomes": one.outcomes,
        "talked_on": one.talked_on,
    }


def _summary(tallies: "TransferTallies", ways: Iterable[str]) -> dict[str, object]:
    """Return all counts by each key: for each value (an hour as ISO 8601) the total and the outcomes."""
    return {"summary": {way: {_name(one): _told(one) for one in tallies.by(way)} for way in ways}}


def _name(one: "TransferTally") -> str:
    return str(iso(one.key) if isinstance(one.key, int) else one.key)


def _told(one: "TransferTally") -> dict[str, object]:
    talked_on = None if one.talked_on is None else one.talked_on / 1000
    return {"all": one.total, "outcomes": one.outcomes, "talked_on_ms": talked_on}
