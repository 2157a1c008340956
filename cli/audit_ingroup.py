"""`warmline audit ingroup`: how in-groups served their callers."""

import time
from dataclasses import asdict
from typing import Annotated

import typer

from warmline import settings
from warmline.cli.output import Json, print_json, print_table
from warmline.cli.times import clock, day, iso, past, span
from warmline.store.waits import Service, services

Name = Annotated[str, typer.Argument(metavar="[NAME]", show_default=False, help="Only this in-group.")]
Since = Annotated[str, typer.Option(metavar="WHEN", help="30m, 24h, 7d, or a date or time such as 2026-11-20T09:00.")]

HEADS = ("in-group", "offered", "answered", "in time", "lost", "average", "longest", "else")  # fits 80 columns


def show(name: Name = "", since: Since = "24h", as_json: Json = False) -> None:
    """How in-groups served: calls that came into line, had an agent in time, hung up or went elsewhere."""
    now = time.time_ns() // 1000
    try:
        start = past(since, now)
    except ValueError as error:
        raise typer.BadParameter(f"--since: {error}") from None
    found = services(settings.load().db, now, start, name)
    if as_json:
        print_json({"since": iso(start), "ingroups": [_document(one) for one in found]})
    else:
        print(f"Calls that came since {day(start)} {clock(start)}:")
        print_table(HEADS, [_row(one) for one in found])


def _row(one: Service) -> tuple[str, ...]:
    times = (span(one.average), span(one.longest)) if one.offered else ("", "")
    counts = {"waiting": one.waiting, **one.statuses, "callbacks": one.callbacks}
    others = (f"{what}={count}" for what, count in counts.items() if count and what != "DROP")
    return one.ingroup, str(one.offered), str(one.answered), _level(one), str(one.abandoned), *times, " ".join(others)


def _level(one: Service) -> str:
    if one.level is None or one.within is None:
        return ""
    return f"{one.level:.1%}/{one.within // 1_000_000}s"


def _document(one: Service) -> dict[str, object]:
    """The times in milliseconds."""
    times = {"within": one.within, "waited": one.waited, "average": one.average, "longest": one.longest}
    return {name: value for name, value in asdict(one).items() if name not in times} | {
        f"{name}_ms": None if value is None else value / 1000 for name, value in times.items()
    }
