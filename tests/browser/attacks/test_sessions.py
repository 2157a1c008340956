"""A session that ends while the page cannot hear of it, such as that of a closed laptop."""

import re

from playwright.async_api import Browser, expect

from tests.browser.drawn_page import drawn
from tests.browser.overviews import WALLBOARD


async def test_a_page_asks_for_the_password_when_its_session_ended_unheard(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        await expect(one.page).to_have_title(re.compile("Ada Byron"))
        one.server.logged_in = False
        await one.server.cut()
        await one.page.locator("[name=password]").wait_for(timeout=10_000)
        assert "Ada Byron" not in await one.page.content()
        await expect(one.page).not_to_have_title(re.compile("Ada Byron"))


async def test_an_agent_at_the_login_of_a_wallboard_reads_that_supervisors_log_in_there(chromium: Browser) -> None:
    me = WALLBOARD | {"role": "agent", "agent": "1000", "rights": {"wallboard:read": "none"}}
    async with drawn(chromium, "logged-out", me=me, view="wall", logged_in=False) as one:
        await one.page.locator("[name=user]").fill("bea")
        await one.page.locator("[name=password]").fill("secret")
        await one.page.keyboard.press("Enter")
        await expect(one.page.get_by_text("sees no wallboard")).to_be_visible()
        await expect(one.page.locator("#do-other")).to_be_visible()
