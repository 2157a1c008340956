"""Dialling by agents, from each list; diallers in the supervisor view, and the emergency stop by one key."""

import re

from playwright.async_api import Browser, expect

from tests.browser.drawn_page import SMALL, DrawnPage, drawn
from tests.browser.fake_server import HISTORY
from tests.browser.overviews import BOTH, ME, STOPS, WALLBOARD, dialler, diallers
from tests.browser.screens import CUSTOMER, SCREENS, WHY

STOP = ("POST", "dialling/stop", {})
LARGE = {"width": 1920, "height": 1080}
LATE = re.compile(r"No call until \d+:\d\d: no call was dialled in time: the disk is late")


async def asked(one: DrawnPage) -> None:
    """Press the key, and wait until the question takes an answer."""
    await one.page.keyboard.press("e")
    await expect(one.page.locator("#do-really")).to_have_attribute("aria-disabled", "false")


async def test_each_campaign_shows_the_state_of_its_dialler(chromium: Browser) -> None:
    async with drawn(chromium, "dialling", me=ME) as one:
        for text in ("predictive", "runs", "by Ben Ott", "9", "4.2", "50", "5/412", "1.2 of 3 %", "7"):
            await expect(one.page.locator("#dialler-AUTUMN")).to_contain_text(text)
        winter = one.page.locator("#dialler-WINTER")
        await expect(winter).to_contain_text(LATE)
        await expect(winter).to_contain_text("halted")
        await expect(one.page.locator("#dialler-SPRING")).to_contain_text("stopped")
        await one.show("five")
        await expect(one.page.locator(".dialling")).to_have_count(0)


async def test_a_button_starts_and_stops_a_campaign(chromium: Browser) -> None:
    async with drawn(chromium, "dialling", me=ME) as one:
        await one.page.locator("#do-dialler-AUTUMN").click()
        assert (await one.commands(1))[0] == ("POST", "diallers/AUTUMN/stop", {})
        await expect(one.page.locator(".receipts")).to_contain_text("Stop dialling: Autumn care")
        await one.page.locator("#do-dialler-SPRING").focus()
        await one.page.keyboard.press("Enter")
        assert (await one.commands(2))[1] == ("POST", "diallers/SPRING/start", {})


async def test_one_key_pressed_again_stops_everything(chromium: Browser) -> None:
    async with drawn(chromium, "dialling", me=ME) as one:
        await asked(one)
        assert await one.axe() == []
        await one.page.keyboard.press("e")
        assert await one.commands(1) == [STOP]
        await expect(one.page.locator("[data-panel]")).to_have_count(0)
        await one.show("dialling-stopped")
        await expect(one.page.locator(".dialling")).to_contain_text("all stopped")
        await one.page.keyboard.press("e")
        await expect(one.page.locator("[data-panel]")).to_have_count(0)


async def test_a_stop_may_have_a_reason(chromium: Browser) -> None:
    async with drawn(chromium, "dialling", me=ME) as one:
        await asked(one)
        await one.page.locator("#stop-why").focus()
        await one.page.keyboard.type("wrong list e")
        await one.page.locator("#do-really").click()
        assert await one.commands(1) == [(*STOP[:2], {"why": "wrong list e"})]


async def test_a_lifted_stop_has_a_reason(chromium: Browser) -> None:
    async with drawn(chromium, "dialling-stopped", me=ME) as one:
        await expect(one.page.locator(".dialling .stops li")).to_have_count(2)
        for text in ("Ben Ott", "wrong list", "unknown person"):
            await expect(one.page.locator(".dialling .stops")).to_contain_text(text)
        await one.page.locator("#do-allow-all").click()
        await expect(one.page.locator("#allow-why")).to_be_focused()
        assert await one.axe() == []
        await one.page.keyboard.press("Enter")
        await one.page.keyboard.type(" ")
        await one.page.keyboard.press("Enter")
        await one.sends_only()  # not without a reason
        await one.page.keyboard.type("list exchanged")
        await one.page.keyboard.press("Enter")
        assert await one.commands(1) == [("POST", "dialling/allow", {"why": "list exchanged"})]
        await expect(one.page.locator("[data-panel]")).to_have_count(0)


async def test_typing_by_mistake_stops_nothing(chromium: Browser) -> None:
    async with drawn(chromium, "dialling", me=ME, clock_stands=True) as one:  # the letters of a word come fast
        for typed in ("ee", "e\n", "fee", "seek the sleeve\n", "eeeeee"):
            for letter in typed:
                await one.page.keyboard.press("Enter" if letter == "\n" else letter)
            await one.page.keyboard.press("Escape")
            await one.page.keyboard.press("Escape")
        for other_key in ("d", "Escape"):
            await one.page.keyboard.press("e")
            await one.pass_time(0.6)
            await expect(one.page.locator("#do-really")).to_have_attribute("aria-disabled", "false")
            await one.page.keyboard.press(other_key)
            await expect(one.page.locator("[data-panel]")).to_have_count(0)
        await one.settles()
        assert STOP not in one.server.requests


