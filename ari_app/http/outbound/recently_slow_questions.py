"""Questions whose answer took long lately: a process makes the next answer at once, and no thread tries first."""

import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

SLOW = 1.0  # seconds for one answer
LATELY = 600.0  # seconds


class SlowQuestions:
    """Remembers for ten minutes which questions took more than a second."""

    def __init__(self) -> None:
        self._until: dict[Hashable, float] = {}

    def has(self, question: Hashable) -> bool:
        """Return whether the answer took long lately."""
        return time.monotonic() < self._until.get(question, 0.0)

    @contextmanager
    def watching(self, question: Hashable) -> Iterator[None]:
        """Let the block make an answer, also in another thread, and remember it if that takes long."""
        began = time.monotonic()
        try:
            yield
        finally:
            now = time.monotonic()
            if now - began > SLOW:
                self._until = {one: until for one, until in self._until.items() if until > now}
                self._until[question] = now + LATELY
