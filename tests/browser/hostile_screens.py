"""Invented screens whose texts are markup, in Chromium: nothing of them may become an element or run.

`python -m tests.browser.hostile_screens --minutes 10 [--seed N]` draws new ones for that time; exit 1 after a failure.
"""

import asyncio
import random
import sys
import time
from argparse import ArgumentParser
from typing import Any

from playwright.async_api import Browser

from tests.browser import fake_server, screens
from tests.browser.drawn_page import DrawnPage, drawn, opened_browser

MARKUP = (
    "<img src=x onerror=document.title='run'>", "<script>document.title='run'</script>", "</textarea><b onclick=x()>",
    '"><svg onload=document.title="run">', "<a href='javascript:document.title=1'>x</a>", "${document.title='run'}",
    "<iframe srcdoc='<script>top.document.title=1</script>'>", "{{constructor}}", "<!--", "?lit$123$", "<?lit$x$?>",
    "javascript:document.title='run'", "<style>*{display:none}</style>", "<base href=//evil>", "&lt;b&gt;&#0;",
    "\u202eevil", "\u2028", "x" * 5000, "<x-y>", "' onfocus=document.title='run' autofocus='", "<form action=//evil>",
    "<meta http-equiv=refresh content=0>", "<object data=x>", "<template><img src=x></template>", "\0", "]]>",
)  # fmt: skip
# Texts that the server chooses from a fixed set, or writes in a fixed form; the page relies on them.
FIXED = {
    *("state", "kind", "party", "hears", "since", "until"),
    *("arrived", "connected", "at", "longest_since", "last_call"),
}
FOREIGN = "img, iframe, object, embed, base, svg, style, form[action], [onerror], [onload], [onclick], [onfocus]"
MADE = f"""() => [...document.body.querySelectorAll("{FOREIGN}, script:not([src]), a[href^='javascript:'], x-y")]
    .map((one) => one.outerHTML.slice(0, 200))"""
KEYS = ("u", "b", "a", "y", "t", "c", "k", "p", "q", "Escape", "Escape")


def spoilt(value: Any, chance: random.Random, name: str = "") -> Any:
    """Return a part of a screen with markup in place of some of its texts."""
    if isinstance(value, dict):
        return {key: spoilt(one, chance, key) for key, one in value.items()}
    if isinstance(value, list):
        return [spoilt(one, chance, name) for one in value]
    return chance.choice(MARKUP) if isinstance(value, str) and name not in FIXED and chance.random() < 0.3 else value


def screen(chance: random.Random) -> tuple[str, dict[str, Any]]:
    """Return the name of a state, and its sections with markup."""
    name = chance.choice(sorted(screens.SCREENS))
    made = spoilt(screens.SCREENS[name](), chance)
    data = {chance.choice(MARKUP): chance.choice(MARKUP) for _ in range(2)}
    if made.get("call"):
        made["call"]["data"] = data
    return name, made


async def check(one: DrawnPage, chance: random.Random, count: int) -> None:
    """Draw so many screens, with panels open now and then. Raises AssertionError with the screen that was drawn."""
    before = one.page.url
    for _ in range(count):
        name, sections = screen(chance)
        await one.show(name, **sections)
        await one.page.keyboard.press(chance.choice(KEYS))
        await one.is_loaded()
        made, faults, title = await one.page.evaluate(f"[({MADE})(), window.faults, document.title]")
        assert made == [] and faults == [], (made, faults, name, sections)
        assert title not in ("run", "1") and one.page.url == before, (title, name, sections)


async def main(minutes: float, seed: int) -> int:
    """Draw screens for so many minutes; return how many."""
    chance, end, count = random.Random(seed), time.monotonic() + minutes * 60, 0  # noqa: S311 - no secret
    async with opened_browser() as browser:
        while time.monotonic() < end:
            count += await some(browser, chance)
    return count


async def some(browser: Browser, chance: random.Random, count: int = 100) -> int:
    """Draw so many screens in a new window, and return how many."""
    async with drawn(browser) as one:
        one.server.answers |= {path: (200, spoilt(rows, chance)) for path, rows in fake_server.lists().items()}
        await check(one, chance, count)
    return count


if __name__ == "__main__":
    arguments = ArgumentParser(prog="python -m tests.browser.hostile_screens")
    arguments.add_argument("--minutes", type=float, required=True)
    arguments.add_argument("--seed", type=int, default=random.getrandbits(32))
    chosen = arguments.parse_args()
    print(f"seed {chosen.seed}", flush=True)
    print(f"{asyncio.run(main(chosen.minutes, chosen.seed))} screens drawn, nothing ran")
    sys.exit(0)
