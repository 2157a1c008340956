"""Notes of failed scripts in the spool, for `warmline doctor`, the metrics and the app's log.

A note is one line of JSON in a file; the file and the one before it have a limit. Nothing here stops a script. It needs
the standard library only, because the system's Python runs the scripts of Warmline.
"""

import json
import os
import time
from collections.abc import Iterator
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


class ScriptFailure(NamedTuple):
    """A failed script; `at` is in microseconds UTC."""

    at: int
    script: str
    reason: str
    trace: str


def keep(script: str, reason: str, trace: str) -> None:
    """Add a note to the spool in the settings. A spool that does not exist or cannot be written gets none."""
    note = ScriptFailure(time.time_ns() // 1000, script[:NAME_MAX], reason[:REASON_MAX], trace[-TRACE_MAX:])
    with suppress(OSError, CodedError):
        folder = settings.load().spool
        path = os.path.join(folder, NAME)  # noqa: PTH118 - as in spool.py
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o660)
        try:
            os.write(file, json.dumps(note).encode() + b"\n")  # one write: notes of two scripts do not mix
            if os.fstat(file).st_size > LARGEST:
                Path(path).replace(Path(folder, OLDER))
        finally:
            os.close(file)


def read(spool: str | Path, since: int) -> list[ScriptFailure]:
    """Return the notes from `since` on, in microseconds UTC, oldest first. Raises OSError."""
    return [note for name in (OLDER, NAME) for note in _notes(Path(spool, name)) if note.at >= since]


def _notes(file: Path) -> Iterator[ScriptFailure]:
    try:
        with file.open("rb") as stream:
            lines = stream.read(2 * LARGEST).splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        with suppress(ValueError, TypeError):  # a line that a full disk has cut
            note = ScriptFailure(*json.loads(line))
            if [type(field) for field in note] == [int, str, str, str]:
                yield note
