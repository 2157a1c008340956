"""Shows from outside whether the loop turns: its beat is given while it does."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from warmline import beat

EVERY = 0.5  # seconds

log = logging.getLogger("warmline.beat")


async def show(run: str, turned: Callable[[], Awaitable[None]]) -> None:
    """Give the beat for ever, each time after the loop that owns the calls has turned once more."""
    while True:
        await turned()
        try:
            await asyncio.to_thread(beat.give, run)
        except OSError as problem:
            text = "%s/beat cannot be written: %s; callers will go to the fallback, as if the application were stopped"
            log.warning(text, run, problem.strerror)
        await asyncio.sleep(EVERY)
