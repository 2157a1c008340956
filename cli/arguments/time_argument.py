"""A moment that somebody writes down: on the clock of a time zone, or with its own distance from UTC."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from warmline.text.spoken_time import YEARS

MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class TimeArgument(NamedTuple):
    """`at` in microseconds UTC; `note` says what was odd about the text, for people."""

    at: int
    note: str = ""


def moment(text: str, zone: str) -> TimeArgument:
    """What a text means on the clock of a time zone. Raises ValueError, saying what it may be.

    A time that the clock shows twice (the hour is set back) is the first of the two; one that it leaps over is as long
    after the leap as the text is after the last moment before it.
    """
    try:
        written = datetime.fromisoformat(text)
        if written.year not in YEARS:
            raise ValueError
        return _meant(written, ZoneInfo(zone)) if written.tzinfo is None else TimeArgument(_microseconds(written))
    except (ValueError, OverflowError):
        raise ValueError(
            f"{text!r} is no time; write 2026-12-24 18:05, or 2026-12-24T18:05+01:00 to say how far from UTC"
        ) from None


def _meant(written: datetime, zone: ZoneInfo) -> TimeArgument:
    first, second = (written.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    at = _microseconds(first)
    if first.utcoffset() == second.utcoffset():
        return TimeArgument(at)
    if _microseconds(second) > at:
        other = second.isoformat(timespec="minutes")
        return TimeArgument(at, f"{written} is twice on the clock of {zone}; this is the first, the other is {other}")
    shown = (EPOCH + at * MICROSECOND).astimezone(zone).replace(tzinfo=None)
    return TimeArgument(at, f"{written} is not on the clock of {zone}: it is set forward then, to {shown}")


def shown(at: int, zone: str) -> str:
    """The moment on the clock of a time zone, to the minute, with its distance from UTC."""
    return f"{(EPOCH + at * MICROSECOND).astimezone(ZoneInfo(zone)):%a %Y-%m-%d %H:%M %z} {zone}"


def _microseconds(one: datetime) -> int:
    return (one - EPOCH) // MICROSECOND