async def test_enter_and_the_mouse_stop_everything_too(chromium: Browser) -> None:
    async with drawn(chromium, "dialling", me=ME) as one:
        await one.page.locator("#do-stop-all").click()
        await expect(one.page.locator("#do-really")).to_be_focused()
        await expect(one.page.locator("#do-really")).to_have_attribute("aria-disabled", "false")
        await one.page.keyboard.press("Enter")
        assert await one.commands(1) == [STOP]


async def test_many_campaigns_scroll_in_their_panel(chromium: Browser) -> None:
    async with drawn(chromium, "dialling", me=BOTH, view="overview") as one:
        several = [dialler(f"CAMP{n}", "", "RATIO") for n in range(20)]
        await one.show("dialling", dialling={"stopped": False, "stops": [], "campaigns": several})
        assert not await one.page.evaluate("document.documentElement.scrollHeight > innerHeight")
        last = one.page.locator("#do-dialler-CAMP19")
        await last.focus()
        await expect(last).to_be_in_viewport()
        await one.page.set_viewport_size(SMALL)
        await last.scroll_into_view_if_needed()
        await expect(last).to_be_in_viewport()


async def test_the_wallboard_shows_diallers_without_a_button(chromium: Browser) -> None:
    async with drawn(chromium, "dialling", me=WALLBOARD, viewport=LARGE) as one:
        wall = one.page.locator("main.wall .dialling")
        await expect(wall.locator("li")).to_have_count(2)
        await expect(wall).to_contain_text("and 2 more")
        await expect(wall).to_be_in_viewport(ratio=1)
        await one.page.keyboard.press("e")
        await expect(one.page.locator("button, a, input, select, [data-panel]")).to_have_count(0)
        await one.show("dialling", dialling=diallers() | {"stopped": True, "stops": STOPS})
        await expect(wall).to_contain_text("all stopped")


async def test_every_call_of_a_history_can_be_dialled_or_says_why_not(chromium: Browser) -> None:
    async with drawn(chromium, "paused") as one:
        await one.page.keyboard.press("y")
        dials = one.page.locator(".rows.history tbody tr td:last-child button")
        await expect(one.page.locator(".rows.history tbody tr")).to_have_count(len(HISTORY))
        await expect(dials).to_have_count(len(HISTORY))
        nameless = dials.last
        await expect(nameless).to_have_attribute("aria-disabled", "true")
        await nameless.focus()
        await expect(one.page.locator(".rows.history .why")).to_have_text("the call came without a number")
        await nameless.press("Enter")
        await expect(one.page.locator(".receipts .bad")).to_contain_text("the call came without a number")
        await one.sends_only()
        await one.show("preview")
        first, second = one.page.locator(".before button").first, one.page.locator(".before button").last
        await expect(second, "its call has no number").to_have_attribute("aria-disabled", "true")
        await first.click()
        dialled = ("POST", "agents/me/dial", {"number": CUSTOMER})
        await one.sends_only(dialled)
        await one.show("talking")
        await first.focus()
        await expect(one.page.locator(".before .why").first).to_have_text(WHY["dial"])
        await first.press("Enter")
        await expect(one.page.locator(".receipts .bad")).to_contain_text(WHY["dial"])
        await one.sends_only(dialled)


async def test_a_number_on_a_do_not_call_list_is_marked_wherever_it_can_be_dialled(chromium: Browser) -> None:
    async with drawn(chromium, "paused") as one:
        for key, number in (("y", "15551230004"), ("b", "15551230040"), ("a", "15551230002")):
            await one.page.keyboard.press(key)
            marked = one.page.locator(".rows tbody tr", has=one.page.get_by_text("do not call", exact=True))
            await expect(marked.filter(has_text=number)).to_have_count(1)
            unmarked = one.page.locator(".rows tbody tr").filter(
                has_not=one.page.get_by_text("do not call", exact=True)
            )
            await expect(unmarked.first).to_be_visible()
        mark = one.page.locator(".lead-head .outcome")
        await one.show("preview")
        await expect(mark).to_have_count(0)
        await one.show("preview", lead=SCREENS["preview"]()["lead"] | {"do_not_call": "the system's do-not-call list"})
        await expect(mark).to_have_text("do not call")


async def test_redial_fills_the_field_and_only_enter_dials(chromium: Browser) -> None:
    async with drawn(chromium, "paused") as one:
        press, field = one.page.keyboard.press, one.page.locator("#number")
        await press("l")
        await expect(field).to_be_focused()
        await expect(field).to_have_value("15551230099")
        await one.sends_only()  # the key alone dials no number
        await press("7")
        await expect(field).to_have_value("7")
        await press("Escape")
        await one.page.locator("#do-redial").click()
        await expect(field).to_have_value("15551230099")
        await press("Enter")
        dialled = ("POST", "agents/me/dial", {"number": "15551230099"})
        await one.sends_only(dialled)
        await expect(field).to_have_value("")
        one.server.answers["history"] = (200, [])
        await one.page.locator("#state").focus()
        await press("l")
        await expect(one.page.locator(".receipts .bad")).to_contain_text("no number was dialled yet")
        await one.show("no-phone")
        await press("l")
        await expect(one.page.locator(".receipts .bad").first).to_contain_text(WHY["dial"])
        await one.sends_only(dialled)
