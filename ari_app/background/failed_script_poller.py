"""Reads the notes of failed scripts in the spool: each is logged, the first ones with their traceback, and counted."""

import asyncio
import logging
import re
import time
from collections.abc import Callable
from pathlib import Path

from warmline.store.agi import failed_scripts
from warmline.store.agi.failed_scripts import ScriptFailure
from warmline.system import speech_sweep

log = logging.getLogger("warmline.scripts")

EVERY = 1.0  # seconds
SWEEP_EVERY = 3600.0
TRACE_EVERY = 60.0  # seconds between two tracebacks of the same error

Files = tuple[tuple[int, int, int], ...]


async def follow(spool: str, count: Callable[[], None], since: int = 0) -> None:
    """Log and `count` each script that fails from now on, within about a second, without end.

    `since` is in microseconds UTC, 0 for now: the notes before it were logged by the process before this one. Later,
    notes are known by their content, because a clock can be set back. Each hour, old notes are deleted, and so are old
    sounds of texts that scripts have said.
    """
    tracebacks = Tracebacks()
    since = since or time.time_ns() // 1000
    seen: set[ScriptFailure] | None = None
    known: Files = ()
    trouble, swept = "", float("-inf")
    while True:
        try:
            if time.monotonic() - swept >= SWEEP_EVERY:
                swept = time.monotonic()
                await asyncio.to_thread(failed_scripts.sweep, spool, time.time_ns() // 1000)
                await asyncio.to_thread(speech_sweep.sweep, spool)
            if (changed := await asyncio.to_thread(_changed, spool)) != known:
                found = await asyncio.to_thread(failed_scripts.read, spool, 0)
                if seen is None:
                    seen = {note for note in found if note.at < since}
                for note in found:
                    if note not in seen:
                        trace = tracebacks.of(note, time.monotonic())
                        log.warning("script %s failed: %s%s", note.script, note.reason, trace)
                        count()
                        await asyncio.sleep(0)  # a call must not wait for a hundred lines of the log
                seen, known, trouble = set(found), changed, ""
        except OSError as error:
            if str(error) != trouble:
                log.warning("the notes of failed scripts cannot be read: %s", error)
            trouble = str(error)
        await asyncio.sleep(EVERY)


class Tracebacks:
    """The errors whose traceback was logged in the last minute: a script can fail in every call."""

    def __init__(self) -> None:
        self._logged: dict[tuple[str, str], float] = {}

    def of(self, note: ScriptFailure, now: float) -> str:
        """Return the traceback after a line break, "" if it was logged in the last minute; `now` is in seconds.

        Reasons that differ in digits only are the same error.
        """
        self._logged = {error: at for error, at in self._logged.items() if now - at < TRACE_EVERY}
        error = note.script, re.sub("[0-9]+", "", note.reason)
        if error in self._logged:
            return ""
        self._logged[error] = now
        return f"\n{note.trace.rstrip()}"


def _changed(spool: str) -> Files:
    """Return what changes with each note: number, size and time of both files."""
    return tuple(_written(Path(spool, name)) for name in (failed_scripts.NAME, failed_scripts.OLDER))


def _written(file: Path) -> tuple[int, int, int]:
    try:
        found = file.lstat()
    except OSError:
        return 0, 0, 0
    return found.st_ino, found.st_size, found.st_mtime_ns
