"""A lab with users, and browsers of people who have logged in."""

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import aiohttp
from playwright.async_api import BrowserContext, CDPSession, Page, Playwright, async_playwright, expect

from lab import instance
from lab.description import Lab
from lab.sip import Parties, TrunkPeer, answer, tones
from tests.browser.chromium import Chromium, HeadlessShell
from tests.browser.firefox.driver import Firefox
from tests.internals.browser import config, passwords

PASSWORD = "opensesame7"  # noqa: S105 - of a test
USERS = {
    "anna": {"role": "agent", "agent": "1000", "full_name": "Anna Berg"},
    "carl": {"role": "agent", "agent": "1001", "full_name": '<img src=x onerror="document.title=1">'},
    "dora": {"role": "agent", "agent": "1002", "full_name": "Dora Lenz"},
    "ben": {"role": "supervisor", "full_name": "Ben Ott"},
    "mia": {"role": "manager"},
}
WITHIN = 10.0  # seconds that a page may take, on a busy machine
expect.set_options(timeout=WITHIN * 1000)  # of every `expect`, in place of the 5 s of Playwright
SIZE = {"width": 1280, "height": 720}
AXE = Path(__file__).parent / "vendor/axe.min.js"
AXE_OPTIONS = {"resultTypes": ["violations"], "preload": False}
# Runs before the page: each violation of the policy, and each error that no one caught.
WATCH = """
window.faults = [];
addEventListener("securitypolicyviolation", (e) => faults.push(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`));
addEventListener("error", (e) => faults.push(String(e.message)));
addEventListener("unhandledrejection", (e) => faults.push(String(e.reason)));
"""


Driver = Chromium | Firefox
DRIVERS: dict[str, type[Driver]] = {"shell": HeadlessShell, "chromium": Chromium, "firefox": Firefox}


@dataclass
class Person:
    """A browser window with the workspace, and what is needed to judge it."""

    stage: "Stage"
    driver: Driver
    context: BrowserContext
    page: Page
    url: str
    console: list[str] = field(default_factory=list)

    async def log_in(self, user: str, password: str = PASSWORD) -> None:
        """Fill in the form of the login, and send it."""
        await self.page.locator("[name=user]").fill(user)
        await self.page.locator("[name=password]").fill(password)
        await self.page.keyboard.press("Enter")

    async def begin_session(self, user: str) -> None:
        """Log in as the page does, but without its form. Pages that are opened from now on have the session."""
        headers = {"X-Warmline": "1", "Origin": self.url}
        given = {"user": user, "password": PASSWORD}
        told = await self.context.request.post(f"{self.url}/workspace/login", headers=headers, data=given)
        assert told.ok, await told.text()

    async def logged_in(self, user: str) -> None:
        """Wait until the page has a session of this user."""
        await expect(self.page.locator("#do-login")).to_have_count(0)
        await self.until(lambda: self.knows(user))

    async def knows(self, user: str) -> bool:
        """Return whether the browser's session is this user's; "" for none."""
        told = await self.context.request.get(f"{self.url}/api/v1/me")
        return (await told.json()).get("user", "") == user

    async def press_code(self, status: str, press: Callable[[str], Awaitable[None]]) -> None:
        """Press the digits of a disposition code, on the page of codes that has it; `press` presses one key."""
        button = self.page.locator(f"#code-{status}")
        await button.wait_for()
        while not (digit := await button.get_attribute("data-key")):
            await press("0")
        await press(digit)

    async def until(self, holds: Callable[[], Awaitable[bool]]) -> None:
        """Wait until something holds. Playwright's own function needs eval, which the policy forbids."""
        end = time.monotonic() + WITHIN
        while not await holds():
            assert time.monotonic() < end, await self.page.content()
            await asyncio.sleep(0.05)  # the page cannot report it

    async def faults(self) -> list[str]:
        """Return the violations of the policy and the errors of the page since it was loaded."""
        found: list[str] = await self.page.evaluate("window.faults")
        return found

    async def axe(self, **options: Any) -> list[str]:
        """Return what axe finds: the rule and the element of each violation. `options` are arguments of axe.run."""
        if not await self.page.evaluate("'axe' in window"):
            await self.driver.run(self.page, AXE.read_text())
        told = await self.page.evaluate("how => axe.run(document, how)", AXE_OPTIONS | options)
        return [f"{one['id']}: {node['html']}" for one in told["violations"] for node in one["nodes"]]

    async def devtools(self) -> CDPSession:
        """Return a connection to the page's developer tools, such as to freeze it. Chromium alone has them."""
        return await self.context.new_cdp_session(self.page)

    async def tab(self) -> "Person":
        """Open the workspace in another tab of this browser window."""
        return await self.stage.tab(self.driver, self.context, self.url)

    async def shot(self, name: str) -> None:
        """Write a screenshot for the pages of the docs, if the run was asked to."""
        if self.stage.shots:
            await self.page.screenshot(path=self.stage.shots / f"{name}.png", animations="disabled")


