"""A session that ends while the page cannot hear of it, such as that of a closed laptop."""

from playwright.async_api import Browser

from tests.browser.drawn_page import drawn


async def test_a_page_asks_for_the_password_when_its_session_ended_unheard(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        assert "Ada Byron" in await one.page.content()
        one.server.logged_in = False
        await one.server.cut()
        await one.page.locator("[name=password]").wait_for(timeout=10_000)
        assert "Ada Byron" not in await one.page.content()
        assert "Ada Byron" not in await one.page.title()
