"""Routes on an open page. Chromium says that one is set a moment before the page's own requests pass it."""

import time
from collections.abc import Callable
from typing import Any

from playwright.async_api import Page, Route

from tests.browser.stage import WITHIN

PROBE = "async () => (await fetch('icon.svg?routed')).status"


async def set_route(page: Page, pattern: str, handler: Callable[..., Any]) -> None:
    """Route these requests of an open page, and wait until the page's requests are routed."""

    async def answer(route: Route) -> None:
        await route.fulfill(status=204)

    await page.route("**/icon.svg?routed", answer)
    await page.route(pattern, handler)
    end = time.monotonic() + WITHIN
    while await page.evaluate(PROBE) != 204:
        assert time.monotonic() < end, f"the page's requests do not pass the route of {pattern}"
    await page.unroute("**/icon.svg?routed", answer)
