"""Wakes every task that waits for the next change."""

import asyncio


class Broadcast:
    """A task that takes `next_ring()` before it reads the current state misses no later change."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def ring(self) -> None:
        """Wake all waiting tasks."""
        self._next.set()
        self._next = asyncio.Event()

    def next_ring(self) -> asyncio.Event:
        """Return the event that the next `ring` sets."""
        return self._next
