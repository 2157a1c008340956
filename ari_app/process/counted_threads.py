"""Threads with a limit of the work that waits for them, whether or not its client still waits."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from warmline.text.coded_error import CodedError

P = ParamSpec("P")
T = TypeVar("T")


class CountedThreads:
    """`count` threads. `most` pieces of work wait for one or are in one; `full` makes the error for more of them."""

    def __init__(self, name: str, count: int, most: int, full: Callable[[int], CodedError]) -> None:
        self._threads = ThreadPoolExecutor(count, name)
        self._most, self._full = most, full
        self._count = 0

    async def run(self, do: Callable[P, T], *args: P.args, **more: P.kwargs) -> T:
        """Run work in a thread. It stays counted, and goes on, if the caller is cancelled.

        Raises the error of `full`, and what `do` raises.
        """
        if self._count >= self._most:
            raise self._full(self._count)
        work = asyncio.get_running_loop().run_in_executor(self._threads, lambda: do(*args, **more))
        self._count += 1
        work.add_done_callback(self._ended)
        return await asyncio.shield(work)

    def close(self) -> None:
        """Cancel what has not begun, and accept no more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _ended(self, _work: "asyncio.Future[T]") -> None:
        self._count -= 1
