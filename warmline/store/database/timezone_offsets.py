"""The offsets of the setting's time zone, from which the views for analysts make local times."""

import sqlite3
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from warmline.store.database.reading import reading
from warmline.store.database.writing import writing

FIRST_YEAR = 2000  # earlier times have the offset of its beginning
YEARS_AHEAD = 10
DAY = timedelta(days=1)

Offsets = tuple[tuple[int, int, str], ...]  # as in the table timezone_offset

STORED = "SELECT begins, seconds, iso FROM timezone_offset ORDER BY begins"


@cache
def offsets(name: str, year: int) -> Offsets:
    """Return the offsets of a zone up to YEARS_AHEAD years after `year`, in order."""
    zone = ZoneInfo(name)
    start, end = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(year + YEARS_AHEAD, 1, 1, tzinfo=UTC)
    return _row(0, start, zone), *(_row(_microseconds(at), at, zone) for at in _changes(start, end, zone))


def fill(db: sqlite3.Connection, name: str, year: int) -> None:
    """Replace the stored offsets with those of this zone, in a transaction that the caller opens."""
    db.execute("DELETE FROM timezone_offset")
    db.executemany("INSERT INTO timezone_offset (begins, seconds, iso) VALUES (?, ?, ?)", offsets(name, year))


def refresh(path: str | Path, year: int) -> bool:
    """Fill the table if the rules of the setting's zone or the year have changed; return whether they had.

    Raises StoreError.
    """
    with reading(path) as db:
        name = stored_zone(db)
        if tuple(map(tuple, db.execute(STORED))) == offsets(name, year):
            return False
    with writing(path) as db:
        fill(db, stored_zone(db), year)
    return True


def stored_zone(db: sqlite3.Connection) -> str:
    """Return the setting `timezone`."""
    return str(db.execute("SELECT timezone FROM setting").fetchone()[0])


def _changes(start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the moments in UTC, to the second, from which on another offset applies."""
    day, before = start, _offset(start, zone)
    while day < end:
        if before != (after := _offset(day + DAY, zone)):
            yield day + timedelta(seconds=_first_second(day, before, zone))
        day, before = day + DAY, after


def _first_second(day: datetime, before: timedelta, zone: ZoneInfo) -> int:
    """Return the first second of a day in which another offset applies than `before`."""
    return bisect_left(range(86_400), True, key=lambda second: _offset(day + timedelta(seconds=second), zone) != before)


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _row(begins: int, at: datetime, zone: ZoneInfo) -> tuple[int, int, str]:
    here = at.astimezone(zone)
    return begins, int(_offset(at, zone).total_seconds()), here.isoformat()[19:]


def _microseconds(at: datetime) -> int:
    return int(at.timestamp()) * 1_000_000
