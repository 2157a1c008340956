"""The machine's load during a benchmark."""

import asyncio
import os

EVERY = 1.0  # seconds between two looks
OVERRUN = 15.0  # processes a processor, waiting or running, from which a machine no longer does what is asked


def queue_length() -> float:
    """Return how many processes wait for a processor or use one, as the mean of the last minute."""
    return os.getloadavg()[0]


async def overrun() -> None:
    """Return when far more processes wait for a processor than a measurement can bear."""
    while queue_length() < OVERRUN * (os.cpu_count() or 1):  # noqa: ASYNC110 - the kernel tells no event of it
        await asyncio.sleep(EVERY)
