"""A relay between a gate and ARI that notes each request with the epoch of its connection."""

import asyncio
import re
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

FIRST_LINE = re.compile(rb"(?:GET|POST|PUT|DELETE) (/\S*) HTTP/1\.1\r\n")
EPOCH = re.compile(rb"\r\nX-Warmline-Epoch: (\d+)\r\n", re.IGNORECASE)
PIECE = 65536


class RecordingRelay:
    """The relay; `passed` has the epoch of each piece that went to ARI, and its first line, in order."""

    def __init__(self, host: str, port: int) -> None:
        self._ari = host, port
        self.port = 0
        self.passed: list[tuple[int, str]] = []
        self._changed = asyncio.Event()

    def of(self, epoch: int) -> list[str]:
        """Return the first lines of an epoch."""
        return [line for one, line in self.passed if one == epoch]

    async def until(self, epoch: int, text: str, limit: float = 30.0) -> None:
        """Wait until a request of this epoch with the text has passed."""
        async with asyncio.timeout(limit):
            while not any(text in line for line in self.of(epoch)):
                self._changed.clear()
                await self._changed.wait()

    async def link(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Carry one connection."""
        epoch = 0

        async def forth(to: StreamWriter) -> None:
            nonlocal epoch
            while data := await reader.read(PIECE):
                if not epoch and (found := EPOCH.search(data)):
                    epoch = int(found[1])
                line = FIRST_LINE.match(data)
                self.passed.append((epoch, line[0].decode().strip() if line else f"{len(data)} bytes"))
                self._changed.set()
                to.write(data)

        with suppress(OSError):
            from_ari, to_ari = await asyncio.open_connection(*self._ari)
            back = asyncio.create_task(_copy(from_ari, writer))
            with suppress(OSError):
                await forth(to_ari)
            to_ari.close()
            back.cancel()
        writer.close()


async def _copy(reader: StreamReader, writer: StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(PIECE):
            writer.write(data)
        writer.close()


@asynccontextmanager
async def recording(url: str) -> AsyncIterator[RecordingRelay]:
    """Run a relay to the host and port of an ARI's URL."""
    host, _, port = url.split("/")[2].rpartition(":")
    relay = RecordingRelay(host, int(port))
    async with await asyncio.start_server(relay.link, "127.0.0.1", 0) as server:
        relay.port = server.sockets[0].getsockname()[1]
        yield relay
