"""The two ends of a connection through the gate: the app's end is checked once, then bytes are only copied."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Protocol, cast

from ari_app.gate import first_head
from ari_app.gate.first_head import END, HEAD_MOST, FirstHead, HeadError
from warmline.system import media_protocol
from warmline.system.gate_protocol import EPOCH_HEADER, PREFIX, SCRIPTS, UPGRADE, ScriptFrameError

HEAD_WITHIN = 5.0  # seconds from the accepted connection until its first head has come
IDLE = 30.0  # seconds without a request for the gate itself until its connection is closed
REASONS = {
    200: "OK",
    204: "No Content",
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    409: "Conflict",
    431: "Request Header Fields Too Large",
    503: "Service Unavailable",
}
KNOWN_USER = (200, 204, 409)  # answers to an app with the right password


class RefusedError(Exception):
    """The gate does not pass a connection on; `status` and the text are its answer."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class GateRules(Protocol):
    """The gate, as its connections use it. Each method raises RefusedError."""

    highest: int

    async def admit(self, connection: "AppConnection", head: FirstHead) -> None:
        """Check a first request, and count the connection among those of its epoch."""

    async def answer(self, head: FirstHead) -> tuple[int, bytes]:
        """Answer a request for the gate itself with a status and a body in JSON, without one for 204."""

    async def reach(self, far: "Callable[[], FarConnection]") -> "FarConnection":
        """Connect to ARI. Raises OSError."""

    async def reach_media(self, far: "Callable[[], FarConnection]") -> "FarConnection":
        """Connect to the media process of this machine."""

    def link(self, connection: "AppConnection", head: FirstHead) -> Callable[[bytes], None]:
        """Let a connection carry the scripts' requests; return what takes its bytes, and raises ScriptFrameError."""

    def ended(self, connection: "AppConnection") -> None:
        """Forget a connection."""


class FarConnection(asyncio.Protocol):
    """The end at Asterisk, or at the media process: copies its bytes to the app's end."""

    def __init__(self, near: "AppConnection") -> None:
        self._near = near
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is one without saying so

    def data_received(self, data: bytes) -> None:
        self._near.write(data)

    def pause_writing(self) -> None:
        self._near.pause_reading()

    def resume_writing(self) -> None:
        self._near.resume_reading()

    def connection_lost(self, error: Exception | None) -> None:
        self._near.close()


