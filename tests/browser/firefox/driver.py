"""A Firefox process whose microphone plays a tone."""

import asyncio
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, Playwright

from lab import package_cache
from tests.browser.firefox.marionette import Marionette
from tests.browser.firefox.program import FIREFOX
from tests.browser.firefox.relay import Relay
from tests.browser.firefox.sound import SoundDevice
from tests.debian_program import ensure
from tests.free_port import free_port

PREFERENCES: dict[str, Any] = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "permissions.default.microphone": 1,
    "media.peerconnection.ice.loopback": True,  # the lab has this machine's own address alone, and the page no other
}
HIGHLIGHT = {"ui.highlight": "#0b3d91", "ui.highlighttext": "#ffffff"}  # without a desktop, they are hard to read
TONE = "media.navigator.audio.fake_frequency"
READS = "security.sandbox.content.read_path_whitelist"  # the fonts of the packages
# 0 is dark and 1 is light; 0 is the colours of the page and 2 those of the user.
SCHEME, COLOURS = "layout.css.prefers-color-scheme.content-override", "browser.display.document_color_use"
SCHEMES = {"light": {SCHEME: 1, COLOURS: 0}, "dark": {SCHEME: 0, COLOURS: 0}, "forced": {SCHEME: 1, COLOURS: 2}}
# Playwright starts this, connects to the printed address, and ends the process.
START = """#!/bin/sh
echo "WebDriver BiDi listening on {address}" >&2
exec {firefox} "$@"
"""


class Firefox:
    """Debian's Firefox. Its schemes are preferences of the whole process, so it has one person at a time."""

    browser: Browser

    async def start(self, playwright: Playwright, folder: Path, tone: int) -> None:
        """Start a process whose microphone plays this tone."""
        found = await asyncio.to_thread(ensure, FIREFOX, print)
        port, root = free_port(), package_cache.folder("firefox") / "root"
        self._marionette = Marionette(port)
        self._relay = Relay(self._marionette)
        address = await self._relay.start()
        self._sound = SoundDevice(root, folder / f"sound{tone}", found.environ)
        await self._sound.start()
        start = folder / f"firefox{tone}"
        start.write_text(START.format(address=address, firefox=found.command[0]))
        start.chmod(0o755)
        self.browser = await playwright.firefox.launch(
            channel="moz-firefox",
            executable_path=start,
            env={**found.environ, **self._sound.environ},
            args=["--marionette", "--remote-allow-system-access"],
            firefox_user_prefs=PREFERENCES
            | HIGHLIGHT
            | SCHEMES["light"]
            | {TONE: tone, READS: f"{root}/", "marionette.port": port},
        )

    async def stop(self) -> None:
        """End the process."""
        await self.browser.close()
        await self._relay.stop()
        await self._sound.stop()

    async def run(self, page: Page, script: str) -> None:
        """Run a script in a page, also if the policy of the page forbids eval."""
        await page.evaluate(f"() => {{ {script} }}")

    async def look(self, page: Page, scheme: str) -> None:
        """Show the pages in the scheme "light", "dark" or "forced"."""
        await self._marionette.prefer(SCHEMES[scheme])
