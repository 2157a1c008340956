"""The stretch of time that a report is about: --since, --day or --between, on the clock of people (`zone`)."""

import time
from datetime import date, datetime, timedelta
from typing import Annotated, NamedTuple

import typer

from cli.output import time_zone
from cli.output.time_format import DAY_FORMS, clock, day, day_of, past

Since = Annotated[
    str,
    typer.Option(
        "--since",
        metavar="WHEN",
        help="30m, 24h, 7d, today, monday, lastweek, 2026-11-20 or 2026-11-20T09:00; usually 24h.",
    ),
]
Day = Annotated[str, typer.Option("--day", metavar="DAY", help="Only today, yesterday, monday, or 2026-11-20.")]
Between = Annotated[
    str,
    typer.Option("--between", metavar="A..B", help="From A until before B, each as in --since; a date is its start."),
]
USUAL = "24h"


class Period(NamedTuple):
    """From `start` until before `end`, microseconds UTC; `now` is when it was asked."""

    start: int
    end: int
    now: int

    @property
    def text(self) -> str:
        """For people."""
        said = f"since {day(self.start)} {clock(self.start)[:8]}"
        return f"{said} until {day(self.end)} {clock(self.end)[:8]}" if self.end < self.now else said


def period(since: str, of_day: str, between: str, now: int | None = None) -> Period:
    """What the three options mean, of which one may be given. Raises typer.BadParameter."""
    now = time.time_ns() // 1000 if now is None else now
    given = [name for name, text in (("--since", since), ("--day", of_day), ("--between", between)) if text]
    if len(given) > 1:
        raise typer.BadParameter(f"{' and '.join(given)}: give only one of them")
    if of_day:
        return Period(*day_bounds(of_day, now), now)
    first, dots, last = between.partition("..") if between else (since or USUAL, "", "")
    name = given[0] if given else "--since"
    if between and not (first and dots and last):
        raise typer.BadParameter(f"--between: {between!r} is no stretch; write 2026-11-01..2026-11-08")
    try:
        start, end = past(first, now), past(last, now) if last else now + 1
    except ValueError as error:
        raise typer.BadParameter(f"{name}: {error}") from None
    if end < start:
        raise typer.BadParameter(f"{name}: {between or since!r} ends before it begins")
    return Period(start, end, now)


def day_bounds(text: str, now: int) -> tuple[int, int]:
    """The first moment of a day, and of the next: 23 to 25 hours. Raises typer.BadParameter."""
    try:
        first = day_of(text, now)
        start, end = (_midnight(one) for one in (first, first + timedelta(days=1)))
    except (ValueError, OverflowError, OSError):
        raise typer.BadParameter(f"--day: {text!r} is no day; write {DAY_FORMS}") from None
    return start, end


def _midnight(of: date) -> int:
    return time_zone.since_1970(datetime(of.year, of.month, of.day))
