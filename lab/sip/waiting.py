"""Waits for events: each wait has a time limit, and names what did not happen."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class WaitTimeout(TimeoutError):
    """An awaited event did not happen in time; the text names it, and what happened instead."""


class Changed:
    """Wakes all waiting tasks each time something may have changed."""

    def __init__(self) -> None:
        self._changed = asyncio.Event()

    def tell(self) -> None:
        """Wake the waiting tasks."""
        self._changed.set()

    async def until(self, find: Callable[[], T | None], within: float, what: str) -> T:
        """Wait until `find()` returns a value, and return it; `find` is called now and after each change.

        Raises WaitTimeout after `within` seconds, with a text that begins with `what`; and whatever `find` raises.
        """
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                while (found := find()) is None:
                    self._changed.clear()
                    await self._changed.wait()
                return found
        if (found := find()) is not None:  # it came while this task did not run
            return found
        raise WaitTimeout(f"{what} within {within:g} s")
