"""`warmline audit calls`: list the calls that match the filters."""

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from cli.arguments.call_filter_options import (
    Agent,
    Campaign,
    Code,
    Ingroup,
    Length,
    Marked,
    Notes,
    Number,
    OfLead,
    OfOutcome,
    Recorded,
    Server,
    Transferred,
)
from cli.arguments.time_options import Period
from cli.audit import past_call_records
from cli.audit.report_options import none_found, report, stretch
from cli.audit.report_writer import CODE, COUNT, ID, IF_ANY, NAME, SERVER, SPAN, TIME, YES, ReportColumn, ReportWriter
from cli.output.charts import HourCounts
from warmline.centre import app_client

COLUMNS = (
    ReportColumn("arrived", TIME, "when"),
    ReportColumn("direction", CODE, " ", spare=2),
    ReportColumn("number", CODE),
    ReportColumn("dialled", head=""),
    ReportColumn("ingroup", head="in-group", spare=5),
    ReportColumn("agent", CODE),
    ReportColumn("full_name", NAME, "name", spare=6),
    ReportColumn("waited", SPAN, spare=4),
    ReportColumn("length", SPAN, "talked"),
    ReportColumn("outcome", spare=1),
    ReportColumn("ended_by", head=""),
    ReportColumn("code", CODE, "code"),
    ReportColumn("transfers", spare=6),
    ReportColumn("recorded", YES, "file", spare=3),
    ReportColumn("call", ID),
    ReportColumn("agc_id", head=""),
    ReportColumn("lead", COUNT, ""),
    ReportColumn("fallback", head=""),
    ReportColumn("group_name", head=""),
    ReportColumn("server", SERVER),
    ReportColumn("marks", IF_ANY, spare=2),
)

Newest = Annotated[
    int | None, typer.Option("--limit", metavar="N", min=1, help="Only the newest N calls, the newest first.")
]


@report
def show(
    of: Period,
    out: ReportWriter,
    campaign: Campaign = "",
    ingroup: Ingroup = "",
    agent: Agent = "",
    number: Number = "",
    disposition: Code = "",
    transfer: Transferred = "",
    outcome: OfOutcome = "",
    recorded: Recorded = None,
    length: Length = "",
    lead: OfLead = None,
    notes: Notes = "",
    server: Server = "",
    mark: Marked = "",
    limit: Newest = None,
) -> None:
    asked: dict[str, Any] = {
        "campaign": campaign,
        "ingroup": ingroup,
        "agent": agent,
        "number": number,
        "disposition": disposition,
        "transfer": transfer,
        "outcome": outcome,
        "recorded": recorded,
        "length": length,
        "lead": lead,
        "notes": notes,
        "server": server,
        "mark": mark,
    }
    counted = _Sums()
    source = past_call_records.at(app_client.records())
    found = counted.watch(source.listed(of, asked, limit or 0, newest=bool(limit)))
    if not out.print("calls", COLUMNS, found, stretch(of), counted.document):
        none_found(out, "call", of)
    elif out.for_people:
        counted.told()


class _Sums:
    """Sums that are counted while the rows are printed."""

    def __init__(self) -> None:
        self.hours = HourCounts()
        self.outcomes = Counter[str]()
        self.fallbacks = Counter[str]()
        self.logins = Counter[str]()

    def watch(self, rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for row in rows:
            self.hours.add(row["arrived"])
            self.outcomes[row["outcome"]] += 1
            if row["outcome"] == "fallback":
                self.fallbacks[row["fallback"]] += 1
            if row["outcome"] == "login_refused":
                self.logins[row["fallback"]] += 1
            yield row

    def document(self) -> dict[str, object]:
        outcomes, taken = dict(sorted(self.outcomes.items())), dict(self.fallbacks.most_common())
        return {"summary": {"calls": self.outcomes.total(), "outcomes": outcomes, "fallback": taken}}

    def told(self) -> None:
        from warmline.store.reports.fallbacks import in_words

        parts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(self.outcomes.items()))
        number = self.outcomes.total()
        print(f"\n{number} call{'s' if number > 1 else ''}: {parts}")
        if taken := in_words(dict(self.fallbacks.most_common())):
            print(taken)
        for reason, count in self.logins.most_common():
            print(f"{reason}, {count} times" if count > 1 else reason)
        if line := self.hours.line():
            print(line)
