"""Bytes that a client sends in pieces, for the doors that read a stream."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from hypothesis import strategies as st

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def cut(draw: st.DrawFn, whole: bytes) -> list[bytes]:
    """Return the bytes in one to four pieces."""
    cuts = sorted(draw(st.lists(st.integers(0, len(whole)), max_size=3)))
    return [whole[start:end] for start, end in zip([0, *cuts], [*cuts, len(whole)], strict=True)]


async def exchanged(connection: Connection, pieces: Sequence[bytes], *, shut: bool, patience: float | None) -> bytes:
    """Send the pieces; return what comes until the server closes the connection, or for `patience` seconds."""
    reader, writer = connection
    came = b""
    try:
        for piece in pieces:
            writer.write(piece)
            await asyncio.sleep(0)  # a turn between two pieces, so that they arrive separately
        with suppress(OSError, TimeoutError):  # the server may have closed it already
            if shut:
                writer.write_eof()
            async with asyncio.timeout(patience):
                while piece := await reader.read(65536):
                    came += piece
    finally:
        writer.transport.abort()
    return came
