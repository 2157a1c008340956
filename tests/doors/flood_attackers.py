"""The attackers, a separate process that ends by itself.

`python -m tests.doors.flood_attackers KIND COUNT SECONDS PORT USER` attacks that port of this machine over COUNT
connections, and prints what it did as JSON. The connections come from many loopback addresses, so that a limit by
address hides nothing.
"""

import asyncio
import json
import os
import resource
import ssl
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress

NICE = 5
MOST = 1000  # connections
LONGEST = 30.0  # seconds
PAUSE = 0.05  # seconds before a closed connection is opened again
DRIP = 0.4  # seconds between two bytes of a slow body
EACH = 200  # connections from one /24 network
BODY = b"&".join(b"f%d=" % number + b"%41" * 20 for number in range(180))
DEEP = b'{"user":' + b"[" * 30_000 + b"]" * 30_000 + b"}"
CHUNKS = b"1\r\na\r\n" * 10_000 + b"0\r\n\r\n"


def head(path: str, media: str, more: str) -> bytes:
    """Return the head of a POST."""
    return f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {media}\r\n{more}\r\n\r\n".encode()


def whole(path: str, media: str, body: bytes) -> bytes:
    """Return a POST with its body."""
    return head(path, media, f"Content-Length: {len(body)}") + body


class Flood:
    """Connections of one kind of attack until a moment; `counts` has opened, failed, and each status."""

    def __init__(self, port: int, until: float, user: str) -> None:
        self._port, self._until, self._user = port, until, user
        self.counts: Counter[str] = Counter()
        self._number = 0
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._tls.check_hostname, self._tls.verify_mode = False, ssl.CERT_NONE

    async def run(self, kind: str, count: int) -> None:
        """Attack until the end. Raises KeyError for an unknown kind."""
        one = KINDS[kind]
        await asyncio.gather(*(self._again(one, number) for number in range(count)))

    async def _again(self, one: "Kind", number: int) -> None:
        address = f"127.0.{1 + number // EACH}.{1 + number % EACH}"
        while (left := self._until - time.monotonic()) > 0:
            writer = None
            with suppress(OSError, TimeoutError, asyncio.IncompleteReadError):
                async with asyncio.timeout(left):
                    reader, writer = await asyncio.open_connection("127.0.0.1", self._port, local_addr=(address, 0))
                    self.counts["opened"] += 1
                    await one(self, reader, writer)
            if writer:
                writer.transport.abort()
            self.counts["ended"] += 1
            await asyncio.sleep(min(PAUSE, max(0.0, self._until - time.monotonic())))

    async def _asked(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> None:
        writer.write(request)
        await writer.drain()
        answer = await reader.readuntil(b"\r\n\r\n")
        self.counts[answer[9:12].decode()] += 1
        size = int(answer.lower().partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
        await reader.readexactly(size)

    async def guess(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Send wrong passwords, one after another."""
        while True:
            self._number += 1
            body = json.dumps({"user": self._user, "password": f"wrong{self._number}", "program": "x"}).encode()
            await self._asked(reader, writer, whole("/api/v1/login", "application/json", body))

    async def chunks(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Send forms in 10,000 chunks."""
        form = head("/agc/api.php", "application/x-www-form-urlencoded", "Transfer-Encoding: chunked") + CHUNKS
        while True:
            await self._asked(reader, writer, form)

    async def form(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Send forms whose 180 fields are all escaped."""
        while True:
            await self._asked(reader, writer, whole("/agc/api.php", "application/x-www-form-urlencoded", BODY))

    async def deep(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Send JSON of 30,000 levels to the login."""
        while True:
            await self._asked(reader, writer, whole("/api/v1/login", "application/json", DEEP))

    async def slow(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Send a body byte by byte."""
        request = whole("/agc/api.php", "application/x-www-form-urlencoded", BODY)
        writer.write(request[:400])
        for byte in request[400:]:
            await asyncio.sleep(DRIP)
            writer.write(bytes([byte]))
            await writer.drain()

    async def idle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Ask once, then hold the connection."""
        await self._asked(reader, writer, b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        await reader.read(1)

    async def handshake(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Begin TLS; close the connection after the handshake."""
        await writer.start_tls(self._tls)
        self.counts["handshakes"] += 1


Kind = Callable[[Flood, asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
KINDS: dict[str, Kind] = {
    "wrong passwords": Flood.guess,
    "10,000 chunks": Flood.chunks,
    "costly forms": Flood.form,
    "deep JSON": Flood.deep,
    "slow bodies": Flood.slow,
    "held connections": Flood.idle,
    "TLS handshakes": Flood.handshake,
}


def main(kind: str, count: int, seconds: float, port: int, user: str) -> None:
    """Attack, and print the counts."""
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (4 * MOST, 4 * MOST))
    flood = Flood(port, time.monotonic() + min(seconds, LONGEST), user)
    asyncio.run(flood.run(kind, min(count, MOST)))
    print(json.dumps(flood.counts))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
