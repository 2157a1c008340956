"""What has been kept long enough: recordings' files, and what was in the journal's rows."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from warmline.store.database import long_writes
from warmline.store.database.long_writes import Statement, patient
from warmline.store.database.reading import Row, reading, rows
from warmline.store.journal.journal_rows import row_at
from warmline.store.reports.recording_files import RecordingFiles
from warmline.store.reports.recordings import KEPT

EXPIRED = "expired"  # the status of a recording whose time was over
DAY = 86_400_000_000  # microseconds

SETTING = "SELECT recordings_keep_days, journal_keep_days FROM setting"
OLD = f"SELECT * FROM recording WHERE status = '{KEPT}' AND asked < :before ORDER BY asked"  # noqa: S608 - our word
GONE = f"""
    UPDATE recording SET status = '{EXPIRED}', path = '', converted_path = '' WHERE id = ? AND status = '{KEPT}'
"""  # noqa: S608 - words of our own
ERASE = "UPDATE journal SET payload = NULL WHERE seq = ? AND payload IS NOT NULL"
# Up to here it was done before: the rows behind need not be looked at again.
DONE = "SELECT value FROM meta WHERE key = 'journal_erased_to'"
NOTE = "INSERT INTO meta VALUES ('journal_erased_to', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


@dataclass(slots=True)
class RetentionResult:
    """How many recordings and bytes were deleted, how many rows of the journal erased; `failed`: files that stay."""

    recordings: int = 0
    bytes: int = 0
    rows: int = 0
    failed: tuple[str, ...] = ()


def sweep(
    path: str | Path, folder: str | Path, now: int, *, dry_run: bool = False, stop: Event | None = None
) -> RetentionResult:
    """Delete and erase what the settings no longer keep; `dry_run` only counts it. `now` in microseconds UTC.

    Recordings' files go only from their `folder`; one that is elsewhere stays, and is told as failed.

    Once `stop` is set it comes to an end within a moment; the next one goes on there.

    The rows stay, with their hashes: the journal is as whole as before. Raises StoreError.
    """
    swept = RetentionResult()
    with reading(path) as db:
        [setting] = rows(db, SETTING)
        days = setting["recordings_keep_days"]
        old = rows(db, OLD, before=now - days * DAY) if days else []
        days = setting["journal_keep_days"]
        first, last = _rows(db, now - days * DAY) if days else (1, 1)
    if dry_run:
        return RetentionResult(len(old), sum(_size(one) for one in old), last - first)
    if old or last > first:
        with patient(path) as db:
            long_writes.run(db, _until(stop, _deleted(old, RecordingFiles(folder, path), swept)))
            swept.rows = long_writes.run(db, _until(stop, ((ERASE, (seq,)) for seq in range(first, last))))
            if not (stop and stop.is_set()):
                long_writes.run(db, [(NOTE, (str(last),))])
    return swept


def _until(stop: Event | None, statements: Iterator[Statement]) -> Iterator[Statement]:
    while not (stop and stop.is_set()):
        one = next(statements, None)
        if one is None:
            return
        yield one


def _rows(db: sqlite3.Connection, before: int) -> tuple[int, int]:
    """The first row that may still be whole, and the first one that stays so."""
    done = db.execute(DONE).fetchone()
    first = int(done[0]) if done else 1
    return first, max(first, row_at(db, before))


def _deleted(old: list[Row], files: RecordingFiles, swept: RetentionResult) -> Iterator[Statement]:
    """Delete the files, one recording after the other, each before its row says so."""
    for one in old:
        if files.delete(one):
            swept.recordings += 1
            swept.bytes += _size(one)
            yield GONE, (one["id"],)
        else:
            swept.failed += (one["path"],)


def _size(recording: Row) -> int:
    return int(recording["bytes"]) + int(recording["converted_bytes"])
