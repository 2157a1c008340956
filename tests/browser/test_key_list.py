"""The list of keys, by `?`: every key of the pages is in it, and the focus goes back to where it was opened."""

from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.browser.drawn_page import SMALL, drawn
from tests.browser.overviews import BOTH, OVERVIEWS
from tests.browser.screens import SCREENS
from tests.browser.stage import SIZE

# The keys of the page that work now; digits belong to the entries of an open panel.
WORKING = r"[...document.querySelectorAll('[data-key]')].map(one => one.dataset.key).filter(key => !/\d/.test(key))"
LISTED = "[...document.querySelectorAll('.key-list dt kbd')].map(one => one.innerText.toLowerCase())"
SIZES: list[Any] = [SIZE, SMALL, {"width": 360, "height": 740}]


@pytest.mark.parametrize("screens", [SCREENS, OVERVIEWS], ids=["agent", "overview"])
async def test_every_key_of_the_page_is_in_its_list(chromium: Browser, screens: dict[str, Any]) -> None:
    view = "agent" if screens is SCREENS else "overview"
    async with drawn(chromium, "talking" if view == "agent" else "busy", me=BOTH, view=view, viewport=SMALL) as one:
        working: set[str] = set()
        for name in screens:
            if not name.startswith("logged-out"):
                await one.show(name)
                working |= set(await one.page.evaluate(WORKING))
        assert len(working) > 10
        await one.page.keyboard.press("?")
        await one.page.locator(".key-list").wait_for()
        assert working <= set(await one.page.evaluate(LISTED))


async def test_escape_closes_it_and_the_focus_goes_back(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        dialog = one.page.get_by_role("dialog", name="Keys")
        await one.page.keyboard.press("?")
        await expect(dialog).to_contain_text("hang up")
        await one.has_focus("do-close")
        await one.page.keyboard.press("Escape")
        await expect(dialog).to_have_count(0)
        await one.has_focus("do-keylist")
        await one.page.locator("#do-keylist").click()
        await expect(dialog).to_be_visible()
        await one.page.keyboard.press("?")
        await expect(dialog).to_have_count(0)
        await one.sends_only()


async def test_no_key_acts_while_the_list_is_read_and_a_text_field_keeps_the_mark(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        await one.page.keyboard.press("?")
        await one.page.locator(".key-list").wait_for()
        await one.page.keyboard.type("hmg")
        await one.page.keyboard.press("Escape")
        await one.page.keyboard.press("o")
        await one.sends_only(("POST", "agents/me/hold", {}))
        await one.page.locator("#notes").press("?")
        await expect(one.page.locator("#notes")).to_have_value("?")
        await expect(one.page.locator(".key-list")).to_have_count(0)


async def test_codes_and_customer_share_a_key_which_one_tab_shows(chromium: Browser) -> None:
    async with drawn(chromium, "dispo") as one:
        shared = one.page.get_by_role("tab").filter(has=one.page.locator("kbd", has_text="U"))
        for there in ("Customer", "Wrap-up", "Customer"):
            await expect(shared).to_have_count(1)
            await expect(shared).to_contain_text(there)
            await one.page.keyboard.press("u")


async def test_the_list_says_how_the_keys_are_set(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        for setting, key, how in (("alt", "Alt+?", "Hold Alt"), ("off", "", "The keys are off")):
            await one.page.locator("#do-you").click()
            await one.page.locator(f"#keys-{setting}").check()
            await one.page.keyboard.press("Escape")
            await one.page.locator("#state").focus()
            await (one.page.keyboard.press(key) if key else one.page.locator("#do-keylist").click())
            await expect(one.page.locator(".key-list .soft")).to_contain_text(how)


async def test_axe_finds_nothing_and_the_list_is_in_the_window(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        for size in SIZES:
            await one.page.set_viewport_size(size)
            await one.page.keyboard.press("?")
            await one.page.locator(".key-list").wait_for()
            box = await one.page.locator(".key-list").bounding_box()
            assert box and box["x"] >= 0 and box["y"] >= 0, size
            assert box["x"] + box["width"] <= size["width"] and box["y"] + box["height"] <= size["height"], size
            assert await one.page.locator(".key-list").evaluate("one => one.scrollWidth <= one.clientWidth"), size
            await one.page.locator(".key-list dd").last.scroll_into_view_if_needed()
            assert await one.axe_in_each_scheme() == [], size
            await one.page.keyboard.press("Escape")
