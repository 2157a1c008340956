"""Writes a heartbeat file while the event loop works, so that other programs can see it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from warmline.system.heartbeat_file import HeartbeatFile

EVERY = 0.5  # seconds

log = logging.getLogger("warmline.beat")


async def show(
    file: HeartbeatFile, turned: Callable[[], Awaitable[None]], without: str, given: Callable[[], None] = lambda: None
) -> None:
    """Write the heartbeat without end, each time after `turned` has shown that the process works.

    `given` is called after each heartbeat. `without` says in the log what happens if it cannot be written.
    Cancellation removes the heartbeat, so that no client sends requests to a program that takes the port later.

    A separate thread writes the file. A hanging disk does not stop the event loop, and other work in threads does not
    delay the heartbeat.
    """
    thread = ThreadPoolExecutor(1, "beat")
    loop = asyncio.get_running_loop()
    try:
        while True:
            await turned()
            try:
                await loop.run_in_executor(thread, file.give)
                given()
            except OSError as problem:
                log.warning("%s cannot be written: %s; %s", file.path, problem.strerror, without)
            await asyncio.sleep(EVERY)
    finally:  # after a write in progress
        await asyncio.shield(loop.run_in_executor(thread, file.end))  # even if cancelled twice
