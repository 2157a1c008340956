"""What goes on beside a measurement."""

import asyncio
from collections.abc import Coroutine
from typing import Any


class Background:
    """Tasks that nobody awaits one by one; an async context manager. At its end it gives up what still goes on.

    What went wrong in one of them is raised then, unless something else has already gone wrong.
    """

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()
        self._problem: BaseException | None = None

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin; returns at once."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)

    def __bool__(self) -> bool:
        """Whether any of them still goes on."""
        return bool(self._running)

    async def __aenter__(self) -> "Background":
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        if self._problem and kind is None:
            raise self._problem

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            problem = task.exception()  # of each: what nobody asks for asyncio complains of
            self._problem = self._problem or problem
