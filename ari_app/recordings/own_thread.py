"""Runs a request to another machine in a thread of its own.

A machine that is frozen holds such a thread for many minutes. A few of them would fill the threads that all other work
shares, and would keep the process from its end.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


async def in_own_thread(do: Callable[..., T], *args: object) -> T:
    """Return the result of a function, or raise its error. The process does not wait for it at its end."""
    result: Future[T] = Future()

    def run() -> None:
        try:
            result.set_result(do(*args))
        except BaseException as error:
            result.set_exception(error)

    threading.Thread(target=run, name="another machine", daemon=True).start()
    return await asyncio.shield(asyncio.wrap_future(result))
