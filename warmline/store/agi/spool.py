"""Reads the notes of `agi-bin/fallback` about calls that the app could not accept, and other notes of scripts."""

import fcntl
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from warmline.core.messages.dialler_messages import LeadAnsweredAway
from warmline.core.messages.fallback_messages import FallbackTaken
from warmline.core.model import ids

log = logging.getLogger("warmline.store.spool")

LARGEST = 64 * 1024  # bytes of a note
MOST = 500  # notes read in one step
RETRY = 0.02  # seconds

Note = TypeVar("Note")
CallNote = FallbackTaken | LeadAnsweredAway


class _Kind(msgspec.Struct):
    """The field that only the note of a lead has."""

    opted_out: bool | None = None


@contextmanager
def held(spool: str | Path, *, alone: bool = False, within: float = 0.0) -> Iterator[bool]:
    """Hold a spool: while its notes are copied into the journal, or `alone` while they are changed.

    An erasure between the reading of a note and its row in the journal would miss the number. Yields False if others
    hold the spool for longer than `within` seconds. The lock is on the folder, and ends with the process.
    """
    try:
        folder = os.open(spool, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:  # the block reads the folder, and reports it
        yield True
        return
    try:
        yield _is_locked(folder, fcntl.LOCK_EX if alone else fcntl.LOCK_SH, time.monotonic() + within)
    finally:
        os.close(folder)


def _is_locked(folder: int, how: int, until: float) -> bool:
    while True:
        try:
            fcntl.flock(folder, how | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(RETRY)
        except OSError:  # a file system without locks
            return True
        else:
            return True


def warn(error: OSError) -> None:
    """Log a note or folder that cannot be read."""
    text = "%s cannot be read: %s; calls that took the fallback are missing from the audit until then"
    log.warning(text, error.filename, error.strerror)


def read_all(spool: str | Path, unreadable: Callable[[OSError], None] = warn) -> list[CallNote]:
    """Return the notes in a folder, oldest first, at most MOST; none if the folder does not exist.

    A file that is not a note is renamed to *.bad and logged. `unreadable` is called for a note or folder that cannot be
    read now; it stays. A note stays until `remove`, so a note that is read twice has the same `call`.
    """
    return notes(Path(spool), _call, unreadable)


def notes(folder: Path, read: Callable[[str, bytes], Note], unreadable: Callable[[OSError], None]) -> list[Note]:
    """Return at most MOST notes of a folder, oldest first; `read(name, data)` reads one or raises ValueError.

    Other files and errors are handled as `read_all` does.
    """
    found: list[Note] = []
    for file in _files(folder, unreadable):
        try:
            found.append(read(file.stem, _data(file)))
        except OSError as error:
            unreadable(error)
        except (ValueError, msgspec.DecodeError, RecursionError) as error:
            _set_aside(file, error)
        if len(found) == MOST:
            break
    return found


def remove(spool: str | Path, call: str) -> None:
    """Delete a call's note after it was written to the journal."""
    (Path(spool) / f"{call}.json").unlink(missing_ok=True)


def _files(folder: Path, unreadable: Callable[[OSError], None]) -> list[Path]:
    try:
        return sorted(folder.glob("[!.]*.json"))
    except OSError as error:
        unreadable(error)
        return []


def _data(file: Path) -> bytes:
    with file.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError(f"it has more than {LARGEST} bytes")
    return data


def _call(name: str, data: bytes) -> CallNote:
    note: CallNote
    if msgspec.json.decode(data, type=_Kind).opted_out is None:
        note = msgspec.json.decode(data, type=FallbackTaken)
    else:
        note = msgspec.json.decode(data, type=LeadAnsweredAway)
    if not 0 <= note.at < 1 << 62:
        raise ValueError(f"its time is {note.at}")
    if not ids.is_ulid(note.call) or name != note.call:
        raise ValueError("its name is not the ULID of its call")
    return note


def _set_aside(file: Path, error: Exception) -> None:
    aside = file.with_suffix(".bad")
    try:
        file.rename(aside)
    except OSError as trouble:
        log.warning("%s is not a note (%s), and cannot be renamed: %s", file, error, trouble.strerror)
    else:
        log.warning("%s is not a note (%s); renamed to %s", file, error, aside.name)
