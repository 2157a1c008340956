"""`warmline audit transfers`: which calls were moved on, by whom, to where, and what came of it."""

import time
from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated

import typer

from warmline import settings
from warmline.cli.cells import moment, short
from warmline.cli.output import Json, print_json, print_table
from warmline.cli.times import clock, day, iso, past, span
from warmline.core.receipt import Outcome
from warmline.store.transfers import KEYS, KINDS, PENDING, Tally, Transfer, tally, transfers

FREE = ("outcome", "after a leave")
OUTCOMES = (*Outcome, PENDING)

Since = Annotated[str, typer.Option(metavar="WHEN", help="30m, 24h, 7d, or a date or time such as 2026-11-20T09:00.")]
User = Annotated[str, typer.Option("--agent", metavar="USER", help="Only this agent's.")]
Kind = Annotated[str, typer.Option(metavar="COMMAND", help=f"Only one of {', '.join(KINDS)}.")]
OnlyOutcome = Annotated[str, typer.Option("--outcome", metavar="OUTCOME", help=f"Only one of {', '.join(OUTCOMES)}.")]
By = Annotated[str, typer.Option(metavar="WHAT", help=f"Count them by {', '.join(KEYS)}, instead of listing them.")]


def show(
    since: Since = "24h",
    agent: User = "",
    kind: Kind = "",
    outcome: OnlyOutcome = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Every transfer: by whom, to where, what came of it; after a leave, how long the others talked on, who hung up."""
    now = time.time_ns() // 1000
    _one_of("--kind", kind, KINDS)
    _one_of("--outcome", outcome, OUTCOMES)
    _one_of("--by", by, KEYS)
    try:
        start = past(since, now)
    except ValueError as error:
        raise typer.BadParameter(f"--since: {error}") from None
    found = transfers(settings.load().db, now, start, agent, kind, outcome)
    if as_json:
        print_json({"since": iso(start), "transfers": [_document(one) for one in found], "summary": _summary(found)})
    elif not found:
        print(f"No transfer since {day(start)} {clock(start)}; --since 7d looks further back.")
    elif by:
        print_table((by, "all", "outcomes", "talked on (median)"), [_tally_row(by, one) for one in tally(found, by)])
    else:
        heads = ("when", "agent", "command", "target", "outcome", "took", "after a leave", "call")
        print_table(heads, map(_row, found), free=FREE, spare=("took", "call"))


def _one_of(option: str, value: str, known: Iterable[str]) -> None:
    if value and value not in known:
        raise typer.BadParameter(f"{option} cannot be {value!r}; there are: {', '.join(known)}")


def _row(one: Transfer) -> tuple[str, ...]:
    outcome = f"{one.outcome}: {one.cause}" if one.cause else one.outcome
    took = span(one.ended - one.requested) if one.ended else ""
    return moment(one.requested), one.agent, one.kind, one.target, outcome, took, _afterwards(one), short(one.call)


def _afterwards(one: Transfer) -> str:
    if one.talked_on is None:
        return ""
    return f"talked on {span(one.talked_on)}, {f'ended by {one.hung_up}' if one.hung_up else 'and still do'}"


def _tally_row(by: str, one: Tally) -> tuple[str, str, str, str]:
    key = f"{day(one.key)} {clock(one.key)[:5]}" if isinstance(one.key, int) else one.key or "none"
    outcomes = "  ".join(f"{outcome} {count}" for outcome, count in sorted(one.outcomes.items()))
    return key, str(one.total), outcomes, "" if one.talked_on is None else span(one.talked_on)


def _document(one: Transfer) -> dict[str, object]:
    times = {name: iso(getattr(one, name)) for name in ("requested", "ended", "left")}
    took = None if one.ended is None else (one.ended - one.requested) / 1000
    talked_on = None if one.talked_on is None else one.talked_on / 1000
    return (
        {name: value for name, value in asdict(one).items() if name != "talked_on"}
        | times
        | {
            "took_ms": took,
            "talked_on_ms": talked_on,
        }
    )


def _summary(found: list[Transfer]) -> dict[str, dict[str, object]]:
    """Every count there is: by each key, and of each its value (an hour as ISO 8601), how many, and the outcomes."""
    return {by: {_name(one): _counted(one) for one in tally(found, by)} for by in KEYS}


def _name(one: Tally) -> str:
    return str(iso(one.key) if isinstance(one.key, int) else one.key)


def _counted(one: Tally) -> dict[str, object]:
    talked_on = None if one.talked_on is None else one.talked_on / 1000
    return {"all": one.total, "outcomes": one.outcomes, "talked_on_ms": talked_on}
