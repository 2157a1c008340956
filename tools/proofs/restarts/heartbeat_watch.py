"""Reads the age of the heartbeat all the time."""

import asyncio
import time

from warmline.system import heartbeat_file

EVERY = 0.02  # seconds between two reads


class HeartbeatWatch:
    """The ages so far. A heartbeat that a part removed at its end has no age."""

    def __init__(self, run: str) -> None:
        self._run = run
        self._ages: list[tuple[float, float]] = []  # when it was read, and the age in seconds

    async def run(self) -> None:
        """Read the heartbeat again and again, without end."""
        while True:
            if (age := heartbeat_file.age(self._run)) is not None:
                self._ages.append((time.monotonic(), age))
            await asyncio.sleep(EVERY)

    def oldest(self, since: float, until: float) -> float:
        """Return the greatest age that was read in this time, in seconds."""
        return max((age for at, age in self._ages if since <= at < until), default=0.0)
