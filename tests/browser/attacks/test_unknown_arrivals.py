"""Commands and feeds whose answer does not come: the page asks, and says what it found out."""

import re

from playwright.async_api import Browser, expect

from tests.browser.drawn_page import drawn
from tests.browser.routed import set_route


async def test_a_command_that_never_arrived_is_named_as_such(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        bad = one.page.locator(".receipts .bad")
        await set_route(one.page, "**/hold*", lambda route: route.abort())
        await one.page.keyboard.press("o")
        await expect(bad).to_contain_text("not known whether it arrived")
        await one.show("talking")
        await expect(bad).to_contain_text("did not arrive")


async def test_a_receipt_is_asked_for_once_a_second_until_somebody_knows_its_end(chromium: Browser) -> None:
    async with drawn(chromium, "talking", clock_stands=True) as one:
        asked: list[str] = []
        one.page.on("request", lambda request: asked.append(request.url) if "/receipts/" in request.url else None)
        line = one.page.locator(".told span").first
        forbidden = {"detail": "the right is gone"}
        for status, last, said in ((403, forbidden, forbidden["detail"]), (404, {}, "does not know how it ended")):
            one.server.answers["agents/me/hold"] = (201, {"id": "R7", "outcome": None, "end": None})
            one.server.answers["receipts/R7"] = (200, {"id": "R7", "outcome": None, "end": None})
            await one.page.keyboard.press("o")
            await expect(line).to_contain_text("started")
            asked.clear()
            for _ in range(20):
                await one.show("talking")
                await one.settles()
            assert len(asked) == 1, "a message of the feed each moment"
            one.server.answers["receipts/R7"] = (503, {})
            await one.pass_time(1.1)
            await one.settles()
            await expect(line).to_contain_text("started")
            one.server.answers["receipts/R7"] = (status, last)
            await one.pass_time(1.1)
            await expect(line).to_contain_text(said)
            await one.pass_time(5)
            await one.show("talking")
            await one.settles()
            assert len(asked) == 3, "the end is known"


async def test_a_page_too_many_says_so_and_goes_on_when_another_is_closed(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        one.server.feeds_full = True
        await one.server.cut()
        await expect(one.page.get_by_text("Too many pages").first).to_be_visible(timeout=15_000)
        one.server.feeds_full = False
        await expect(one.page.get_by_text("Too many pages")).to_have_count(0, timeout=15_000)


async def test_old_entries_of_the_history_have_no_text_after_a_logout(chromium: Browser) -> None:
    async with drawn(chromium, "ready") as one:
        await one.page.locator("#number").fill("15551112222")
        await one.until(lambda: one.page.evaluate("(history.state ?? '').includes('15551112222')"))
        first = one.page.url
        await one.page.goto(first + "?again=1")  # an entry of its own
        await one.page.locator("#do-you").click()
        await one.page.locator("#do-leave-browser").click()
        await one.page.locator("[name=user]").wait_for()
        await one.page.locator("[name=user]").fill("bea")
        await one.page.locator("[name=password]").fill("secret")
        await one.page.keyboard.press("Enter")
        await one.page.locator("#number").wait_for()
        await one.page.go_back()
        await expect(one.page).to_have_url(first)  # an evaluation would end, or hang, if the page changes beneath it
        await expect(one.page.locator("body")).to_have_attribute("data-seq", re.compile("[1-9]"))
        await expect(one.page.locator("#number")).to_have_value("")
