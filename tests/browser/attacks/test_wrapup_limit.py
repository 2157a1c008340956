"""Notes that are typed until the limit of the wrap-up sets the code, which ends the call's notes."""

import asyncio

from playwright.async_api import Browser, expect

from tests.browser import screens
from tests.browser.drawn_page import drawn

TYPED = "wants the blue one"
BETWEEN = 100  # milliseconds between two letters: the page waits longer for a pause


async def test_typing_without_a_pause_is_sent_before_the_limit(chromium: Browser) -> None:
    async with drawn(chromium, "dispo") as one:
        screen = screens.SCREENS["dispo"]()
        await one.show("dispo", agent=screen["agent"] | {"until": screens.at(-2.5)}, notes="")
        await expect(one.page.locator("#notes")).to_have_value("")
        typing = asyncio.create_task(one.page.locator("#notes").press_sequentially(TYPED, delay=BETWEEN))
        method, path, body = (await one.commands(1))[0]
        first = body["notes"]
        assert (method, path) == ("POST", "agents/me/notes")
        assert TYPED.startswith(first) and len(first) < len(TYPED), "the page waited for a pause"
        await typing
        await one.until(lambda: _last_is(one.server.requests, TYPED))
        texts = [told["notes"] for _, _, told in one.server.requests]
        assert texts == sorted(texts, key=len), "in the order of typing"


async def _last_is(requests: list[tuple[str, str, dict[str, str]]], text: str) -> bool:
    return requests[-1][2]["notes"] == text
