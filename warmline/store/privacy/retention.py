"""Deletes files of recordings and contents of journal rows after the times in the settings."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from warmline.store.database import long_writes
from warmline.store.database.long_writes import Statement, patient
from warmline.store.database.reading import Row, reading, rows
from warmline.store.journal.journal_rows import row_at
from warmline.store.recordings.recording_places import Places
from warmline.store.reports.recording_files import RecordingFiles
from warmline.store.reports.recordings import KEPT

EXPIRED = "expired"  # the status of a recording whose file was deleted after its time
DAY = 86_400_000_000  # microseconds

SETTING = "SELECT recordings_keep_days, journal_keep_days FROM setting"
# A failed recording may have a file that cannot be heard.
OF_FILES = f"(status = '{KEPT}' OR status = 'failed' AND path <> '')"
OLD = f"SELECT * FROM recording WHERE {OF_FILES} AND asked < :before ORDER BY asked"  # noqa: S608 - only constants of the code
GONE = f"""
    UPDATE recording SET status = '{EXPIRED}', path = '', converted_path = '' WHERE id = ? AND {OF_FILES}
"""  # noqa: S608 - only constants of the code
ERASE = "UPDATE journal SET payload = NULL WHERE seq = ? AND payload IS NOT NULL"
OLD_CHANGES = "SELECT id FROM lead_change WHERE at < ?"
FORGET = "DELETE FROM lead_change WHERE id = ?"
OLD_COMMENTS = "SELECT id FROM call_comment WHERE at < ?"
FORGET_COMMENT = "DELETE FROM call_comment WHERE id = ?"
# The last erased row; earlier rows need no further check.
DONE = "SELECT value FROM meta WHERE key = 'journal_erased_to'"
NOTE = "INSERT INTO meta VALUES ('journal_erased_to', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


@dataclass(slots=True)
class RetentionResult:
    """The number of deleted recordings and bytes, erased journal rows, and deleted changes of leads and comments.

    `failed` are files that stay.
    """

    recordings: int = 0
    bytes: int = 0
    rows: int = 0
    lead_changes: int = 0
    comments: int = 0
    failed: tuple[str, ...] = ()


def sweep(
    path: str | Path, places: Places, now: int, *, dry_run: bool = False, stop: Event | None = None
) -> RetentionResult:
    """Delete and erase what the settings no longer keep. `now` is in microseconds UTC; `dry_run` only counts.

    Only files at the `places` of recordings are deleted; a file elsewhere stays and is in `failed`. After `stop` is
    set, the sweep ends within a moment, and the next sweep continues there. The journal's rows keep their hashes, so
    `audit verify` still finds the journal complete. Raises StoreError.
    """
    swept = RetentionResult()
    with reading(path) as db:
        [setting] = rows(db, SETTING)
        days = setting["recordings_keep_days"]
        old = rows(db, OLD, before=now - days * DAY) if days else []
        days = setting["journal_keep_days"]
        first, last = _rows(db, now - days * DAY) if days else (1, 1)
        before = [now - days * DAY]
        changes = [one for (one,) in db.execute(OLD_CHANGES, before)] if days else []
        comments = [one for (one,) in db.execute(OLD_COMMENTS, before)] if days else []
    if dry_run:
        sizes = sum(_size(one) for one in old)
        return RetentionResult(len(old), sizes, last - first, len(changes), len(comments))
    if old or changes or comments or last > first:
        with patient(path) as db:
            long_writes.run(db, _until(stop, _deleted(old, RecordingFiles(places, path), swept)))
            swept.rows = long_writes.run(db, _until(stop, ((ERASE, (seq,)) for seq in range(first, last))))
            swept.lead_changes = long_writes.run(db, _until(stop, ((FORGET, (one,)) for one in changes)))
            swept.comments = long_writes.run(db, _until(stop, ((FORGET_COMMENT, (one,)) for one in comments)))
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
    """Return the first row that may still have its payload, and the first row that keeps it."""
    done = db.execute(DONE).fetchone()
    first = int(done[0]) if done else 1
    return first, max(first, row_at(db, before))


def _deleted(old: list[Row], files: RecordingFiles, swept: RetentionResult) -> Iterator[Statement]:
    """Delete the files of each recording, and then yield the statement for its row."""
    for one in old:
        if files.delete(one):
            swept.recordings += 1
            swept.bytes += _size(one)
            yield GONE, (one["id"],)
        else:
            swept.failed += (one["path"],)


def _size(recording: Row) -> int:
    return int(recording["bytes"]) + int(recording["converted_bytes"])
