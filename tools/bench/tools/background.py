"""Tasks that run beside a measurement."""

import asyncio
from collections.abc import Coroutine
from typing import Any


class Background:
    """Tasks that are not awaited one by one; an async context manager, which cancels the remaining ones at its end.

    An exception of a task is raised then, unless another exception has already been raised.
    """

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()
        self._problem: BaseException | None = None

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Start a task, and return at once."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)

    def __bool__(self) -> bool:
        """Return whether any task still runs."""
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
            problem = task.exception()  # read of each task, because asyncio logs exceptions that are never read
            self._problem = self._problem or problem
