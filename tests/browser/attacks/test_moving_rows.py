"""Rows of a list that move just before a click or a press of Enter."""

from playwright.async_api import Browser, expect

from tests.browser.drawn_page import DrawnPage, drawn
from tests.browser.fake_server import ME, lists, recordings
from tests.browser.screens import at, last

FIRST, NEW = "#do-dial-h-H0", "#do-dial-h-NEW"


async def read_again(one: DrawnPage) -> None:
    """Show the history, then let a call come before the others in it."""
    await one.page.locator("#tab-history").click()
    await one.page.locator(FIRST).wait_for()
    rows = lists()["history"]
    new = rows[0] | {"call": "NEW", "number": "15557770000", "at": at(1)}  # another day would make its row higher
    one.server.answers["history"] = (200, [new, *rows])


async def test_a_click_on_a_row_that_came_under_the_pointer_dials_nothing(chromium: Browser) -> None:
    async with drawn(chromium, "paused", clock_stands=True) as one:
        await read_again(one)
        box = await one.page.locator(FIRST).bounding_box()
        assert box
        await one.page.mouse.move(box["x"] + 5, box["y"] + 5)
        await one.show("paused", callbacks_due=3)
        await one.page.locator(NEW).wait_for()
        await one.page.mouse.down()
        await one.page.mouse.up()
        await expect(one.page.locator(".receipts .bad")).to_contain_text("the rows moved")
        await one.sends_only()
        await one.pass_time(0.8)  # the time in which a click may be meant for another row
        await one.page.locator(FIRST).click()
        assert (await one.commands(1))[0][2] == {"number": "15551230001"}


async def test_the_focus_goes_with_the_row_that_moves(chromium: Browser) -> None:
    async with drawn(chromium, "paused") as one:
        await read_again(one)
        await one.page.locator(FIRST).focus()
        await one.show("paused", callbacks_due=3)
        await one.page.locator(NEW).wait_for()
        await one.has_focus(FIRST[1:])
        await one.page.keyboard.press("Enter")
        assert (await one.commands(1))[0][2] == {"number": "15551230001"}


async def test_the_length_of_a_recording_is_on_one_line(chromium: Browser) -> None:
    async with drawn(chromium, "paused", me=ME | {"rights": {"recordings:read": "own"}}) as one:
        one.server.answers["recordings"] = (200, recordings())
        await one.page.locator("#tab-history").click()
        await one.settles()
        box = await one.page.locator("[id^=do-listen-]").first.bounding_box()
        assert box and box["height"] < 30


async def test_the_seconds_of_an_undo_stay_on_the_line_of_its_button(chromium: Browser) -> None:
    async with drawn(chromium, "paused", viewport={"width": 800, "height": 600}) as one:
        await one.show("undo", last=last("01M7", "CALLBK", "15551230001", undo_until=at(-10)))
        timer = await one.page.locator(".undo .timer").bounding_box()
        button = await one.page.locator(".undo button").bounding_box()
        assert timer and button
        assert button["y"] < timer["y"] + timer["height"] / 2 < button["y"] + button["height"]
