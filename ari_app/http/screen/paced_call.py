"""A function that is called soon after each request for it, and seldom enough, however often it is requested."""

import asyncio
from collections.abc import Callable


class PacedCall:
    """Calls `do` at most once in `every` seconds for all requests since the last call, the first one at once."""

    def __init__(self, every: float, do: Callable[[], None]) -> None:
        self._every, self._do = every, do
        self._next = 0.0  # on the loop's clock
        self._planned: asyncio.TimerHandle | None = None

    def ask(self) -> None:
        """Call it when the last call is long enough ago."""
        if self._planned is None:
            loop = asyncio.get_running_loop()
            self._planned = loop.call_at(max(self._next, loop.time()), self.now)

    def now(self) -> None:
        """Call it now, for all earlier requests too."""
        if self._planned:
            self._planned.cancel()
        self._planned, self._next = None, asyncio.get_running_loop().time() + self._every
        self._do()
