"""The times of a command line: a report's period, a day, the time of a callback or of a simulated call.

`warmline.text.written_time` reads them, in the time zone that `time_zone` returns.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from typing import Annotated, NamedTuple

import typer

from cli.output import time_zone
from cli.output.invalid_argument import InvalidArgument
from cli.output.time_format import clock, day, to_the_minute, with_zone
from warmline.centre.place import login
from warmline.text import written_time
from warmline.text.written_time import WrittenTime

Since = Annotated[
    str,
    typer.Option(
        "--since",
        metavar="WHEN",
        help="Begin at this time, such as 24h (24 hours ago), today, monday, lastweek, 2026-11-20 or "
        "2026-11-20T09:00. The default is 24h.",
    ),
]
Day = Annotated[
    str,
    typer.Option(
        "--day",
        metavar="DAY",
        help="Only this day, week or month: today, yesterday, monday, lastweek, thismonth, lastmonth or 2026-11-20. "
        "Short forms are --today, --yesterday, --week and --month.",
    ),
]
Between = Annotated[
    str,
    typer.Option(
        "--between",
        metavar="A..B",
        help="Begin at A and end before B. A date means the start of that day, so 2026-11-01..2026-12-01 is all of "
        "November.",
    ),
]
Precise = Annotated[bool, typer.Option("--precise", help="Show lengths and times with milliseconds.")]
CallbackDay = Annotated[
    str,
    typer.Option(
        "--day",
        metavar="DAY",
        help="Only callbacks of this day, week or month: today, tomorrow, monday (the next one), thisweek, nextweek, "
        "yesterday or 2026-11-27. Short forms are --today and --week.",
    ),
]
USUAL = "24h"


class Period(NamedTuple):
    """A period from `start` until before `end`, in microseconds UTC; `now` is the time of the command."""

    start: int
    end: int
    now: int

    @property
    def text(self) -> str:
        """Return the period for people."""
        return self._text(lambda at: f"{day(at)} {clock(at)}")

    @property
    def bounds(self) -> str:
        """Return both ends of the period for people, also of one that has not ended."""
        return f"from {to_the_minute(self.start)} until {to_the_minute(self.end)}"

    @property
    def to_the_minute(self) -> str:
        """Return the same without seconds."""
        return self._text(to_the_minute)

    def _text(self, shown: Callable[[int], str]) -> str:
        said = f"since {shown(self.start)}"
        return f"{said} until {shown(self.end)}" if self.end < self.now else said


def period(since: str, of_day: str, between: str, now: int | None = None) -> Period:
    """Return the period that the three options describe; only one can be given. Raises typer.BadParameter."""
    now = time.time_ns() // 1000 if now is None else now
    given = [name for name, text in (("--since", since), ("--day", of_day), ("--between", between)) if text]
    if len(given) > 1:
        raise InvalidArgument(
            "period_options_several", "{options} exclude each other; give one of them", options=" and ".join(given)
        )
    if of_day:
        with _refused("--day"):
            return Period(*written_time.days(of_day, time_zone.here(), now), now)
    first, dots, last = between.partition("..") if between else (since or USUAL, "", "")
    name = given[0] if given else "--since"
    if between and not (first and dots and last):
        raise InvalidArgument(
            "between_invalid",
            "--between cannot be {value!r}; allowed: two days such as 2026-11-01..2026-11-08",
            value=between,
        )
    start, end = past(first, name, now), past(last, name, now) if last else now + 1
    if end < start:
        raise InvalidArgument(
            "period_ends_first", "{option}: {value!r} ends before it begins", option=name, value=between or since
        )
    return Period(start, end, now)


def past(text: str, option: str, now: int) -> int:
    """Return a past time in microseconds UTC, as `now` is. Raises typer.BadParameter, which names the option."""
    with _refused(option):
        return written_time.past(text, time_zone.here(), now)


def day_bounds(text: str, now: int) -> tuple[int, int]:
    """Return the start of a day and of the next, 23 to 25 hours later. Raises typer.BadParameter."""
    with _refused("--day"):
        return written_time.day(text, time_zone.here(), now)


def callback_period(text: str) -> Period:
    """Return the day, week or month of callbacks. Raises typer.BadParameter."""
    now = time.time_ns() // 1000
    with _refused("--day"):
        return Period(*written_time.days_ahead(text, time_zone.here(), now), now)


def callback_time(text: str, option: str) -> tuple[str, str]:
    """Return a future time as ISO 8601, and for people. Raises StoreError, and BadParameter, which names the option."""
    zone = time_zone.named(_zone_of_setting())
    with _refused(option):
        at = written_time.ahead(text, zone, time.time_ns() // 1000)
    return datetime.fromtimestamp(at / 1e6, UTC).isoformat(), with_zone(at, zone)


def _zone_of_setting() -> str:
    """Return the setting timezone of the app. Raises StoreError, LoginError."""
    if at_app := login():
        return at_app.timezone or "UTC"
    from warmline.store.configuration.configuration_snapshot import load_rules
    from warmline.store.database.reading import reading
    from warmline.system import settings

    with reading(settings.load().db) as connection:
        return load_rules(connection).timezone


def call_time(text: str, option: str, zone: tzinfo) -> WrittenTime:
    """Return the time of a simulated call in that zone; no text means now. Raises typer.BadParameter."""
    now = time.time_ns() // 1000
    if not text:
        return WrittenTime(now)
    try:
        return written_time.exact(text, zone)
    except ValueError:
        with _refused(option):
            return WrittenTime(written_time.ahead(text, zone, now))


@contextmanager
def _refused(option: str) -> Iterator[None]:
    """Turn the error of a time into an error of the option."""
    try:
        yield
    except ValueError as error:
        raise InvalidArgument("time_invalid", "{option}: {why}", option=option, why=error) from None
