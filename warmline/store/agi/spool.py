"""Takes in the notes that `agi-bin/fallback` left of calls the application could not have."""

import logging
from collections.abc import Callable
from pathlib import Path

import msgspec

from warmline.core.model import ids
from warmline.core.model.events import FallbackTaken

log = logging.getLogger("warmline.store.spool")

LARGEST = 64 * 1024  # bytes of a note
MOST = 500  # notes taken in at once


def warn(error: OSError) -> None:
    """Say what cannot be read, a note or the folder."""
    text = "%s cannot be read: %s; calls that took the fallback are missing from the audit until it can"
    log.warning(text, error.filename, error.strerror)


def read_all(spool: str | Path, unreadable: Callable[[OSError], None] = warn) -> list[FallbackTaken]:
    """The notes in the folder, oldest first, at most MOST; no folder is no notes.

    A file that is no note is renamed to *.bad and named in the log. What cannot be read now, a note or the folder, is
    told to `unreadable`, and stays. Each note stays until `remove`: what was read twice has the same `call`.
    """
    taken: list[FallbackTaken] = []
    for file in _files(Path(spool), unreadable):
        try:
            taken.append(_read(file))
        except OSError as error:
            unreadable(error)
        except (ValueError, msgspec.DecodeError, RecursionError) as error:
            _set_aside(file, error)
        if len(taken) == MOST:
            break
    return taken


def remove(spool: str | Path, call: str) -> None:
    """Delete a call's note, once it is in the journal."""
    (Path(spool) / f"{call}.json").unlink(missing_ok=True)


def _files(folder: Path, unreadable: Callable[[OSError], None]) -> list[Path]:
    try:
        return sorted(folder.glob("[!.]*.json"))
    except OSError as error:
        unreadable(error)
        return []


def _read(file: Path) -> FallbackTaken:
    with file.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError(f"it has more than {LARGEST} bytes")
    note = msgspec.json.decode(data, type=FallbackTaken)
    if not 0 <= note.at < 1 << 62:
        raise ValueError(f"its time is {note.at}")
    if not ids.is_ulid(note.call) or file.stem != note.call:
        raise ValueError("it is not named by its call's ULID")
    return note


def _set_aside(file: Path, error: Exception) -> None:
    aside = file.with_suffix(".bad")
    try:
        file.rename(aside)
    except OSError as trouble:
        log.warning("%s is not a note of a call (%s), and cannot be renamed: %s", file, error, trouble.strerror)
    else:
        log.warning("%s is not a note of a call (%s); renamed to %s", file, error, aside.name)
