"""Awaiting things by events: each wait is bounded and says what did not come."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class WaitTimeout(TimeoutError):
    """Something awaited did not happen in its time; the text says what, and what happened instead."""


class Changed:
    """Wakes everyone who awaits something here, each time something may have changed."""

    def __init__(self) -> None:
        self._changed = asyncio.Event()

    def tell(self) -> None:
        """Something may have changed."""
        self._changed.set()

    async def until(self, find: Callable[[], T | None], within: float, what: str) -> T:
        """Await that `find()` gives something, asked now and after each change, and return it.

        Raises Late after `within` seconds, its text beginning with `what`; and whatever `find` raises.
        """
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                while (found := find()) is None:
                    self._changed.clear()
                    await self._changed.wait()
                return found
        if (found := find()) is not None:  # it came, and we were not let to look
            return found
        raise WaitTimeout(f"{what} within {within:g} s")
