"""`warmline audit config`: changes of the configuration, with their authors."""

import json
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from cli.arguments import completion
from cli.arguments.time_options import Period
from cli.audit.report_options import none_found, report, stretch
from cli.audit.report_writer import COUNT, TIME, ReportColumn, ReportWriter, ValueFormat
from cli.output.table import Narrow
from cli.output.time_format import date_and_time
from warmline.system import settings

AT = "at"  # of a removed number: when it came onto the list, in microseconds


def _changes(changes: Mapping[str, list[Any]]) -> str:
    return "  ".join(
        f"{name}: {_change(_plain(name, before), _plain(name, after))}" for name, (before, after) in changes.items()
    )


def _change(before: str, after: str) -> str:
    """Return "before → after"; for a secret or a new value only the new value."""
    return after if before in ("", after) else f"{before} → {after}"


def _plain(name: str, value: object) -> str:
    if name == AT and isinstance(value, int):
        return date_and_time(value)
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)


COLUMNS = (
    ReportColumn("seq", COUNT, "revision"),
    ReportColumn("at", TIME, "when"),
    ReportColumn("who"),
    ReportColumn("action", spare=1),
    ReportColumn("entity", head="what"),
    ReportColumn("name", ValueFormat(str, lambda value: value, narrow=Narrow.TEXT, least=10)),
    ReportColumn("changes", ValueFormat(_changes, lambda changes: changes, narrow=Narrow.TEXT, least=16)),
)
Who = Annotated[str, typer.Option("--who", metavar="LOGIN", help="Only changes by this person.")]
What = Annotated[
    str,
    typer.Option(
        "--entity",
        metavar="KIND",
        help="Only changes of this kind, such as campaign or dnc.",
        autocompletion=completion.kinds,
    ),
]
Name = Annotated[str, typer.Option("--name", metavar="NAME", help="Only changes of the entry with this name.")]


@report
def show(of: Period, out: ReportWriter, who: Who = "", entity: What = "", name: Name = "") -> None:
    from warmline.store.configuration.config_changes import changes

    if not out.print("changes", COLUMNS, changes(settings.load().db, of.start, of.end, who, entity, name), stretch(of)):
        none_found(out, "change", of)
