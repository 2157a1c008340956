"""Simulated time in the event loop of a test: when nothing is left to do, the time jumps to the next timer.

`asyncio.sleep` and every time limit follow it. The wall clock does not: `time.time` and `time.monotonic` are as ever.
While a thread works, the simulated time stands still; while a socket or a program is open, it passes as real time.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from selectors import BaseSelector, SelectorKey
from typing import Any
from unittest import mock

MAX_SECONDS = 7 * 86_400.0  # of a test; a condition of `until` may never hold
RESOLUTION_SECONDS = 1e-6  # in which timers are due together
MAX_JUMPS = 100_000  # of the time in a test; a script that needs more waits in an endless loop

ReadySockets = list[tuple[SelectorKey, int]]


class ConditionWaits:
    """What a test waits for: each condition is looked at when nothing is left to do."""

    def __init__(self) -> None:
        self._waits: list[tuple[Callable[[], object], asyncio.Future[None]]] = []

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until the condition holds."""
        future = asyncio.get_running_loop().create_future()
        self._waits.append((condition, future))
        await future

    def wake(self) -> bool:
        """Wake the waits whose condition holds; return whether there is one."""
        pending_waits = [wait for wait in self._waits if not wait[1].done()]
        self._waits = [wait for wait in pending_waits if not _resolve_wait(*wait)]
        return len(self._waits) < len(pending_waits)


def _resolve_wait(condition: Callable[[], object], future: "asyncio.Future[None]") -> bool:
    """Resolve a wait whose condition holds, or has failed; return whether it is resolved."""
    try:
        if condition():
            future.set_result(None)
    except Exception as error:
        future.set_exception(error)
    return future.done()


class SimulatedTime:
    """The time of the running event loop.

    `waits` are looked at when nothing is left to do. `fail` is called if nothing more can happen, with a text of the
    reason.
    """

    def __init__(self, waits: ConditionWaits, fail: Callable[[str], None]) -> None:
        self._waits, self._fail = waits, fail
        self._loop = asyncio.get_running_loop()
        self._start_seconds = self._now_seconds = self._loop.time()
        self._selector = _get_selector(self._loop)
        self._own_socket_count = len(self._selector.get_map())
        self._original_select = self._selector.select
        self._original_run_in_executor = self._loop.run_in_executor
        self._thread_count = 0
        self._jumps, self._max_jumps, self._max_seconds = 0, MAX_JUMPS, MAX_SECONDS

    @property
    def seconds(self) -> float:
        """Return the seconds since the start."""
        return round(self._now_seconds - self._start_seconds, 6)

    @contextmanager
    def simulate(self) -> Iterator[None]:
        """Simulate the time within the block."""
        with (
            # By its own resolution of a nanosecond, the loop would run no timer after some millions of seconds: a float
            # has no such digit then.
            mock.patch.object(self._loop, "_clock_resolution", RESOLUTION_SECONDS),
            mock.patch.object(self._selector, "select", self._select),
            mock.patch.object(self._loop, "run_in_executor", self._run_in_executor),
            mock.patch.object(self._loop, "time", lambda: self._now_seconds),
        ):
            yield
        offset_seconds = self._now_seconds - self._loop.time()
        if offset_seconds > 0:  # timers that were set within the block keep their distance
            self._loop.time = lambda: time.monotonic() + offset_seconds  # type: ignore[method-assign]

    def _select(self, timeout: float | None = None) -> ReadySockets:
        ready_sockets = self._original_select(0)
        if ready_sockets or (timeout is not None and timeout <= 0) or self._waits.wake():
            return ready_sockets
        if self._thread_count or len(self._selector.get_map()) > self._own_socket_count:
            return self._wait_in_real_time(timeout)
        if timeout is None:
            self._fail("nothing more can happen")
            return []
        self._now_seconds += timeout
        self._jumps += 1
        if self._jumps > self._max_jumps:
            self._max_jumps += MAX_JUMPS  # for the end of the script, which waits, too
            self._fail(f"the script has waited {MAX_JUMPS:,} times")
        elif self.seconds > self._max_seconds:
            self._max_seconds += MAX_SECONDS
            self._fail("the script still waits")
        return []

    def _wait_in_real_time(self, timeout: float | None) -> ReadySockets:
        start_seconds = time.monotonic()
        ready_sockets = self._original_select(timeout)
        if not (ready_sockets and self._thread_count):
            self._now_seconds += time.monotonic() - start_seconds
        return ready_sockets

    def _run_in_executor(self, executor: Any, function: Callable[..., Any], *arguments: Any) -> "asyncio.Future[Any]":
        future = self._original_run_in_executor(executor, function, *arguments)
        self._thread_count += 1
        future.add_done_callback(self._count_thread_end)
        return future

    def _count_thread_end(self, _: "asyncio.Future[Any]") -> None:
        self._thread_count -= 1


def _get_selector(loop: asyncio.AbstractEventLoop) -> BaseSelector:
    """Return the selector of the loop, which is where it waits. Raises TypeError."""
    selector = getattr(loop, "_selector", None)
    if not isinstance(selector, BaseSelector):
        raise TypeError(f"{type(loop).__name__} has no simulated time: run the test in asyncio's own event loop")
    return selector
