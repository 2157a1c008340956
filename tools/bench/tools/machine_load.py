"""Measures the machine's load during a benchmark, second by second."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

EVERY = 1.0  # seconds between two samples
OVERRUN = 15.0  # processes a processor, waiting or running, from which a machine no longer does what is asked
BUSY = 0.95  # the share of processor time from which a machine counts as full


class LoadSample(NamedTuple):
    """One second: its end in microseconds UTC, and the share of the processors' time that was used."""

    at: int
    used: float


@dataclass
class MachineLoad:
    """The samples so far."""

    looks: list[LoadSample] = field(default_factory=list)

    def between(self, since: int, until: int) -> float:
        """Return the share of the processors' time that was used between two times in microseconds UTC.

        It is 0 without a sample.
        """
        found = [look.used for look in self.looks if since <= look.at <= until + EVERY * 1e6]
        return sum(found) / len(found) if found else 0.0

    def full(self, since: int, until: int) -> bool:
        """Return whether the processors were full in any second of that time."""
        return any(look.used >= BUSY for look in self.looks if since <= look.at <= until + EVERY * 1e6)


@asynccontextmanager
async def watched() -> AsyncIterator[MachineLoad]:
    """Sample the processors every second, until the end of the block."""
    load = MachineLoad()
    task = asyncio.create_task(_watch(load))
    try:
        yield load
    finally:
        task.cancel()


def queue_length() -> float:
    """Return how many processes wait for a processor or use one, as the mean of the last minute."""
    return os.getloadavg()[0]


async def overrun() -> None:
    """Return when far more processes wait for a processor than a measurement can bear."""
    while queue_length() < OVERRUN * (os.cpu_count() or 1):  # noqa: ASYNC110 - the kernel tells no event of it
        await asyncio.sleep(EVERY)


def used(before: str, after: str) -> float:
    """Return the share of the processors' time that was used between two readings of the first line of /proc/stat.

    Time that another virtual machine took (steal) counts as used; time spent waiting for a disk does not.
    """
    first, second = ([int(word) for word in line.split()[1:9]] for line in (before, after))
    spent = [late - early for early, late in zip(first, second, strict=True)]
    idle = spent[3] + spent[4]
    return 1 - idle / sum(spent) if sum(spent) else 0.0


async def _watch(load: MachineLoad) -> None:
    before = _processors()
    while True:
        await asyncio.sleep(EVERY)
        now = _processors()
        load.looks.append(LoadSample(round(time.time() * 1e6), used(before, now)))
        before = now


def _processors() -> str:
    return Path("/proc/stat").read_text().partition("\n")[0]
