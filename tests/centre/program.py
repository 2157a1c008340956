"""A program with `warmline.centre()` beside an app whose Asterisk is simulated, in virtual time."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from tests.cli.app import App
from tools.simulation.asterisk.recorded_driver import RecordedDriver

LIMIT_SECONDS = 20.0  # then the program has waited for what never came


class Program:
    """Runs what a program does. `driver` is the call centre behind the app."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.driver: RecordedDriver = app.site.driver

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a program, while the app works in another thread."""
        with self.app.site.turning():
            asyncio.run(asyncio.wait_for(work, LIMIT_SECONDS))

    async def lets(self, happens: Callable[[], object]) -> None:
        """Let something happen in the call centre."""

        async def change() -> None:
            happens()

        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(change(), self.app.site.loop))

    async def meanwhile(self, work: Awaitable[Any], happens: Callable[[], object]) -> Any:
        """Await what waits for events, and let something happen as soon as it reads them."""
        self.app._readers.came.clear()
        task = asyncio.ensure_future(work)
        read = asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self.app._readers.came.wait(), self.app.site.loop))
        await asyncio.wait((task, read), return_when=asyncio.FIRST_COMPLETED)
        read.cancel()
        await self.lets(happens)
        return await task
