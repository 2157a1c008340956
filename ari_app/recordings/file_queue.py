"""Slow work on files, one item at a time in at most one thread. No call waits for it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

FIRST_PAUSE, LONGEST_PAUSE = 60.0, 3600.0  # seconds until a file that could not be used is retried

log = logging.getLogger("warmline.files")

Piece = TypeVar("Piece", bound=Hashable)
Done = TypeVar("Done")


class FileQueue(Generic[Piece, Done]):
    """Pending items. `do` handles one; `post` receives its result.

    `do` raises OSError if the file cannot be used now. The item is retried after a minute, then after twice as long
    each time, up to an hour. An item that is unfinished at shutdown is requested again at the next start.
    """

    def __init__(self, do: Callable[[Piece], Awaitable[Done]], post: Callable[[Done], None]) -> None:
        self._do = do
        self._post = post
        self._waiting: asyncio.Queue[Piece] = asyncio.Queue()
        self._asked: set[Piece] = set()
        self._pauses: dict[Piece, float] = {}  # seconds until the next try of an item that failed

    def ask(self, piece: Piece) -> None:
        """Add an item and return at once; an item that is already pending is not added again."""
        if piece not in self._asked:
            self._asked.add(piece)
            self._waiting.put_nowait(piece)

    async def run(self) -> None:
        """Handle items without end. A cancelled item is requested again at the next start."""
        while True:
            piece = await self._waiting.get()
            try:
                self._post(await self._do(piece))
            except OSError as error:
                self._again(piece, error)
                continue
            except Exception:  # a bug: other items continue, and this one is requested again at the next start
                log.exception("%s cannot be done", piece)
            self._asked.discard(piece)
            self._pauses.pop(piece, None)

    def _again(self, piece: Piece, error: OSError) -> None:
        pause = self._pauses[piece] = min(self._pauses.get(piece, FIRST_PAUSE / 2) * 2, LONGEST_PAUSE)
        log.warning("%s failed; retrying in %g s: %s", piece, pause, error)
        asyncio.get_running_loop().call_later(pause, self._waiting.put_nowait, piece)
