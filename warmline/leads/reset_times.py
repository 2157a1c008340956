"""Decide when a list is due for a reset at its times of the day, from facts alone.

The times follow the clock of a time zone. A time that the clock shows twice counts once, at its first moment. A time
that the clock leaps over counts at the first later moment. All moments are in microseconds UTC.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from warmline.core.rules.call_times import to_instant

MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MAKE_UP = 3600 * 1_000_000  # microseconds after its moment in which a reset is still made
WRONG = MAKE_UP  # microseconds ahead: a moment beyond that was noted by a wrong clock


class DueReset(NamedTuple):
    """The latest moment at which a list had to be reset; `missed` if that is too long ago."""

    moment: int
    missed: bool


def due(times: Iterable[str], zone: ZoneInfo, now: int, *noted: int) -> DueReset | None:
    """Return the reset that is due now at times such as 09:00, or None.

    `noted` are the moment that was handled last, and the one since which the times apply: only later ones are due. Of
    several moments, the latest is due alone.
    """
    after = max((moment for moment in noted if moment <= now + WRONG), default=0)
    moment = max((moment for moment in _moments(times, zone, now) if after < moment <= now), default=None)
    return None if moment is None else DueReset(moment, now - moment > MAKE_UP)


def upcoming(times: Iterable[str], zone: ZoneInfo, now: int) -> int | None:
    """Return the next moment at which a list is reset, or None without times."""
    return min((moment for moment in _moments(times, zone, now) if moment > now), default=None)


def _moments(times: Iterable[str], zone: ZoneInfo, now: int) -> Iterator[int]:
    """Yield the moments of yesterday, today and two days more: a zone may leave out a whole day."""
    today = (EPOCH + now * MICROSECOND).astimezone(zone).date()
    for time in times:
        hours, minutes = time.split(":")
        for ahead in range(-1, 3):
            day = today + timedelta(days=ahead)
            yield (to_instant(day, int(hours) * 100 + int(minutes), zone) - EPOCH) // MICROSECOND
