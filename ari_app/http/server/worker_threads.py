"""The threads of the HTTP server: some for commands, and few for reports, which may take long."""

import asyncio
import os
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http import HTTPStatus
from typing import ParamSpec, TypeVar

from ari_app.http.server.problems import ProblemRaised
from warmline.store.database.reading import MAX_READ_SECONDS, within

FOR_COMMANDS = 4  # threads
FOR_REPORTS = 2
NICE = 10  # of the threads for reports, beside the other threads of this process
OF_TOKEN = 2  # reports at once per token

P = ParamSpec("P")
T = TypeVar("T")


class WorkerThreads:
    """Two pools, so that reports never delay an agent's dial."""

    def __init__(self) -> None:
        self._commands = ThreadPoolExecutor(FOR_COMMANDS, "commands")
        self._reports = ThreadPoolExecutor(FOR_REPORTS, "reports", initializer=_give_way)
        self._of: Counter[str] = Counter()

    async def look_up(self, do: Callable[P, T], *args: P.args, **more: P.kwargs) -> T:
        """Run a look-up for a command, such as a dial rule, a receipt or a key. Raises what `do` raises."""
        return await asyncio.get_running_loop().run_in_executor(self._commands, lambda: do(*args, **more))

    async def report(self, asker: str, do: Callable[P, T], *args: P.args, **more: P.kwargs) -> T:
        """Run a long query for a token; it is interrupted after 5 s.

        `asker` is the client's name; "" is not counted. Raises ProblemRaised (429: it has two running reports),
        ReadInterrupted, and what `do` raises.
        """
        if asker and self._of[asker] >= OF_TOKEN:
            raise ProblemRaised(
                HTTPStatus.TOO_MANY_REQUESTS,
                "too_many_reports",
                "{client} has {count} reports running; wait until one has ended",
                client=asker,
                count=OF_TOKEN,
                headers={"Retry-After": "1"},
            )
        reading = asyncio.get_running_loop().run_in_executor(self._reports, lambda: _in_time(lambda: do(*args, **more)))
        self._of[asker] += 1
        reading.add_done_callback(lambda _: self._end(asker))  # even if the client disconnected
        return await reading

    def close(self) -> None:
        """Cancel work that has not begun, and accept no more."""
        for pool in (self._commands, self._reports):
            pool.shutdown(wait=False, cancel_futures=True)

    def _end(self, asker: str) -> None:
        self._of[asker] -= 1
        self._of += Counter()  # drops tokens without reports


def _give_way() -> None:
    """Lower the priority of this thread, to which a nice value belongs on Linux.

    The system calls of a service can be restricted. An error in an initializer would end the whole pool.
    """
    with suppress(PermissionError):
        os.nice(NICE)


async def in_time(do: Callable[P, T], *args: P.args, **more: P.kwargs) -> T:
    """Run other work in a thread of the event loop's default pool. Raises ReadInterrupted."""
    return await asyncio.to_thread(lambda: _in_time(lambda: do(*args, **more)))


def _in_time(do: Callable[[], T]) -> T:
    with within(time.monotonic() + MAX_READ_SECONDS):
        return do()
