"""Reads the frames of a stream socket, of a bounded size."""

import asyncio
from typing import Generic, TypeVar

import msgspec

from warmline.system.socket_messages.frame import LENGTH
from warmline.text.coded_error import CodedError

LARGEST = 256 * 1024  # bytes of a message to the call process
LARGEST_BACK = 16 * 1024 * 1024  # bytes of a message from it

LONGEST_NAME = 80  # characters of a message's name in an error

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
            size = int.from_bytes(await self._reader.readexactly(LENGTH), "big")
            if not 0 < size <= self._largest:
                raise FrameError(
                    "frame_size",
                    "a message of {size} bytes came; allowed: 1 to {largest}",
                    size=size,
                    largest=self._largest,
                )
            return self._decoder.decode(await self._reader.readexactly(size))
        except asyncio.IncompleteReadError:
            return None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise unreadable(error) from None


def unreadable(error: Exception) -> FrameError:
    """Return the error for a message that has another form than allowed."""
    return FrameError("frame_unreadable", "a message cannot be read: {why}", why=error)


def not_allowed(message: object) -> FrameError:
    """Return the error for a message that the other side may not send here."""
    return FrameError("message_not_allowed", "message {name} is not allowed here", name=_name(message))


def _name(message: object) -> str:
    return str(getattr(message, "method", type(message).__name__))[:LONGEST_NAME]
