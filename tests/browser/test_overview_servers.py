"""The supervisor view names a server that is away, lost or drains, if there are several."""

from typing import Any

from playwright.async_api import Browser, expect

from tests.browser.drawn_page import drawn
from tests.browser.overviews import ME
from tests.browser.screens import at

USUAL = {"connected": True, "lost": False, "since": at(600), "draining": False, "calls": 3}


def servers(**other: Any) -> dict[str, Any]:
    """Return the section with two servers; `other` are fields of `b`."""
    return {"servers": [{"name": "main"} | USUAL, {"name": "b"} | USUAL | other]}


async def test_the_line_names_the_server_that_needs_attention(chromium: Browser) -> None:
    async with drawn(chromium, "five", me=ME) as one:
        line = one.page.locator(".warning")
        await expect(line).to_be_hidden()
        for fields, wanted in (
            ({"connected": False}, "Server b is away since"),
            ({"connected": False, "since": None}, "Server b is away. It takes no calls"),
            ({"connected": False, "lost": True}, "its calls have ended"),
            ({"draining": True}, "Server b drains: it takes no new calls, and 3 calls are on it."),
            ({"draining": True, "calls": 1}, "and 1 call is on it."),
        ):
            await one.server.send(servers(**fields), "overview")
            await expect(line).to_contain_text(wanted)
            assert "main" not in await line.inner_text()
        assert await one.axe() == []
        await one.server.send(servers(), "overview")
        await expect(line).to_be_hidden()
