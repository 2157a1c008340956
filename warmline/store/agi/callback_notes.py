"""Reads the notes of scripts that promise a callback (`warmline.agi.make_callback`)."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from warmline.core.messages.values.callback import CANCELLED, PENDING, Callback
from warmline.core.model import ids
from warmline.store.agi import spool

FOLDER = "callbacks"  # in the spool


def read_all(folder: str | Path, unreadable: Callable[[OSError], None]) -> list[Callback]:
    """Return the notes in a spool, oldest first; none if the folder does not exist.

    A file that is not a note is renamed to *.bad and logged. `unreadable` is called for a note that cannot be read now;
    it stays. A note stays until `remove`.
    """
    return spool.notes(Path(folder) / FOLDER, _read, unreadable)


def remove(folder: str | Path, callback: str) -> None:
    """Delete a note after its callback was written to the journal. Raises OSError."""
    spool.remove(Path(folder) / FOLDER, callback)


def _read(name: str, data: bytes) -> Callback:
    note = msgspec.json.decode(data, type=Callback)
    if not ids.is_ulid(note.id) or name != note.id:
        raise ValueError("its name is not the ULID of its callback")
    if not all(0 <= moment < 1 << 62 for moment in (note.at, note.made)):
        raise ValueError(f"its times are {note.at} and {note.made}")
    if (note.state, note.ended is None) not in ((PENDING, True), (CANCELLED, False)) or note.done_in:
        raise ValueError("its callback is neither pending nor cancelled")  # an erasure cancels it
    return note
