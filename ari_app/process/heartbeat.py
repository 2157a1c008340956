"""Shows from outside whether the loop turns: its beat is given while it does."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from warmline.system import heartbeat

EVERY = 0.5  # seconds

log = logging.getLogger("warmline.beat")


async def show(
    run: str, turned: Callable[[], Awaitable[None]], known: asyncio.Event, given: Callable[[], None]
) -> None:
    """Give the beat for ever, each time after the loop that owns the calls has turned once more; `given` hears of each.

    Not before Asterisk's picture is `known`: an application that dies over it, at each start, takes care of nobody.
    When it is cancelled it takes the beat away: whoever listens on our ports later is not asked for us.
    In a thread of its own: not in the loop, which a disk that hangs would stop, nor behind others who wait for one.
    """
    await known.wait()
    thread, shown = ThreadPoolExecutor(1, "beat"), heartbeat.HeartbeatFile(run)
    loop = asyncio.get_running_loop()
    try:
        while True:
            await turned()
            try:
                await loop.run_in_executor(thread, shown.give)
                given()
            except OSError as problem:
                text = "%s/beat cannot be written: %s; callers will go to the fallback, as if the app were stopped"
                log.warning(text, run, problem.strerror)
            await asyncio.sleep(EVERY)
    finally:  # behind one that is just being given
        await asyncio.shield(loop.run_in_executor(thread, shown.end))  # also when it is cancelled twice
