"""The real page in Chromium before a server with invented screens, for tests that need no call."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.async_api import Browser, Page, Request, async_playwright, expect

from tests.browser.chromium import HEADLESS_SHELL, SCHEMES, WITHOUT_GPU
from tests.browser.drawing.kept_window import window
from tests.browser.fake_server import ME, FakeServer
from tests.browser.overviews import OVERVIEWS
from tests.browser.stage import AXE, WITHIN
from tests.debian_program import ensure

SMALL = {"width": 640, "height": 360}  # 1280x720 at 200 % zoom
OF_COLORS = ["color-contrast", "link-in-text-block"]  # rules of axe
# A request of the test, whose answer comes after those that the page has read already.
PROBE = "async () => { await (await fetch('icon.svg?probe')).text(); }"
# Waits until the page has drawn a message; for 0, the first one, or the form for a password before it.
DRAWN = """seq => new Promise(tell => {
    const shown = () => document.body.dataset.seq >= (seq || 1) || (!seq && document.forms.length);
    const changes = new MutationObserver(() => { if (shown()) { changes.disconnect(); tell(); } });
    changes.observe(document.body, {attributes: true, attributeFilter: ['data-seq'], childList: !seq, subtree: !seq});
    if (shown()) tell();
})"""


@asynccontextmanager
async def opened_browser() -> AsyncIterator[Browser]:
    """Open a Chromium with a microphone that beeps."""
    found = await asyncio.to_thread(ensure, HEADLESS_SHELL, print)
    fake = (WITHOUT_GPU, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
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
    begun: int = 0  # requests of the page so far
    drawn: int = 0  # requests whose answers the page has drawn
    under_way: set[Request] = field(default_factory=set)

    def __post_init__(self) -> None:
        for event, follow in self._followed():
            self.page.on(event, follow)

    def _followed(self) -> tuple[tuple[Any, Callable[[Request], None]], ...]:
        return ("request", self._begin), ("requestfinished", self._end), ("requestfailed", self._end)

    async def ends(self) -> None:
        """Leave nothing of the page to the next one in its window. The page may have had no fault."""
        for event, follow in self._followed():
            self.page.remove_listener(event, follow)
        faults = await self.page.evaluate("() => { localStorage.clear(); return window.faults; }")
        assert faults == [], faults

    def _begin(self, request: Request) -> None:
        if not request.url.endswith("?probe"):
            self.begun += 1
            self.under_way.add(request)

    def _end(self, request: Request) -> None:
        self.under_way.discard(request)

    async def until(self, holds: Callable[[], Awaitable[Any]]) -> None:
        """Wait until something holds; the policy forbids Playwright's own way."""
        end = time.monotonic() + WITHIN
        while not await holds():
            assert time.monotonic() < end, await self.page.inner_text("body")
            await asyncio.sleep(0.02)  # the page cannot report it

    async def show(self, screen: str, **sections: Any) -> None:
        """Show a state, and wait until it is drawn."""
        await self.server.show(screen, **sections)
        await self._has_drawn(self.server.sent)

    async def is_drawn(self) -> None:
        """Wait until the page shows its first message, or asks for a password."""
        await self._has_drawn(0)

    async def _has_drawn(self, seq: int) -> None:
        try:
            await asyncio.wait_for(self.page.evaluate(DRAWN, seq), WITHIN)
        except TimeoutError:
            raise AssertionError(await self.page.inner_text("body")) from None

    async def pass_time(self, seconds: float) -> None:
        """Let so much time pass for the page whose clock stands still."""
        await self.page.clock.run_for(round(seconds * 1000))

    async def axe(self, *, only_colors: bool = False) -> list[str]:
        """Return what axe finds: the rule and the element of each violation.

        Another color scheme changes the answers of the rules about colors only.
        """
        if not await self.page.evaluate("'axe' in window"):
            devtools = await self.page.context.new_cdp_session(self.page)
            script = {"expression": AXE.read_text(), "allowUnsafeEvalBlockedByCSP": True}
            await devtools.send("Runtime.evaluate", script)
        how = {"resultTypes": ["violations"], "preload": False, **({"runOnly": OF_COLORS} if only_colors else {})}
        told = await self.page.evaluate("how => axe.run(document, how)", how)
        return [f"{one['id']}: {node['html']}" for one in told["violations"] for node in one["nodes"]]

    async def axe_in_each_scheme(self) -> list[str]:
        """Return what axe finds in light, dark and forced colors; the page is light again afterwards."""
        found = [f"light: {one}" for one in await self.axe()]
        for scheme in ("dark", "forced"):
            await self.page.emulate_media(**SCHEMES[scheme])
            found += [f"{scheme}: {one}" for one in await self.axe(only_colors=True)]
        await self.page.emulate_media(**SCHEMES["light"])
        return found

    async def commands(self, count: int) -> list[tuple[str, str, Any]]:
        """Wait for so many requests that change something, and return them."""

        async def enough() -> bool:
            return len(self.server.requests) >= count

        await self.until(enough)
        return self.server.requests

    async def settles(self) -> None:
        """Wait until the page has nothing under way: each request has its answer, and no answer led to another one."""

        async def all_answered() -> bool:
            return not self.under_way

        begun = -1
        while begun != self.begun:
            begun = self.begun
            await self.page.evaluate(PROBE)
            await self.until(all_answered)
            await self.page.evaluate(PROBE)  # the page goes on with the answers before this one
        self.drawn = begun

    async def is_loaded(self) -> None:
        """Wait until the page has drawn what it has asked for, such as the list of a panel that a key has opened.

        It sees requests that the page has begun at once. A test of what the page sends uses `settles`.
        """
        await self.page.evaluate("0")  # the news of these requests come before its answer
        if self.under_way or self.begun != self.drawn:
            await self.settles()

    async def sends_only(self, *requests: tuple[str, str, Any]) -> None:
        """Wait until all that was pressed has had its effect. The page may have sent these changes, and no others."""
        await self.settles()
        assert self.server.requests == list(requests)

    async def has_focus(self, name: str) -> None:
        """Wait until the element with this id has the focus."""
        await expect(self.page.locator(f"#{name}")).to_be_focused()

    async def focus(self) -> str:
        """Return the id of the element that has the focus now. A test that knows the id uses `has_focus`."""
        found: str = await self.page.evaluate("document.activeElement.id || document.activeElement.tagName")
        return found


@asynccontextmanager
async def drawn(
    browser: Browser,
    screen: str = "ready",
    *,
    me: Any = ME,
    view: str = "",
    logged_in: bool = True,
    clock_stands: bool = False,
    frames: list[str] | None = None,
    **how: Any,
) -> AsyncIterator[DrawnPage]:
    """Open the page in a state; at the end, it may have had no fault. `how` are arguments of new_context.

    `me` is who is logged in, and `view` the view in the page's address. The state may be an overview. A slow machine
    passes no limit of a page whose clock stands still; `pass_time` lets its clock go on. `frames` are the origins of
    web forms in panels.
    """
    given: dict[str, Any] = {"overview": screen} if screen in OVERVIEWS else {"screen": screen}
    server = FakeServer(**given, me=me, logged_in=logged_in, frames=frames or [])
    url = await server.start() + (view and f"?view={view}")
    try:
        async with window(browser, keep=not clock_stands, **how) as page:
            one = DrawnPage(page, server)
            if clock_stands:
                await page.clock.install()
            await page.goto(url)
            await one.is_drawn()
            if clock_stands:
                await one.settles()
                await page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
            yield one
            await one.ends()
    finally:
        await server.stop()
