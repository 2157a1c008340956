"""`warmline audit leads`: changes of leads, with their authors."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

import typer

from cli.arguments import completion
from cli.arguments.time_options import Period
from cli.audit.report_options import none_found, report, stretch
from cli.audit.report_writer import COUNT, TIME, YES, ReportColumn, ReportWriter, ValueFormat
from cli.output.table import Narrow
from warmline.store.lead_changes import recorded_changes
from warmline.system import settings


class Action(StrEnum):
    """The kind of a change."""

    CREATE = recorded_changes.CREATE
    SET = recorded_changes.SET
    DELETE = recorded_changes.DELETE
    IMPORT = recorded_changes.IMPORT
    RESET = recorded_changes.RESET
    HOPPER = recorded_changes.HOPPER


def _what(what: Mapping[str, Any]) -> str:
    return "  ".join(f"{name}: {_value(value)}" for name, value in what.items())


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return f"{value['before']} → {value['after']}"
    return ",".join(value) if isinstance(value, list) else str(value)


COLUMNS = (
    ReportColumn("id", COUNT, "change"),
    ReportColumn("at", TIME, "when"),
    ReportColumn("who"),
    ReportColumn("action"),
    ReportColumn("list_id", head="list"),
    ReportColumn("lead_id", COUNT, "lead"),
    ReportColumn("leads", COUNT),
    ReportColumn("what", ValueFormat(_what, lambda what: what, narrow=Narrow.TEXT, least=16)),
    ReportColumn("last", TIME, spare=1),
    ReportColumn("open", YES, spare=2),
)
Who = Annotated[str, typer.Option("--who", metavar="LOGIN", help="Only changes by this person or program.")]
What = Annotated[Action | None, typer.Option("--action", help="Only changes that did this.")]
Of = Annotated[
    str,
    typer.Option(
        "--list", metavar="LIST", help="Only changes of leads in this list.", autocompletion=completion.names("list")
    ),
]
Lead = Annotated[int, typer.Option("--lead", metavar="LEAD", min=0, help="Only changes of this lead; 0 for all.")]


@report
def show(of: Period, out: ReportWriter, who: Who = "", action: What = None, list_id: Of = "", lead: Lead = 0) -> None:
    db, did = settings.load().db, action.value if action else ""
    found = recorded_changes.changes(db, of.start, of.end, who, did, list_id, lead)
    if not out.print("changes", COLUMNS, found, stretch(of)):
        none_found(out, "change", of)
