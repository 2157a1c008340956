"""The agent's page: names and notes in full, fields and rings in view, and words in place of codes."""

from typing import Literal

import pytest
from playwright.async_api import Browser, expect

from tests.browser.drawn_page import SMALL, drawn
from tests.browser.fake_server import lists
from tests.browser.screens import SCREENS

NAME = "Wilhelmina-Friederike von Sachsen-Coburg"
MEDIUM, PHONE = {"width": 800, "height": 600}, {"width": 390, "height": 844}
# Returns the least distance between the text of a label and the ring around its field.
ROOM = """id => {
    const field = document.getElementById(id), style = getComputedStyle(field);
    const ring = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
    return field.getBoundingClientRect().top - ring - field.labels[0].getBoundingClientRect().bottom;
}"""
# Returns the contrast of the border of a field with the card around it.
CONTRAST = """id => {
    const light = (colour) => {
        const parts = colour.match(/[\\d.]+/g).map(Number).slice(0, 3).map(one => one / 255);
        const [red, green, blue] = parts.map(one => one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const field = document.getElementById(id);
    const both = [getComputedStyle(field).borderTopColor, getComputedStyle(field.closest('.work')).backgroundColor];
    const [low, high] = both.map(light).sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
}"""
CUT = """selector => [...document.querySelectorAll(selector)].filter(one => {
    return one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
}).map(one => one.innerText)"""
LINES = "one => one.getClientRects().length && one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight)"
# Returns the part of an element that its scrolling parents and the line at the bottom leave in view, with its ring.
WHOLE = """one => {
    const style = getComputedStyle(one), at = one.getBoundingClientRect();
    const ring = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
    for (let up = one.parentElement; up; up = up.parentElement) {
        if (getComputedStyle(up).overflowY === 'visible') continue;
        const edge = up.getBoundingClientRect();
        if (at.top - ring < edge.top || at.bottom + ring > edge.bottom) return false;
    }
    return at.bottom + ring <= document.querySelector('.receipts').getBoundingClientRect().top;
}"""


async def test_the_ring_of_a_field_leaves_its_label_whole(chromium: Browser) -> None:
    async with drawn(chromium, logged_in=False) as one:
        await one.page.locator("#user").focus()
        assert await one.page.evaluate(ROOM, "user") >= -3, "the letters end 3 pixels above the box of the label"
    async with drawn(chromium, "talking") as one:
        await one.page.locator("#lead-last_name").focus()
        assert await one.page.evaluate(ROOM, "lead-last_name") >= -3


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_border_of_an_empty_field_can_be_seen(chromium: Browser, scheme: Literal["light", "dark"]) -> None:
    async with drawn(chromium, "talking", color_scheme=scheme) as one:
        assert await one.page.evaluate(CONTRAST, "lead-alt_phone") >= 3


@pytest.mark.parametrize("size", [MEDIUM, SMALL, PHONE], ids=["800", "640", "390"])
async def test_the_whole_field_of_the_notes_is_in_view_by_its_key(chromium: Browser, size: dict[str, int]) -> None:
    async with drawn(chromium, "talking", viewport=size) as one:
        calls = SCREENS["talking"]()["lead"]["calls"]
        lead = SCREENS["talking"]()["lead"] | {"calls": calls * 4}
        await one.show("talking", lead=lead)
        await one.page.keyboard.press("n")
        await one.has_focus("notes")
        assert await one.page.locator("#notes").evaluate(WHOLE)


@pytest.mark.parametrize("size", [MEDIUM, SMALL, PHONE], ids=["800", "640", "390"])
async def test_a_callback_moves_by_a_field_that_is_in_view(chromium: Browser, size: dict[str, int]) -> None:
    async with drawn(chromium, "ready", viewport=size) as one:
        await one.page.keyboard.press("b")
        await one.page.locator("[id^=show-]").first.click()
        await one.page.locator("#move").focus()
        await one.page.keyboard.press("Enter")
        await one.has_focus("move-to")
        assert await one.page.locator("#move-to").evaluate(WHOLE)


