"""The real page in Chromium before a server with invented screens, for tests that need no call."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from tests.browser.chromium import CHROMIUM
from tests.browser.fake_server import ME, FakeServer
from tests.browser.overviews import OVERVIEWS
from tests.browser.stage import AXE, SIZE, WATCH, WITHIN
from tests.debian_program import ensure

SMALL = {"width": 640, "height": 360}  # 1280x720 at 200 % zoom


@asynccontextmanager
async def opened_browser() -> AsyncIterator[Browser]:
    """Open a Chromium with a microphone that beeps."""
    found = await asyncio.to_thread(ensure, CHROMIUM, print)
    fake = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=found.command[0], env={**found.environ}, args=[*fake]
        )
        yield browser
        await browser.close()


@dataclass
class DrawnPage:
    """A page, and the server that it talks to."""

    page: Page
    server: FakeServer

    async def until(self, holds: Callable[[], Awaitable[Any]]) -> None:
        """Wait until something holds; the policy forbids Playwright's own way."""
        end = time.monotonic() + WITHIN
        while not await holds():
            assert time.monotonic() < end, await self.page.inner_text("body")
            await asyncio.sleep(0.02)  # the page cannot report it

    async def show(self, screen: str, **sections: Any) -> None:
        """Show a state, and wait until it is drawn."""
        await self.server.show(screen, **sections)
        seq = self.server.sent
        await self.until(lambda: self.page.evaluate("seq => Number(document.body.dataset.seq) >= seq", seq))

    async def axe(self) -> list[str]:
        """Return what axe finds: the rule and the element of each violation."""
        devtools = await self.page.context.new_cdp_session(self.page)
        script = {"expression": AXE.read_text(), "allowUnsafeEvalBlockedByCSP": True}
        if not await self.page.evaluate("'axe' in window"):
            await devtools.send("Runtime.evaluate", script)
        told = await self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [f"{one['id']}: {node['html']}" for one in told["violations"] for node in one["nodes"]]

    async def commands(self, count: int) -> list[tuple[str, str, Any]]:
        """Wait for so many requests that change something, and return them."""

        async def enough() -> bool:
            return len(self.server.requests) >= count

        await self.until(enough)
        return self.server.requests

    async def focus(self) -> str:
        """Return the id of the element that has the focus."""
        found: str = await self.page.evaluate("document.activeElement.id || document.activeElement.tagName")
        return found


@asynccontextmanager
async def drawn(
    browser: Browser, screen: str = "ready", *, me: Any = ME, view: str = "", logged_in: bool = True, **how: Any
) -> AsyncIterator[DrawnPage]:
    """Open the page in a state; at the end, it may have had no fault. `how` are arguments of new_context.

    `me` is who is logged in, and `view` the view in the page's address. The state may be an overview.
    """
    given = {"overview": screen} if screen in OVERVIEWS else {"screen": screen}
    server = FakeServer(**given, me=me, logged_in=logged_in)
    url = await server.start() + (view and f"?view={view}")
    context = await browser.new_context(**{"viewport": SIZE, "permissions": ["microphone"], **how})
    await context.add_init_script(WATCH)
    page = await context.new_page()
    try:
        await page.goto(url)
        one = DrawnPage(page, server)
        await one.until(lambda: page.evaluate("document.body.dataset.seq > 0 || document.forms.length > 0"))
        yield one
        assert await page.evaluate("window.faults") == []
    finally:
        await context.close()
        await server.stop()
