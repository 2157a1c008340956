"""Slow work on files, one piece at a time: no call waits for it, and it takes no more than one thread from others."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

FIRST_PAUSE, LONGEST_PAUSE = 60.0, 3600.0  # seconds until a file that could not be had is tried again

log = logging.getLogger("warmline.files")

Piece = TypeVar("Piece", bound=Hashable)
Done = TypeVar("Done")


class FileQueue(Generic[Piece, Done]):
    """The pieces that wait. `do` does one; `post` takes what has become of it.

    For one whose file cannot be had now `do` raises OSError. It has its turn again a minute later, then after twice as
    long each time, at least once an hour. What was under way at the end has its turn at the next start.
    """

    def __init__(self, do: Callable[[Piece], Awaitable[Done]], post: Callable[[Done], None]) -> None:
        self._do = do
        self._post = post
        self._waiting: asyncio.Queue[Piece] = asyncio.Queue()
        self._asked: set[Piece] = set()
        self._pauses: dict[Piece, float] = {}  # seconds until one that could not be done is tried again

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
                self._again(piece, error)
                continue
            except Exception:  # a bug; the others have their turn, this one has it at the next start
                log.exception("%s cannot be done", piece)
            self._asked.discard(piece)
            self._pauses.pop(piece, None)

    def _again(self, piece: Piece, error: OSError) -> None:
        pause = self._pauses[piece] = min(self._pauses.get(piece, FIRST_PAUSE / 2) * 2, LONGEST_PAUSE)
        log.warning("%s is tried again in %g s: %s", piece, pause, error)
        asyncio.get_running_loop().call_later(pause, self._waiting.put_nowait, piece)
