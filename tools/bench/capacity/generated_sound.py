"""The benchmark's side of the generator in rtp_generator.py."""

import json
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tools.bench.capacity.heard_packets import HeardPackets
from tools.bench.capacity.measured_process import program
from tools.bench.tools.result import CannotMeasureError


class Sound:
    """The sound that all legs play and hear; Asterisk sends their sound to `port` on 127.0.0.1."""

    def __init__(self, process: Process, port: int) -> None:
        self.port = port
        self._process = process

    async def legs(self) -> int:
        """Return how many legs have sent a packet. Raises CannotMeasureError."""
        return int(await self._ask(""))

    async def listen(self, seconds: float) -> tuple[HeardPackets, float]:
        """Return what is heard in the next seconds, and the generator's share of a core.

        Raises CannotMeasureError if the generator was too slow, because then Asterisk is not what was measured.
        """
        told = await self._ask(str(seconds))
        used, late, dropped = (told.pop(name) for name in ("used", "late_turns", "dropped"))
        if dropped:
            raise CannotMeasureError(f"the generator could not read {dropped} packets; {late} of its turns were late")
        return HeardPackets(**told), used / seconds

    async def _ask(self, line: str) -> Any:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(f"{line}\n".encode())
        answer = await self._process.stdout.readline()
        if not answer:
            raise CannotMeasureError("the generator has ended")
        return json.loads(answer)


@asynccontextmanager
async def sound() -> AsyncIterator[Sound]:
    """Start the generator, and end it afterwards. Raises CannotMeasureError."""
    async with program("tools.bench.capacity.rtp_generator") as (process, port):
        yield Sound(process, int(port))
