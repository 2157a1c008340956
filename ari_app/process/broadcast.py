"""Wakes everybody who waits."""

import asyncio


class Broadcast:
    """One who takes `next_ring()` before he looks at what there is misses nothing that comes after."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def ring(self) -> None:
        """Wake all who wait now."""
        self._next.set()
        self._next = asyncio.Event()

    def next_ring(self) -> asyncio.Event:
        """What is set when the bell rings next."""
        return self._next
