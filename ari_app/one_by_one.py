"""Slow work on files, one piece at a time: no call waits for it, and it takes no more than one thread from others."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

log = logging.getLogger("warmline.files")

Piece = TypeVar("Piece", bound=Hashable)
Done = TypeVar("Done")


class OneByOne(Generic[Piece, Done]):
    """The pieces that wait. `do` does one; `post` takes what has become of it.

    For one whose file cannot be had now `do` raises OSError. It has its turn at the next start, as what was under way.
    """

    def __init__(self, do: Callable[[Piece], Awaitable[Done]], post: Callable[[Done], None]) -> None:
        self._do = do
        self._post = post
        self._waiting: asyncio.Queue[Piece] = asyncio.Queue()
        self._asked: set[Piece] = set()

    def ask(self, piece: Piece) -> None:
        """Do this one too, once, however often it is asked; returns at once."""
        if piece not in self._asked:
            self._asked.add(piece)
            self._waiting.put_nowait(piece)

    async def run(self) -> None:
        """Work for ever. What it is at when it is cancelled is broken off, and asked again at the next start."""
        while True:
            piece = await self._waiting.get()
            try:
                self._post(await self._do(piece))
            except OSError as error:
                log.warning("%s has to wait for the next start: %s", piece, error)
            except Exception:  # a bug; the others have their turn, this one has it at the next start
                log.exception("%s cannot be done", piece)
            self._asked.discard(piece)
