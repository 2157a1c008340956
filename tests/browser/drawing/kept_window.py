"""A window of a browser for one test after another: a window of its own costs a new process of the browser."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakKeyDictionary

from playwright.async_api import Browser, BrowserContext, Page

from tests.browser.stage import SIZE, WATCH

USUAL = {"viewport": SIZE, "color_scheme": "light", "forced_colors": "none"}  # of what an open page can change
_kept: WeakKeyDictionary[Browser, Page] = WeakKeyDictionary()


@asynccontextmanager
async def window(browser: Browser, *, keep: bool = True, **how: Any) -> AsyncIterator[Page]:
    """Provide an empty page, which notes its faults in `window.faults`. `how` are arguments of new_context.

    The next test gets the same window, and finds the files of the page in its cache. Cookies are cleared once the page
    has been left, because it would lead to the login without them. Other stored data must be gone at the end. A failed
    test, `keep=False`, another tab, and an argument that an open page cannot change end the window.
    """
    keep = keep and how.keys() <= USUAL.keys()
    page = _kept.pop(browser, None) if keep else None
    look = USUAL | how
    if page is None:
        page = await (await _context(browser, look)).new_page()
    else:
        await page.set_viewport_size(look.pop("viewport"))
        await page.emulate_media(**look)
    try:
        yield page
        keep = keep and page.context.pages == [page]
        if keep:
            await page.unroute_all()
            await page.goto("about:blank")  # ends the feed and the timers of the page
            await page.context.clear_cookies()
            _kept[browser] = page
    except BaseException:
        keep = False
        raise
    finally:
        if not keep:
            await page.context.close()


async def _context(browser: Browser, how: dict[str, Any]) -> BrowserContext:
    context = await browser.new_context(**{"permissions": ["microphone"], **how})
    await context.add_init_script(WATCH)
    return context
