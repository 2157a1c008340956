"""The emergency stop of all automatic dialling: a file in the folder of the setting `run`.

It works without a database and with a stuck app, and a shell script can create it. Each line of the file is a stop: the
client, the time and the reason as JSON. A line of another form, and an empty file, is a stop by an unknown client.
"""

import json
import os
import stat
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

NAME = "no-dial"
WHY = "automatic dialling is stopped; to allow it again: warmline dial allow --why REASON"
MOST = 16  # stops in a file; a later client's stop holds as well, and only a manager can lift so many
LARGEST = 16 * 1024  # bytes that are read
LONGEST = 255  # letters of a text that are read


class DialStop(NamedTuple):
    """A stop: the client ("" if unknown), the time (microseconds UTC, or 0), and the reason ("" if none was given)."""

    by: str = ""
    at: int = 0
    why: str = ""


UNKNOWN = DialStop()


def is_set(run: str | Path) -> bool:
    """Return whether all automatic dialling is stopped; a file that cannot be looked at is a stop."""
    try:
        os.lstat(Path(run) / NAME)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True


def stops(run: str | Path) -> list[DialStop]:
    """Return the stops that hold, the oldest first; [] if dialling is allowed. Something unreadable is UNKNOWN."""
    if not is_set(run):
        return []
    return [_read(line) for line in _text(run).splitlines() if line.strip()] or [UNKNOWN]


def stop(run: str | Path, by: str = "", why: str = "") -> bool:
    """Stop all automatic dialling for a client; return False if it was stopped already. Raises OSError.

    The stop of another client is kept besides the first one.
    """
    path, own = Path(run) / NAME, _line(DialStop(by, time.time_ns() // 1000, why))
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o644)
    except FileExistsError:
        with suppress(OSError):  # it is stopped; only a manager lifts a stop that is not in the file
            _append(path, run, own, by)
        return False
    try:
        with suppress(OSError):  # a full disk: the empty file stops as well
            os.fchmod(file, 0o644)
            os.write(file, own)
    finally:
        os.close(file)
    return True


def allow(run: str | Path) -> bool:
    """Allow automatic dialling again; return False if it was allowed. Raises OSError."""
    try:
        (Path(run) / NAME).unlink()
    except FileNotFoundError:
        return False
    return True


def _append(path: Path, run: str | Path, own: bytes, by: str) -> None:
    known = stops(run)
    if len(known) >= MOST or by in {one.by for one in known}:
        return
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        is_empty = os.fstat(file).st_size == 0
        os.write(file, (_line(UNKNOWN) if is_empty else b"\n") + own)
    finally:
        os.close(file)


def _text(run: str | Path) -> str:
    """Return what the file says, or "" if it cannot be read. A pipe of that name does not block."""
    with suppress(OSError):
        file = os.open(Path(run) / NAME, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            if stat.S_ISREG(os.fstat(file).st_mode):
                return os.read(file, LARGEST).decode("utf-8", "replace")
        finally:
            os.close(file)
    return ""


def _line(one: DialStop) -> bytes:
    at = datetime.fromtimestamp(one.at / 1_000_000, UTC).isoformat() if one.at else ""
    return json.dumps({"by": one.by, "at": at, "why": one.why}).encode() + b"\n"


def _read(line: str) -> DialStop:
    try:
        found = json.loads(line)
        at = round(datetime.fromisoformat(found["at"]).timestamp() * 1_000_000) if found["at"] else 0
        return DialStop(str(found["by"])[:LONGEST], at, str(found["why"])[:LONGEST])
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return UNKNOWN
