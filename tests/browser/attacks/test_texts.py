"""Texts that are long, read from right to left, or made to mislead: the buttons stay in view."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.drawn_page import drawn
from tests.browser.screens import SCREENS

NAMES = {
    "long": "Wilhelmina-Friederike " * 12,
    "one word": "x" * 10_000,
    "right to left": "\u202e" + "\u0645" * 300,
    "emoji": "\U0001f600" * 300,
    "invisible": "\u200b" * 300,
}
IN_VIEW = """() => {
    const at = document.getElementById('do-hangup').getBoundingClientRect();
    const panel = document.querySelector('.call').getBoundingClientRect();
    return at.bottom <= panel.bottom && at.right <= panel.right && document.documentElement.scrollWidth <= innerWidth;
}"""


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
async def test_a_name_leaves_the_button_that_hangs_up_in_view(chromium: Browser, name: str) -> None:
    lead = SCREENS["talking"]()["lead"]
    lead["fields"] = [{"name": "first_name", "label": "First name", "longest": 100, "value": name}]
    async with drawn(chromium, "talking") as one:
        for screen in ("talking", "three-way", "consulting"):
            await one.show(screen, lead=lead)
            assert await one.page.evaluate(IN_VIEW), screen
            assert await one.axe() == []


async def test_wrap_up_says_that_a_number_is_on_a_do_not_call_list(chromium: Browser) -> None:
    """An undo of the code takes the number from no list."""
    async with drawn(chromium, "dispo") as one:
        await expect(one.page.locator(".call .who")).not_to_contain_text("do not call")
        lead = SCREENS["dispo"]()["lead"] | {"do_not_call": "the system's do-not-call list"}
        await one.show("dispo", lead=lead)
        await expect(one.page.locator(".call .who")).to_contain_text("do not call")