class Stage:
    """One lab for all tests; each browser is a process with a microphone that plays a tone of its own."""

    def __init__(self, folder: Path, shots: Path | None, browser: str = "chromium") -> None:
        self.folder, self.shots, self.kind = folder, shots, DRIVERS[browser]
        self._drivers: dict[int, Driver] = {}
        self._people: list[Person] = []
        self._free: dict[str, list[BrowserContext]] = {}  # windows without cookies and pages, by how they were made
        self._used: dict[BrowserContext, str] = {}

    async def open(self) -> None:
        """Start the lab with its users, and Playwright."""
        self._stack = AsyncExitStack()
        self.parties = await self._stack.enter_async_context(Parties(turning=True))
        self.peer: TrunkPeer = await self.parties.peer(lambda number: answer())
        self._stack.callback(self._down)
        self.lab: Lab = await asyncio.to_thread(instance.up, self.folder / "lab", self.peer.trunk)
        add_users(Path(self.lab.db))
        self._playwright: Playwright = await self._stack.enter_async_context(async_playwright())

    async def close(self) -> None:
        """Stop everything."""
        for driver in self._drivers.values():
            await driver.stop()
        await self._stack.aclose()

    def _down(self) -> None:
        if (self.folder / "lab/warmline.toml").exists():
            instance.down(self.folder / "lab")
        self.parties.server_ended()

    async def is_healthy(self) -> None:
        """Wait until all parts of the app are up, and connected to Asterisk."""
        async with aiohttp.ClientSession() as http:
            while True:
                with suppress(aiohttp.ClientError):
                    async with http.get(f"{self.lab.api}/healthz") as answer:
                        if answer.status == 200:
                            return
                await asyncio.sleep(0.02)  # a part that is down gives no event

    async def driver(self, tone: int = tones.AGENT) -> Driver:
        """Return the browser process whose microphone plays this tone."""
        if tone not in self._drivers:
            started = self.kind()
            await started.start(self._playwright, self.folder, tone)
            self._drivers[tone] = started
        return self._drivers[tone]

    async def person(
        self,
        user: str = "",
        tone: int = tones.AGENT,
        url: str = "",
        script: str = "",
        prepare: Callable[[BrowserContext], Awaitable[object]] | None = None,
        **how: Any,
    ) -> Person:
        """Open the workspace in a window without other cookies, as this user, if one is given.

        `url` is the server's, by default the lab's; `how` are arguments of Playwright's new_context. `script` runs
        before each page. `prepare` changes the window before its first page.
        """
        url = url or self.lab.api
        driver = await self.driver(tone)
        context = await self._window(driver, tone, script, how)
        if prepare:
            await prepare(context)
        person = Person(self, driver, context, await context.new_page(), url)
        if user and isinstance(driver, Chromium):
            await person.begin_session(user)
        await self._shows(person)
        if user and not isinstance(driver, Chromium):  # plays no sound without a key or a click
            await person.log_in(user)
            await person.logged_in(user)
        elif not user:
            await person.page.locator("[name=password]").wait_for()
        return person

    async def _window(self, driver: Driver, tone: int, script: str, how: dict[str, Any]) -> BrowserContext:
        """Return a window without cookies. One of an earlier test has the files of the page in its cache."""
        kind = repr((tone, script, how))
        if free := self._free.get(kind):
            context = free.pop()
        else:
            context = await driver.browser.new_context(**{"viewport": SIZE, "permissions": ["microphone"], **how})
            await context.add_init_script(WATCH + script)
        self._used[context] = kind
        return context

    async def tab(self, driver: Driver, context: BrowserContext, url: str) -> Person:
        """Open the workspace of the server `url` in another tab of a window."""
        person = Person(self, driver, context, await context.new_page(), url)
        await self._shows(person)
        return person

    async def _shows(self, person: Person) -> None:
        """Let a new page show the workspace."""
        person.page.on("console", lambda message: person.console.append(message.text))
        self._people.append(person)
        await person.page.goto(f"{person.url}/workspace/")

    async def said(self, *words: str) -> bytes:
        """Return what a command prints for the lab."""
        process = await asyncio.create_subprocess_exec(
            *(str(Path(sys.executable).with_name("warmline")), *words),
            env=os.environ | {"WARMLINE_CONFIG": f"{self.lab.dir}/warmline.toml"},
            stdout=asyncio.subprocess.PIPE,
        )
        return (await process.communicate())[0]

    async def end_people(self) -> None:
        """Close every page, and forget what windows keep of it; no page may have had a fault."""
        faults = []
        for person in self._people:
            if not person.page.is_closed():
                faults += await person.faults()
                await person.page.evaluate("localStorage.clear()")  # a logout leaves when it was
        self._people.clear()
        used, self._used = self._used, {}
        for context, kind in used.items():
            for page in context.pages:
                await page.close()
            if self.kind is Firefox:
                await context.close()
                continue
            await context.clear_cookies()
            await context.unroute_all()
            self._free.setdefault(kind, []).append(context)
        assert not faults, "\n".join(faults)


def add_users(database: Path) -> None:
    """Add the users of the tests to a lab."""
    with patch.object(passwords, "COST", 16):
        for name, options in USERS.items():
            config.create(database, "user", name, {"pass": PASSWORD, **options}, who="test")
