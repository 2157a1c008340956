"""The unfinished requests to one server, and the earlier ones that a new request waits for."""

import asyncio
from collections.abc import Coroutine
from typing import Any

Tasks = set[asyncio.Task[None]]


class RequestOrder:
    """The order of the requests to one server. No request waits for one to another server, which may be frozen."""

    def __init__(self) -> None:
        self._last: dict[str, Tasks] = {}  # by lane and by leg: what the next action waits for
        self._joins: Tasks = set()
        self._running: Tasks = set()

    def before(self, *keys: str) -> Tasks:
        """Return the unfinished tasks that hold one of these lanes or legs."""
        return {task for key in keys for task in self._last.get(key, ())}

    def begin(self, work: Coroutine[Any, Any, None], *holds: str) -> asyncio.Task[None]:
        """Begin a request; the next action with a key of `holds` waits for it."""
        task = asyncio.create_task(work)
        self._running.add(task)
        for key in holds:
            self._last[key] = {task}
        task.add_done_callback(lambda done: self._ended(done, holds))
        return task

    def begin_join(self, work: Coroutine[Any, Any, None], waited_for: Tasks, lane: str, leg: str) -> None:
        """Begin a join. The next action of the lane also waits for what this one waits for."""
        self._joins.add(self.begin(work, lane, leg))
        self._last[lane] |= waited_for

    def without_joins(self, tasks: Tasks) -> Tasks:
        """Return the tasks that are no join: legs join a bridge concurrently."""
        return tasks - self._joins

    async def settled(self) -> None:
        """Wait until every request begun so far is done or has failed."""
        if self._running:
            await asyncio.wait(set(self._running))

    def cancel(self) -> None:
        """Cancel all unfinished requests."""
        for task in self._running:
            task.cancel()

    def _ended(self, task: asyncio.Task[None], holds: tuple[str, ...]) -> None:
        self._running.discard(task)
        self._joins.discard(task)
        for key in holds:
            waited_for = self._last.get(key, set())
            waited_for.discard(task)
            if not waited_for:
                self._last.pop(key, None)
        if not task.cancelled():
            task.result()  # reports a bug in a request to the event loop
