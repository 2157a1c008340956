"""Notes of failed scripts in the spool, for `warmline doctor`, the metrics and the app's log.

A note is one line of JSON in a file; the file and the one before it have a limit, and `sweep` deletes old ones. Nothing
here stops a script. It needs the standard library only, because the system's Python runs the scripts of Warmline.
"""

import json
import os
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from warmline.system import settings
from warmline.text.coded_error import CodedError

NAME = "failed-scripts"
OLDER = f"{NAME}.old"
LARGEST = 200_000  # bytes of a file
TRACE_MAX = 4000  # characters at the end of a traceback
REASON_MAX = 400
NAME_MAX = 100
KEEP_DAYS = 7
A_DAY = 86_400_000_000  # microseconds
NEVER = 1 << 62
OPEN = os.O_NOFOLLOW | os.O_NONBLOCK  # a link is not followed, and a pipe is not waited for


class ScriptFailure(NamedTuple):
    """A failed script; `at` is in microseconds UTC. `caller` is a number, "" if it is not known."""

    at: int
    script: str
    reason: str
    trace: str
    caller: str = ""


def keep(script: str, reason: str, trace: str, caller: str = "", spool: str = "") -> None:
    """Add a note to a spool, or to that of the settings. A spool that does not exist or cannot be written gets none."""
    now = time.time_ns() // 1000
    note = ScriptFailure(now, script[:NAME_MAX], reason[:REASON_MAX], trace[-TRACE_MAX:], caller[:NAME_MAX])
    with suppress(OSError, CodedError):
        _append(spool or settings.load(servers=False).spool, note)


def add(spool: str, lines: "list[bytes]", server: str) -> None:
    """Add the notes in lines of another machine's file to a spool, with the server's name; a repetition adds none.

    Raises OSError.
    """
    known = set(read(spool, 0))
    for note in filter(None, map(parsed, lines)):
        named = note._replace(script=f"{note.script[:NAME_MAX]} on server {server}")
        if named not in known:
            _append(spool, named)


def _append(folder: str, note: ScriptFailure) -> None:
    """Write a note. Raises OSError."""
    path = os.path.join(folder, NAME)  # noqa: PTH118 - as in spool.py
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | OPEN, 0o660)
    try:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            return
        _give_to_owner(file, folder)
        # One write, so that notes of two scripts do not mix. A line that a full disk has cut ends before it.
        os.write(file, b"\n" + json.dumps(note).encode() + b"\n")
        written = os.fstat(file)
        if written.st_size > LARGEST and os.path.samestat(os.stat(path), written):  # noqa: PTH116 - as above
            Path(path).replace(Path(folder, OLDER))
    finally:
        os.close(file)


def _give_to_owner(file: int, folder: str) -> None:
    """Let the owner of the spool write to a file that root has created, such as in a test of a script by hand."""
    found = os.fstat(file)
    if os.geteuid() == 0 and found.st_uid == 0 and found.st_nlink == 1:  # a second name may be a file of root's
        owner = os.stat(folder)  # noqa: PTH116 - as above
        os.fchown(file, owner.st_uid, owner.st_gid)


def read(spool: str | Path, since: int) -> list[ScriptFailure]:
    """Return the notes from `since` on, in microseconds UTC; those of the older file are the first. Raises OSError."""
    newest = _notes(Path(spool, NAME))  # read first: a file that is renamed now is read twice, and not missed
    notes = dict.fromkeys([*_notes(Path(spool, OLDER)), *newest])
    return [note for note in notes if note.at >= since]


def parsed(line: bytes) -> ScriptFailure | None:
    """Return the note in a line; None if it has none. Notes of earlier versions have no caller."""
    try:
        note = ScriptFailure(*json.loads(line))
    except (ValueError, TypeError, RecursionError):  # a line that a full disk has cut, or another program's
        return None
    return note if [type(field) for field in note] == [int, str, str, str, str] else None


def sweep(spool: str | Path, now: int) -> None:
    """Delete the notes of more than KEEP_DAYS before `now`, in microseconds UTC. Raises OSError.

    The newest file becomes the older one after half of the time. A file is not written again, so that no note of a
    script that fails now is lost.
    """
    newest, older = Path(spool, NAME), Path(spool, OLDER)
    if _begins(newest) < now - KEEP_DAYS * A_DAY // 2:
        with suppress(FileNotFoundError):
            newest.replace(older)
    if _begins(older) < now - KEEP_DAYS * A_DAY:
        older.unlink(missing_ok=True)


def _begins(file: Path) -> int:
    """Return the time of the earliest note, or of the last change if there is none; NEVER without a file."""
    try:
        changed = file.lstat().st_mtime_ns // 1000
    except FileNotFoundError:
        return NEVER
    with suppress(OSError):  # a link; the other file must be swept too
        return min((note.at for note in _notes(file)), default=changed)
    return changed


def _notes(file: Path) -> list[ScriptFailure]:
    try:
        number = os.open(file, os.O_RDONLY | OPEN)
    except FileNotFoundError:
        return []
    with open(number, "rb") as stream:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            return []
        lines = stream.read(2 * LARGEST).split(b"\n")
    return [note for line in lines if (note := parsed(line))]
