"""Writes the heartbeat file while the event loop runs, so that other programs can see that the app works."""

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
    """Write the heartbeat without end, each time after the loop that owns the calls completed a turn.

    The first heartbeat waits until Asterisk's state is `known`, because an app that crashes before cannot handle calls.
    `given` is called after each heartbeat. Cancellation removes the heartbeat, so that no client sends requests to
    a program that takes the port later.

    A separate thread writes the file. A hanging disk does not stop the event loop, and other work in threads does not
    delay the heartbeat.
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
    finally:  # after a write in progress
        await asyncio.shield(loop.run_in_executor(thread, shown.end))  # even if cancelled twice
