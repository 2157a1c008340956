"""Simulated time in the event loop of a test: when nothing is left to do, the time jumps to the next timer.

`asyncio.sleep` and every time limit follow it. The clock of the wall does not: `time.time` and `time.monotonic` are as
ever. While a thread works, time stands still; while a socket or a program is open, it passes as on the wall.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from selectors import BaseSelector, SelectorKey
from typing import Any
from unittest import mock

MAX_JUMPS = 100_000  # of a test; after them, a script is taken for one that waits in a circle

Ready = list[tuple[SelectorKey, int]]


class SimulatedTime:
    """The time of the running event loop.

    `wake_waits` is called when nothing is left to do; it returns whether it has made new work. `fail` is called if
    nothing more can happen, with a text of the reason.
    """

    def __init__(self, wake_waits: Callable[[], bool], fail: Callable[[str], None]) -> None:
        self._wake_waits, self._fail = wake_waits, fail
        self._loop = asyncio.get_running_loop()
        self._start_seconds = self._now_seconds = self._loop.time()
        self._selector = _get_selector(self._loop)
        self._sockets = len(self._selector.get_map())  # the loop's own
        self._really_select = self._selector.select
        self._really_run = self._loop.run_in_executor
        self._threads = 0
        self._jumps = 0

    @property
    def seconds(self) -> float:
        """Return the seconds since the begin."""
        return round(self._now_seconds - self._start_seconds, 6)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Simulate the time within the block."""
        with (
            mock.patch.object(self._selector, "select", self._select),
            mock.patch.object(self._loop, "run_in_executor", self._in_thread),
            mock.patch.object(self._loop, "time", lambda: self._now_seconds),
        ):
            yield
        offset_seconds = self._now_seconds - self._loop.time()
        if offset_seconds > 0:  # timers that were set within the block keep their distance
            self._loop.time = lambda: time.monotonic() + offset_seconds  # type: ignore[method-assign]

    def _select(self, timeout: float | None = None) -> Ready:
        ready = self._really_select(0)
        if ready or (timeout is not None and timeout <= 0) or self._wake_waits():
            return ready
        if self._threads or len(self._selector.get_map()) > self._sockets:
            return self._really_wait(timeout)
        if timeout is None:
            self._fail("nothing more can happen")
            return []
        self._now_seconds += timeout
        self._jumps += 1
        if self._jumps > MAX_JUMPS:
            self._fail(f"the script has waited {MAX_JUMPS:,} times")
        return []

    def _really_wait(self, timeout: float | None) -> Ready:
        start = time.monotonic()
        ready = self._really_select(timeout)
        if not (ready and self._threads):
            self._now_seconds += time.monotonic() - start
        return ready

    def _in_thread(self, executor: Any, function: Callable[..., Any], *arguments: Any) -> "asyncio.Future[Any]":
        future = self._really_run(executor, function, *arguments)
        self._threads += 1
        future.add_done_callback(self._thread_ended)
        return future

    def _thread_ended(self, _: "asyncio.Future[Any]") -> None:
        self._threads -= 1


def _get_selector(loop: asyncio.AbstractEventLoop) -> BaseSelector:
    """Return the selector of the loop, which is where it waits. Raises TypeError."""
    selector = getattr(loop, "_selector", None)
    if not isinstance(selector, BaseSelector):
        raise TypeError(f"{type(loop).__name__} has no simulated time: run the test in asyncio's own event loop")
    return selector
