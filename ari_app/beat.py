"""Shows from outside whether the loop turns: the file `beat` in the folder `run` is touched while it does.

The dialplan looks at the file's age before it asks FastAGI, which a stopped application would answer never.
"""

import asyncio
import logging
from pathlib import Path

EVERY = 0.5  # seconds; the dialplan takes an application for stopped whose last beat is older than one to two

log = logging.getLogger("warmline.beat")


async def show(run: str) -> None:
    """Touch the file for ever."""
    file = Path(run) / "beat"
    while True:
        try:
            await asyncio.to_thread(file.touch)
        except OSError as problem:
            log.warning("%s cannot be touched: %s; the dialplan runs its scripts instead", file, problem.strerror)
        await asyncio.sleep(EVERY)
