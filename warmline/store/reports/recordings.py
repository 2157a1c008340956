"""Reports of recordings, and checks of their files against the recorded size and SHA-256."""

import os
from collections.abc import Iterator
from pathlib import Path

from warmline.store.database.errors import NotFound
from warmline.store.database.reading import Row, each, reading, rows
from warmline.store.reports.call_filter import CallFilter
from warmline.store.reports.recording_files import RecordingFiles, open_inside

WHOLE, MISSING, CHANGED, UNREADABLE = "whole", "missing", "changed", "unreadable"
WRONG = (MISSING, CHANGED, UNREADABLE)
KEPT = "kept"  # the status of a recording that must have a file

RECORDINGS = """
    WITH chosen AS (SELECT id, number, arrived FROM call WHERE {where})
    SELECT recording.*, chosen.number AS customer,
        ifnull((SELECT full_name FROM agent AS known WHERE known.id = recording.agent), '') AS full_name
    FROM chosen JOIN recording ON recording.call = chosen.id
    ORDER BY chosen.arrived, recording.asked, recording.id
"""
FILES = "SELECT path, converted_path, agent FROM recording WHERE id = :recording AND status = 'kept' AND path <> ''"
EVERY = "SELECT * FROM recording WHERE status = 'kept' ORDER BY id"


def recordings(path: str | Path, asked: CallFilter, now: int) -> Iterator[Row]:
    """Yield the recordings of the filtered calls, with the number of the `customer`. Raises StoreError."""
    with reading(path) as db:
        yield from each(db, RECORDINGS.format(where=asked.where), **asked.values, now=now)


def file_of(path: str | Path, recording: str) -> tuple[str, str]:
    """Return the path of a recording's file, in the configured format if it has one, and the agent.

    Raises NotFound for a recording that does not exist, is not complete or has been deleted; StoreError.
    """
    with reading(path) as db:
        found = rows(db, FILES, recording=recording)
    if not found:
        raise NotFound("recording_unknown", "there is no audio of recording {recording!r}", recording=recording)
    return str(found[0]["converted_path"] or found[0]["path"]), str(found[0]["agent"])


def piece(folder: str | Path, path: str, offset: int, most: int) -> tuple[str, int, bytes]:
    """Return a file's name, its size, and at most `most` bytes from `offset` on.

    Raises OSError, and PermissionError if the file is no ordinary file in the folder of recordings.
    """
    with open_inside(folder, path) as file:
        size = os.fstat(file.fileno()).st_size
        return Path(path).name, size, os.pread(file.fileno(), most, offset)


def state_of(recording: Row, found: RecordingFiles, *, read: bool = False) -> str:
    """Return the state of a recording's files: WHOLE or one of WRONG; "" for a recording without a file.

    Files are checked by size; with `read`, every byte is read and compared by SHA-256. If root runs this, a file
    outside the folder of recordings is UNREADABLE, because a row could name any file.
    """
    if recording["status"] != KEPT:
        return ""
    files = [(recording["path"], recording["bytes"], recording["sha256"])]
    if recording["converted_path"]:
        files.append((recording["converted_path"], recording["converted_bytes"], recording["converted_sha256"]))
    return next((state for state in (_state(found, *file, read=read) for file in files) if state != WHOLE), WHOLE)


def _state(files: RecordingFiles, path: str, size: int, digest: str, *, read: bool) -> str:
    try:
        if not path or files.size(path) != size:
            return CHANGED if path else MISSING
        if read and digest:
            return WHOLE if files.sha256(path) == digest else CHANGED
    except (FileNotFoundError, NotADirectoryError):
        return MISSING
    except OSError:
        return UNREADABLE
    return WHOLE
