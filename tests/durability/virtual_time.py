"""An event loop in virtual time, and threads, queues and events that wait in it: no run depends on a real clock.

A thread is a greenlet. It runs until it waits, and then the loop continues, so that each run with a seed is the same.
"""

import asyncio
import selectors
from collections import deque
from collections.abc import Callable
from queue import Empty
from typing import Any, Generic, TypeVar

from greenlet import GreenletExit, getcurrent, greenlet  # type: ignore[import-untyped]

T = TypeVar("T")

DEADLOCK = "all tasks wait, and no timer is set"


class _Jump(selectors.SelectSelector):
    """Advances the time of the loop instead of waiting."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError(DEADLOCK)
        self.now += max(0.0, timeout)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose time jumps to the next timer."""

    def __init__(self) -> None:
        self._jump = _Jump()
        super().__init__(self._jump)
        self.set_exception_handler(self._failed)
        self.failure: BaseException | None = None  # the first error that no task has received
        self.threads: list[Thread] = []

    def time(self) -> float:
        return self._jump.now

    def close(self) -> None:
        """End the threads, whose suspended frames would never be freed, and close the loop."""
        for thread in self.threads:
            thread.end()
        super().close()

    def _write_to_self(self) -> None:
        """Wake no selector: everything runs in one thread."""

    def _failed(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if error and not self.failure:
            self.failure = error


def pause(seconds: float) -> None:
    """Let a simulated thread wait. Outside of a thread, such as at a start, no time passes."""
    if seconds > 0 and getcurrent().parent:
        asyncio.get_running_loop().call_later(seconds, getcurrent().switch)
        _wait()


def _wait() -> None:
    parent = getcurrent().parent
    assert parent, "only a simulated thread can wait"
    parent.switch()


class Thread:
    """Stands for threading.Thread."""

    def __init__(self, target: Callable[[], None], name: str = "", *, daemon: bool = False) -> None:
        self._body = greenlet(target)

    def start(self) -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        loop.threads.append(self)
        loop.call_soon(self._body.switch)

    def end(self) -> None:
        """End the thread where it waits."""
        self._body.throw(GreenletExit)


class Event:
    """Stands for threading.Event, for one waiting thread."""

    def __init__(self) -> None:
        self._set = False

    def is_set(self) -> bool:
        return self._set

    def set(self) -> None:
        self._set = True

    def wait(self, timeout: float) -> bool:
        pause(timeout)
        return self._set


class SimpleQueue(Generic[T]):
    """Stands for queue.SimpleQueue, for one waiting thread."""

    def __init__(self) -> None:
        self._items: deque[T] = deque()
        self._waits: Any = None

    def put(self, item: T) -> None:
        self._items.append(item)
        if self._waits:
            asyncio.get_running_loop().call_soon(self._waits.switch)
            self._waits = None

    def get(self) -> T:
        while not self._items:
            self._waits = getcurrent()
            _wait()
        return self._items.popleft()

    def get_nowait(self) -> T:
        if not self._items:
            raise Empty
        return self._items.popleft()


class Threading:
    """Stands for the module threading."""

    Thread, Event = Thread, Event
