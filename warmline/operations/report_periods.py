"""The period of a report: the arguments that say it, and the times that they stand for."""

import time
from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple
from zoneinfo import ZoneInfo

from warmline.operations.operation import Field, at_argument
from warmline.options.values.entity import OptionError
from warmline.store.configuration.timezone import timezone
from warmline.text import written_time

USUAL = "24h"
PERIODS = ("since", "day", "between")

Since = Annotated[str, Field("begin at this time, such as 24h, today, monday or 2026-11-20T09:00")]
Day = Annotated[str, Field("only this day, week or month: today, monday, lastweek or 2026-11-20")]
Between = Annotated[str, Field("begin at A and end before B, such as 2026-11-01..2026-11-08")]
TimeZone = Annotated[str, Field("time zone of days and intervals; default: the setting")]


class Period(NamedTuple):
    """A period from `start` until before `end`, asked for at `now`: microseconds UTC. `zone` is that of its days."""

    start: int
    end: int
    now: int
    zone: ZoneInfo


def read_period(db: str, arguments: Mapping[str, Any], now: int | None = None) -> Period:
    """Return the period of some arguments, by default the last 24 hours. Raises OptionError, StoreError."""
    now = time.time_ns() // 1000 if now is None else now
    zone = _zone(arguments.get("timezone") or timezone(db))
    given = [name for name in PERIODS if arguments.get(name)]
    if len(given) > 1:
        raise invalid_parameter(given[1], f"{' and '.join(given)} exclude each other")
    name = given[0] if given else "since"
    text = arguments.get(name) or USUAL
    first, dots, last = text.partition("..") if name == "between" else (text, "", "")
    if name == "between" and not (first and dots and last):
        raise invalid_parameter(name, "allowed: two days such as 2026-11-01..2026-11-08")
    try:
        if name == "day":
            return Period(*written_time.days(text, zone, now), now, zone)
        start = written_time.past(first, zone, now)
        end = written_time.past(last, zone, now) if last else now + 1
    except ValueError as error:
        raise invalid_parameter(name, str(error)) from None
    if end < start:
        raise invalid_parameter(name, "ends before it begins")
    return Period(start, end, now, zone)


def invalid_parameter(name: str, allowed: str) -> OptionError:
    """Return the error for a wrong argument of a report; `allowed` says what is right."""
    return at_argument(name, OptionError("report_parameter_invalid", "invalid parameter of a report", allowed=allowed))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise invalid_parameter("timezone", "must be a name such as Europe/Berlin or UTC") from None
