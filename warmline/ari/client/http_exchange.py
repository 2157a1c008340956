"""One connection to Asterisk's HTTP server: sends a request, and reads its answer.

It reads what HTTP/1.1 allows in an answer, and keeps nothing but the status, its reason and the body.
"""

import asyncio
from functools import lru_cache
from typing import NamedTuple, cast

HEAD_MAX_BYTES = 64 * 1024  # of the status line and the headers
BODYLESS_STATUSES = (204, 304)


class HttpFault(ConnectionError):
    """The connection ended before the answer, or the answer is not HTTP."""


class HttpAnswer(NamedTuple):
    status: int
    reason: str
    body: bytes


class _Head(NamedTuple):
    status: int
    reason: str
    length: int | None  # of the body in bytes; None if it has chunks, or ends with the connection
    is_chunked: bool
    keeps_open: bool  # open for another request


class HttpExchange(asyncio.Protocol):
    """A connection that carries one request at a time. `is_usable` while it is open and has no unread answer."""

    def __init__(self) -> None:
        self.is_usable = True
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[HttpAnswer] | None = None
        self._head: _Head | None = None
        self._buffer = b""
        self._unfinished_body: bytearray | None = None  # to which pieces are appended without a copy of the others
        self._body_length = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one without saying so

    def send(self, request: bytes) -> "asyncio.Future[HttpAnswer]":
        """Send a request; return the future of its answer, which can have an HttpFault."""
        assert self._transport and self._answer is None
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self._answer

    def close(self) -> None:
        """End the connection immediately; its answer, if one is awaited, comes no more."""
        self.is_usable = False
        if self._transport:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        if self._unfinished_body is not None:
            self._unfinished_body += data
            if len(self._unfinished_body) < self._body_length:
                return
            self._buffer, self._unfinished_body = bytes(self._unfinished_body), None
        else:
            self._buffer = self._buffer + data if self._buffer else data
        if self._answer is None:
            self.close()  # nothing was asked
            return
        try:
            if answer := self._parse_answer():
                self._finish(answer)
        except ValueError as error:
            self._fail(f"the answer is not HTTP: {error}")

    def connection_lost(self, error: Exception | None) -> None:
        self.is_usable = False
        head = self._head
        if error is None and head and head.length is None and not head.is_chunked:
            self._finish(HttpAnswer(head.status, head.reason, self._buffer))
        else:
            self._fail("the connection was closed before the answer")

    def _finish(self, answer: HttpAnswer) -> None:
        future, self._answer, self._head = self._answer, None, None
        if future and not future.done():
            future.set_result(answer)

    def _fail(self, reason: str) -> None:
        self.close()
        future, self._answer = self._answer, None
        if future and not future.done():
            future.set_exception(HttpFault(reason))

    def _parse_answer(self) -> HttpAnswer | None:
        """Return the answer if all of it has come. Raises ValueError."""
        while self._head is None:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                if len(self._buffer) > HEAD_MAX_BYTES:
                    raise ValueError(f"its head has more than {HEAD_MAX_BYTES} bytes")
                return None
            head, self._buffer = _parse_head(self._buffer[:end]), self._buffer[end + 4 :]
            if head.status >= 200:  # others announce the answer
                self._head = head
        status, reason, length, is_chunked, keeps_open = self._head
        if is_chunked:
            body_and_rest = _join_chunks(self._buffer)
            if body_and_rest is None:
                return None
            body, self._buffer = body_and_rest
        elif length is None:
            return None
        elif len(self._buffer) < length:
            self._unfinished_body, self._body_length = bytearray(self._buffer), length
            return None
        else:
            body, self._buffer = self._buffer[:length], self._buffer[length:]
        if not keeps_open or self._buffer:
            self.close()
        return HttpAnswer(status, reason, body)


@lru_cache(maxsize=16)
def _parse_head(text: bytes) -> _Head:
    """Return the head of an answer. Raises ValueError.

    It is cached, because the answers of one second differ in little more than the time.
    """
    status_line, *lines = text.split(b"\r\n")
    version, _, remainder = status_line.partition(b" ")
    code, _, reason = remainder.partition(b" ")
    if not version.startswith(b"HTTP/1.") or len(code) != 3 or not code.isdigit():
        raise ValueError(f"it begins with {status_line[:80]!r}")
    status, length, is_chunked, keeps_open = int(code), None, False, version != b"HTTP/1.0"
    for line in lines:
        name, _, value = line.partition(b":")
        match name.lower():
            case b"content-length":
                if length not in (None, new_length := _parse_length(value.strip(), 10)):
                    raise ValueError(f"it has two lengths: {length} and {new_length}")
                length = new_length
            case b"transfer-encoding":
                is_chunked = value.strip().lower() == b"chunked"
                if not is_chunked:
                    raise ValueError(f"its body is sent as {value[:80]!r}")
            case b"connection":
                keeps_open = keeps_open and b"close" not in value.lower()
    if status in BODYLESS_STATUSES:
        return _Head(status, reason.decode("latin-1"), 0, is_chunked=False, keeps_open=keeps_open)
    return _Head(
        status, reason.decode("latin-1"), None if is_chunked else length, is_chunked=is_chunked, keeps_open=keeps_open
    )


def _join_chunks(text: bytes) -> tuple[bytes, bytes] | None:
    """Return the body in these chunks, and the bytes behind it; None if chunks are missing. Raises ValueError."""
    chunks: list[bytes] = []
    offset = 0
    while (end := text.find(b"\r\n", offset)) >= 0:
        chunk_bytes = _parse_length(text[offset:end].partition(b";")[0].strip(), 16)
        offset = end + 2
        if not chunk_bytes:
            return _skip_trailers(text, offset, b"".join(chunks))
        if len(text) < offset + chunk_bytes + 2:
            return None
        if text[offset + chunk_bytes : offset + chunk_bytes + 2] != b"\r\n":
            raise ValueError("a chunk is longer than it says")
        chunks.append(text[offset : offset + chunk_bytes])
        offset += chunk_bytes + 2
    return None


def _skip_trailers(text: bytes, offset: int, body: bytes) -> tuple[bytes, bytes] | None:
    while (end := text.find(b"\r\n", offset)) >= 0:
        if end == offset:
            return body, text[end + 2 :]
        offset = end + 2
    return None


def _parse_length(digits: bytes, base: int) -> int:
    """Return a length. Raises ValueError; `int` alone would allow signs, spaces and underscores."""
    if not digits or not all(digit in b"0123456789abcdefABCDEF"[: 10 if base == 10 else None] for digit in digits):
        raise ValueError(f"{digits[:80]!r} is no length")
    return int(digits, base)
