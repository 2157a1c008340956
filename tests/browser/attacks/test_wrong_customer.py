"""Texts and keys for one customer never reach the next one."""

import asyncio
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.browser.drawn_page import DrawnPage, drawn
from tests.browser.fake_server import lists
from tests.browser.screens import SCREENS, call, lead

OTHER = lead() | {"lead_id": 99}


async def edits(one: DrawnPage) -> list[Any]:
    """Return the bodies of the changes of leads."""
    return [body for _, path, body in one.server.requests if path == "agents/me/lead"]


async def test_a_field_typed_for_one_preview_does_not_reach_the_next_lead(chromium: Browser) -> None:
    async with drawn(chromium, "preview") as one:
        await one.page.locator("#lead-first_name").fill("Augusta")
        await one.show("preview", lead=OTHER)
        await expect(one.page.locator("#lead-first_name")).to_have_value("Ada")
        await expect(one.page.locator(".receipts .bad")).to_contain_text("not saved for lead 41: First name")
        await one.page.locator("#lead-city").fill("Oxford")
        await one.until(lambda: edits(one))
        await one.settles()
        assert await edits(one) == [{"lead_id": 99, "city": "Oxford"}]
        await one.page.locator("#do-undo").click()
        assert (await one.commands(2))[1][2] == {"lead_id": 99, "city": "London"}


async def test_a_field_typed_just_before_a_skip_is_saved_first(chromium: Browser) -> None:
    async with drawn(chromium, "preview") as one:
        await one.page.locator("#lead-first_name").fill("Augusta")
        await one.page.keyboard.press("Escape")
        await one.page.keyboard.press("z")
        assert [path for _, path, _ in await one.commands(2)] == ["agents/me/lead", "agents/me/skip"]


async def test_a_field_typed_during_a_preview_is_saved_in_its_call(chromium: Browser) -> None:
    async with drawn(chromium, "preview") as one:
        await one.page.locator("#lead-first_name").fill("Augusta")
        await one.show("calling")
        await expect(one.page.locator("#lead-first_name")).to_have_value("Augusta")
        await one.until(lambda: edits(one))
        await one.settles()
        assert await edits(one) == [{"lead_id": 41, "first_name": "Augusta"}]


async def test_commands_name_the_call_that_was_there_when_they_were_pressed(chromium: Browser) -> None:
    async with drawn(chromium, "dispo") as one:
        one.server.held = asyncio.Event()
        await one.page.keyboard.press("u")
        await one.page.locator("#lead-city").fill("Oxford")
        await one.page.keyboard.press("Escape")
        await one.page.keyboard.press("u")
        async with one.page.expect_request("**/agents/me/disposition?call=01M7"):
            await one.page.keyboard.press("1")
            await one.show("talking", call=call("talking", 1, id="01M8"))
            one.server.held.set()


async def test_notes_name_their_call(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        async with one.page.expect_request("**/notes?call=01M7"):
            await one.page.locator("#notes").fill("asks for prices")
        async with one.page.expect_request("**/hangup?call=01M7"):
            await one.page.locator("#do-hangup").click()


async def test_digits_for_a_menu_set_no_code_when_the_call_ends(chromium: Browser) -> None:
    async with drawn(chromium, "talking", clock_stands=True) as one:
        await one.page.keyboard.press("k")
        await one.page.locator("[data-panel]").wait_for()
        await one.page.keyboard.press("4")
        await one.show("dispo")
        for digit in "712":
            await one.page.keyboard.press(digit)
            await one.pass_time(0.2)
        await one.sends_only(("POST", "agents/me/dtmf", {"digits": "4", "to": "CUSTOMER"}))
        await one.pass_time(1.6)  # the moment in which digits count as typed
        await one.page.keyboard.press("1")
        assert (await one.commands(2))[1][2]["status"] == "SALE"


@pytest.mark.parametrize("key", ["k", "p", "t", "c"])
async def test_a_digit_for_a_panel_that_the_end_of_the_call_closed_sets_no_code(chromium: Browser, key: str) -> None:
    async with drawn(chromium, "talking", clock_stands=True) as one:
        await one.page.keyboard.press(key)
        await one.page.locator("[data-panel]").wait_for()
        await one.show("dispo")
        await one.page.keyboard.press("1")
        await one.sends_only()


async def test_two_pages_side_by_side_have_the_same_notes(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        await one.page.locator("#notes").fill("a")
        await one.commands(1)
        await expect(one.page.locator(".notes small")).to_have_text("Saved")
        other = await one.page.context.new_page()  # has the focus from now on
        await other.bring_to_front()
        await one.page.evaluate("Object.defineProperty(document, 'hasFocus', { value: () => false })")
        await one.show("talking", notes="a, b")
        await expect(one.page.locator("#notes")).to_have_value("a, b")
        await other.close()


async def test_notes_deleted_just_before_the_code_do_not_come_back_with_it(chromium: Browser) -> None:
    async with drawn(chromium, "dispo", clock_stands=True) as one:
        one.server.held = asyncio.Event()
        await one.page.locator("#notes").fill("")
        await one.page.keyboard.press("Escape")
        await one.page.keyboard.press("1")
        await one.commands(1)
        await one.pass_time(0.3)  # after which notes are sent by themselves, if they are not under way
        one.server.held.set()
        await one.settles()
        notes, code = one.server.requests
        assert (notes[1:], code[1]) == (("agents/me/notes", {"notes": ""}), "agents/me/disposition")


async def test_the_chosen_destination_stays_when_others_come_before_it(chromium: Browser) -> None:
    async with drawn(chromium, "talking", clock_stands=True) as one:
        await one.page.keyboard.press("t")
        await one.page.locator("#places b").first.wait_for()
        await one.page.locator("#to").fill("a")
        await one.page.locator("#to").press("ArrowDown")
        await expect(one.page.locator("#places li").nth(1)).to_have_attribute("aria-selected", "true")
        chosen = one.page.locator("#places [aria-selected=true] b")
        name = await chosen.inner_text()
        more = lists()["agents/me/destinations"]
        more["presets"].insert(0, {"preset": "AAA", "name": "Aachen", "number": "8599"})
        one.server.answers["agents/me/destinations"] = (200, more)
        await one.pass_time(16)  # until the list is read again
        await expect(one.page.locator("#places b").first).to_have_text("Aachen")
        await expect(chosen).to_have_text(name)


async def test_the_rest_of_a_pin_does_not_go_to_the_customer_when_the_third_party_is_gone(chromium: Browser) -> None:
    async with drawn(chromium, "consulting") as one:
        await one.show("consulting", commands=SCREENS["talking"]()["commands"])
        await one.page.keyboard.press("k")
        await one.page.locator("[data-panel]").wait_for()
        await one.page.keyboard.press("4")
        await one.commands(1)
        await one.show("talking")
        await one.page.keyboard.type("711", delay=100)
        await expect(one.page.locator(".receipts .bad")).to_contain_text("you talk to another party")
        await one.sends_only(("POST", "agents/me/dtmf", {"digits": "4", "to": "XFER"}))
