"""Reads the frames of a stream socket, of a bounded size.

A follower gets hundreds of messages a second and takes a FrameProtocol, which needs no task and no time limit for each.
"""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar, cast

import msgspec

from warmline.system.socket_messages.frame import LENGTH
from warmline.text.coded_error import CodedError

LARGEST = 256 * 1024  # bytes of a message to the call process
LARGEST_BACK = 16 * 1024 * 1024  # bytes of a message from it

LONGEST_NAME = 80  # characters of a message's name in an error
UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

M = TypeVar("M")


class FrameError(CodedError):
    """The other side sent something that is no message."""


class FrameReader(Generic[M]):
    """Reads messages of type `kind`, which may be a union, of at most `largest` bytes each."""

    def __init__(self, reader: asyncio.StreamReader, kind: object, largest: int) -> None:
        self._reader = reader
        self._decoder: msgspec.msgpack.Decoder[M] = msgspec.msgpack.Decoder(kind)
        self._largest = largest

    async def next(self) -> M | None:
        """Return the next message; None at the end of the stream. Raises FrameError, OSError."""
        try:
            size = _size(await self._reader.readexactly(LENGTH), self._largest)
            return self._decoder.decode(await self._reader.readexactly(size))
        except asyncio.IncompleteReadError:
            return None
        except UNREADABLE as error:
            raise unreadable(error) from None


class FrameProtocol(asyncio.Protocol, Generic[M]):
    """Gives messages of type `kind`, of at most `largest` bytes each, to `take` as they come.

    `ended` is done when the connection has ended. It has the error of `take`, an OSError, or a FrameError.
    """

    def __init__(self, kind: object, largest: int, take: Callable[[M], None]) -> None:
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.ended.add_done_callback(_read_error)  # it has no other reader if the program stops at that moment
        self._decoder: msgspec.msgpack.Decoder[M] = msgspec.msgpack.Decoder(kind)
        self._largest = largest
        self._take = take
        self._unread = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one without saying so

    def data_received(self, data: bytes) -> None:
        unread = self._unread + data if self._unread else data
        begin = 0
        try:
            while len(unread) - begin >= LENGTH and not self.ended.done():
                end = begin + LENGTH + _size(unread[begin : begin + LENGTH], self._largest)
                if end > len(unread):
                    break
                message = self._decoder.decode(unread[begin + LENGTH : end])
                begin = end
                self._take(message)
        except UNREADABLE as error:
            self._end(unreadable(error))
        except Exception as error:  # it ends the connection, and the program that awaits the end
            self._end(error)
        self._unread = unread[begin:]

    def connection_lost(self, error: Exception | None) -> None:
        self._end(error)

    def _end(self, error: Exception | None) -> None:
        if self.ended.done():
            return
        if error:
            self.ended.set_exception(error)
        else:
            self.ended.set_result(None)
        if self._transport:
            self._transport.abort()


def _read_error(ended: "asyncio.Future[None]") -> None:
    """Read the error of a future, so that asyncio does not log it."""
    if not ended.cancelled():
        ended.exception()


def _size(head: bytes, largest: int) -> int:
    """Return the bytes of the next message. Raises FrameError."""
    size = int.from_bytes(head, "big")
    if not 0 < size <= largest:
        raise FrameError(
            "frame_size", "a message of {size} bytes came; allowed: 1 to {largest}", size=size, largest=largest
        )
    return size


def unreadable(error: Exception) -> FrameError:
    """Return the error for a message that has another form than allowed."""
    return FrameError("frame_unreadable", "a message cannot be read: {why}", why=error)


def not_allowed(message: object) -> FrameError:
    """Return the error for a message that the other side may not send here."""
    return FrameError("message_not_allowed", "message {name} is not allowed here", name=_name(message))


def _name(message: object) -> str:
    return str(getattr(message, "method", type(message).__name__))[:LONGEST_NAME]
