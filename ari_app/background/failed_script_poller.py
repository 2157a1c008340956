"""Reads the notes of failed scripts in the spool: each is logged with its traceback, and counted."""

import asyncio
import logging
import time
from collections.abc import Callable
from pathlib import Path

from warmline.store.agi import failed_scripts

log = logging.getLogger("warmline.scripts")

EVERY = 1.0  # seconds


async def follow(spool: str, count: Callable[[], None], since: int = 0) -> None:
    """Log and `count` each script that fails from now on, within about a second, without end.

    `since` is in microseconds UTC, 0 for now: the notes before it were logged by the process before this one.
    """
    last, known = since or time.time_ns() // 1000, (-1, -1)
    while True:
        changed = await asyncio.to_thread(_changed, spool)
        if changed != known:
            known = changed
            try:
                found = await asyncio.to_thread(failed_scripts.read, spool, last + 1)
            except OSError as error:
                log.warning("the notes of failed scripts cannot be read: %s", error)
                found = []
            for note in found:
                log.warning("script %s failed: %s\n%s", note.script, note.reason, note.trace.rstrip())
                count()
                last = max(last, note.at)
        await asyncio.sleep(EVERY)


def _changed(spool: str) -> tuple[int, int]:
    """Return the times of the last note in both files, 0 for none."""
    newest, older = (_written(Path(spool, name)) for name in (failed_scripts.NAME, failed_scripts.OLDER))
    return newest, older


def _written(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0