@pytest.mark.parametrize("screen", ["talking", "three-way", "help-asked"])
async def test_hang_up_is_in_view_at_twice_the_size(chromium: Browser, screen: str) -> None:
    async with drawn(chromium, viewport=SMALL) as one:
        call = SCREENS[screen]()["call"] | {"customer_name": NAME, "group_name": "Support for customers abroad"}
        await one.show(screen, call=call, lead=None)
        await expect(one.page.locator(".who b")).to_have_text(NAME)
        assert await one.page.locator("#do-hangup").evaluate(WHOLE), screen


async def test_the_name_of_a_callback_is_there_in_full(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        one.server.answers["callbacks"] = (200, [row | {"customer_name": NAME * 2} for row in lists()["callbacks"]])
        await one.show("ready")
        await one.page.keyboard.press("b")
        await one.page.locator("[id^=show-]").first.click()
        await expect(one.page.locator(".side .who b")).to_have_text(NAME * 2)
        assert await one.page.evaluate(CUT, ".side .who b") == []


async def test_callbacks_without_comments_leave_room_for_the_names(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        rows = [row | {"customer_name": NAME, "comments": "", "notes": ""} for row in lists()["callbacks"]]
        one.server.answers["callbacks"] = (200, rows)
        await one.show("ready")
        await one.page.keyboard.press("b")
        await expect(one.page.locator("[id^=show-]").first).to_have_text(NAME)
        assert await one.page.locator("[id^=show-]").first.evaluate(LINES) < 3.5


@pytest.mark.parametrize("size", [SMALL, PHONE], ids=["640", "390"])
async def test_the_notes_of_earlier_calls_are_there_in_full(chromium: Browser, size: dict[str, int]) -> None:
    async with drawn(chromium, "talking", viewport=size) as one:
        await one.page.locator(".before .note").first.wait_for()
        long = SCREENS["talking"]()["lead"]
        await one.show(
            "talking", lead=long | {"calls": [row | {"notes": "wants an offer " * 6} for row in long["calls"]]}
        )
        assert await one.page.evaluate(CUT, ".before .note") == []


async def test_the_button_that_undoes_a_code_has_one_line(chromium: Browser) -> None:
    async with drawn(chromium, "undo") as one:
        for size in ({"width": 1280, "height": 720}, MEDIUM, SMALL):
            await one.page.set_viewport_size(size)
            assert await one.page.locator("#do-undoCode").evaluate("one => one.offsetHeight") <= 36, size


async def test_a_code_is_shown_by_its_name(chromium: Browser) -> None:
    codes = {"codes": SCREENS["dispo"]()["codes"]}
    async with drawn(chromium, "paused") as one:
        await one.show("paused", **codes)
        await expect(one.page.locator("#state .state")).to_have_text("Paused Lunch break")
        await one.page.keyboard.press("y")
        await expect(one.page.locator(".rows.history tbody tr").first).to_contain_text("Sale")
        await expect(one.page.locator(".rows.history")).not_to_contain_text("SALE")


async def test_a_tab_that_is_not_chosen_has_no_line_in_forced_colours(chromium: Browser) -> None:
    async with drawn(chromium, "ready", forced_colors="active") as one:
        line, card = await one.page.evaluate("""() => {
            const one = getComputedStyle(document.querySelector('[role=tab][aria-selected=false]'));
            return [one.borderBottomColor, getComputedStyle(document.querySelector('.work')).backgroundColor];
        }""")
        assert line == card


async def test_receipts_are_whole_or_not_there(chromium: Browser) -> None:
    async with drawn(chromium, "dispo") as one:
        why = "'soon' is not a time; allowed: 18:05, tomorrow 10:00, monday 9:00, +30m, +2h, or 2026-12-24 18:05"
        one.server.answers["agents/me/disposition"] = (422, {"errors": [{"field": "callback.at", "detail": why}]})
        for _ in range(3):
            await one.page.locator("[id^=code-]", has_text="Call back").click()
            await one.page.locator("#at").fill("soon")
            await one.page.locator("#at").press("Enter")
            await one.settles()
        assert await one.page.evaluate(SHORTENED) == []


# Returns the receipts that are in view and end with dots.
SHORTENED = """() => {
    const edge = document.querySelector('.told').getBoundingClientRect();
    const seen = (one) => one.getBoundingClientRect().top < edge.bottom - 1;
    const shown = [...document.querySelectorAll('.told > *')].filter(seen);
    return shown.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.innerText);
}"""
