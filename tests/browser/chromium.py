"""The Chromium of the tests; `python -m tests.browser.chromium` fetches it if there is none."""

import asyncio
import sys
from functools import partial
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, Playwright

from tests.browser.microphone import tone_file
from tests.debian_program import DebianProgram, ensure, libraries, main

FONTS = """<?xml version="1.0"?>
<fontconfig>
  <dir prefix="relative">usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""


def fonts(root: Path) -> str:
    """Write a configuration of fonts beside unpacked packages, whose own has fixed paths; return its path."""
    path = root / "fonts.conf"
    if not path.exists():
        path.write_text(FONTS)
    return str(path)


def _unpacked(name: str, root: Path) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the command of a program of the packages, and its variables."""
    environ = {"LD_LIBRARY_PATH": f"{libraries(root)}:{root / 'usr/lib/chromium'}", "FONTCONFIG_FILE": fonts(root)}
    return (str(root / "usr/lib/chromium" / name),), environ


PACKAGES = ("chromium", "chromium-headless-shell", "fonts-dejavu-core")
INSTALLED = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = DebianProgram("chromium", PACKAGES, INSTALLED, partial(_unpacked, "chromium"))
# The same engine without the windows of a browser: a page costs two thirds of the processor time.
SHELL = "chromium-headless-shell"
HEADLESS_SHELL = DebianProgram("chromium", PACKAGES, (SHELL, *INSTALLED), partial(_unpacked, SHELL))

SCHEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "light", "forced_colors": "active"},
}
WITHOUT_GPU = "--disable-gpu"  # drawn by software in any case; the GPU process would only cost more


class Chromium:
    """A Chromium process whose microphone plays a tone."""

    program = CHROMIUM
    browser: Browser

    async def start(self, playwright: Playwright, folder: Path, tone: int) -> None:
        """Start a process whose microphone plays this tone."""
        found = await asyncio.to_thread(ensure, self.program, print)
        self.browser = await playwright.chromium.launch(
            executable_path=found.command[0],
            env={**found.environ},
            args=[
                WITHOUT_GPU,
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                f"--use-file-for-fake-audio-capture={tone_file(folder / f'tone{tone}.wav', tone)}",
            ],
        )

    async def stop(self) -> None:
        """End the process."""
        await self.browser.close()

    async def run(self, page: Page, script: str) -> None:
        """Run a script in a page, also if the policy of the page forbids eval."""
        devtools = await page.context.new_cdp_session(page)
        await devtools.send("Runtime.evaluate", {"expression": script, "allowUnsafeEvalBlockedByCSP": True})

    async def look(self, page: Page, scheme: str) -> None:
        """Show a page in the scheme "light", "dark" or "forced"."""
        await page.emulate_media(**SCHEMES[scheme])


class HeadlessShell(Chromium):
    """The same with the engine alone."""

    program = HEADLESS_SHELL


if __name__ == "__main__":
    sys.exit(main(CHROMIUM))