class AppConnection(asyncio.Protocol):
    """The end at the app. `is_admitted` once its first request has been checked."""

    def __init__(self, gate: GateRules) -> None:
        self._gate = gate
        self.epoch = 0
        self.is_admitted = False
        self._is_closed = False
        self._transport: asyncio.Transport | None = None
        self._far: FarConnection | None = None
        self._take: Callable[[bytes], None] | None = None
        self._unread = b""
        self._came = asyncio.Event()
        self._deciding: asyncio.Task[None] | None = None
        self._limit: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        if self._is_closed:
            self._transport.abort()
            return
        self._limit = asyncio.get_running_loop().call_later(HEAD_WITHIN, self.abort)

    def data_received(self, data: bytes) -> None:
        if self._far and self._far.transport:
            self._far.transport.write(data)
            return
        if self._take:
            try:
                self._take(data)
            except ScriptFrameError:
                self.abort()
            return
        self._unread += data
        self._came.set()
        if self._deciding is None and (END in self._unread or len(self._unread) > HEAD_MOST):
            if self._limit:
                self._limit.cancel()
            self.pause_reading()
            self._deciding = asyncio.get_running_loop().create_task(self._decide())

    def pause_writing(self) -> None:
        if self._far and self._far.transport:
            self._far.transport.pause_reading()

    def resume_writing(self) -> None:
        if self._far and self._far.transport:
            self._far.transport.resume_reading()

    def connection_lost(self, error: Exception | None) -> None:
        self._is_closed = True
        self._came.set()
        if self._limit:
            self._limit.cancel()
        if self._far and self._far.transport:
            self._far.transport.close()
        self._gate.ended(self)

    def abort(self) -> None:
        """End both sides at once; nothing that still waits is sent."""
        self._is_closed = True
        for transport in (self._far and self._far.transport, self._transport):
            if transport:
                transport.abort()

    def write(self, data: bytes) -> int:
        """Send bytes to the app; return how many still wait."""
        if self._transport is None or self._is_closed:
            return 0
        self._transport.write(data)
        return self._transport.get_write_buffer_size()

    def close(self) -> None:
        """End the app's side after what waits has been sent."""
        if self._transport:
            self._transport.close()

    def pause_reading(self) -> None:
        """Let the app wait with further bytes."""
        if self._transport and not self._is_closed:
            self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Take further bytes of the app."""
        if self._transport and not self._is_closed:
            self._transport.resume_reading()

    async def _decide(self) -> None:
        try:
            head, size = self._head()
            await self._gate.admit(self, head)
            if head.path.startswith(media_protocol.PREFIX):
                await self._join(self._gate.reach_media)
            elif head.path.startswith(PREFIX):
                await self._serve(head, size)
            else:
                await self._join(self._gate.reach)
        except RefusedError as error:
            self._answer(error.status, json.dumps({"message": str(error)}).encode(), is_last=True)
        except OSError:  # Asterisk does not run: the app sees the same as without a gate
            self.abort()

    async def _join(self, reach: "Callable[[Callable[[], FarConnection]], Awaitable[FarConnection]]") -> None:
        """Connect to the far side, and pass on what has come. Raises OSError, RefusedError."""
        far = await reach(lambda: FarConnection(self))
        assert far.transport
        if self._is_closed:  # a higher epoch has come, or the app has gone
            far.transport.abort()
            return
        far.transport.write(self._unread)
        self._unread, self._far = b"", far
        self.resume_reading()

    async def _serve(self, head: FirstHead, size: int) -> None:
        """Answer requests for the gate itself until the connection ends. Raises RefusedError."""
        while not self._is_closed:
            if head.has_body:
                raise RefusedError(400, "a request for the gate has no body")
            self._unread = self._unread[size:]
            if head.path == SCRIPTS:
                self._carry(head)
                return
            self._answer(*await self._gate.answer(head))
            self.resume_reading()
            try:
                async with asyncio.timeout(IDLE):
                    while END not in self._unread and len(self._unread) <= HEAD_MOST and not self._is_closed:
                        self._came.clear()
                        await self._came.wait()
            except TimeoutError:
                self.close()
                return
            if not self._is_closed:
                head, size = self._head()
                if not head.path.startswith(PREFIX):
                    raise RefusedError(400, "a connection for the gate itself cannot reach Asterisk")

    def _carry(self, head: FirstHead) -> None:
        """Let this connection carry the scripts' requests from now on. Raises RefusedError."""
        self._take = self._gate.link(self, head)
        self.write(f"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: {UPGRADE}\r\n\r\n".encode())
        self.resume_reading()

    def _head(self) -> tuple[FirstHead, int]:
        """Return the first head that waits, and the bytes that it takes. Raises RefusedError."""
        end = self._unread.find(END)
        if not 0 <= end <= HEAD_MOST:
            raise RefusedError(431, f"the head of the request has more than {HEAD_MOST} bytes")
        try:
            return first_head.read(self._unread[:end]), end + len(END)
        except HeadError as error:
            raise RefusedError(400, str(error)) from None

    def _answer(self, status: int, body: bytes, *, is_last: bool = False) -> None:
        lines = [f"HTTP/1.1 {status} {REASONS[status]}"]
        if status in KNOWN_USER:
            lines.append(f"{EPOCH_HEADER}: {self._gate.highest}")
        if status != 204:
            lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        if is_last:
            lines.append("Connection: close")
        self.write("\r\n".join([*lines, "", ""]).encode() + body)
        if is_last:
            self.close()
