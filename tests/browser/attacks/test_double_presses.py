"""A double click, a held key and a third quick command: nothing is done twice, and nothing is lost without a word."""

import asyncio
import re

import pytest
from playwright.async_api import Browser, expect

from tests.browser.drawn_page import DrawnPage, drawn
from tests.browser.overviews import ME, OVERVIEWS
from tests.browser.routed import set_route
from tests.browser.screens import SCREENS


async def hold_enter(one: DrawnPage, times: int = 5) -> None:
    """Hold the Enter key for so many repetitions."""
    for _ in range(times):
        await one.page.keyboard.down("Enter")
    await one.page.keyboard.up("Enter")


async def test_a_double_click_cancels_no_callback(chromium: Browser) -> None:
    async with drawn(chromium, "ready") as one:
        await one.page.locator("#show-CB0").click()
        await one.page.locator("#cancel").dblclick()
        await one.page.locator("#cancel").focus()
        await hold_enter(one)
        await expect(one.page.locator("#really-cancel")).to_be_visible()
        await one.sends_only()
        await one.page.locator("#really-cancel").click()
        assert await one.commands(1) == [("POST", "callbacks/CB0/cancel", {})]


async def test_a_held_enter_opens_the_pause_codes_and_chooses_none(chromium: Browser) -> None:
    async with drawn(chromium, "ready") as one:
        await one.page.locator("#do-pause").focus()
        await hold_enter(one)
        await expect(one.page.locator("#pause-1")).to_be_focused()
        await one.sends_only()


@pytest.mark.parametrize("way", ["oo", "Enter"])
async def test_an_agent_is_not_logged_out_by_a_double_letter_or_a_held_key(chromium: Browser, way: str) -> None:
    async with drawn(chromium, "five", me=ME, clock_stands=True) as one:
        user = OVERVIEWS["five"]()["agents"][0]["user"]
        await one.page.locator(f"#agent-{user}").click()
        if way == "Enter":
            await one.page.locator("#do-logout").focus()
            await hold_enter(one)
        else:
            await one.page.keyboard.type(way)
        await expect(one.page.locator("#do-really")).to_be_visible()
        await one.sends_only()
        await one.pass_time(1)
        await expect(one.page.locator("#do-really")).to_have_attribute("aria-disabled", "false")
        await one.page.keyboard.press("o")
        assert await one.commands(1) == [("POST", f"agents/{user}/logout", {})]


async def test_a_third_command_says_that_it_is_not_sent(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        one.server.held = asyncio.Event()
        await one.page.keyboard.type("omh")
        await expect(one.page.locator(".receipts .bad")).to_contain_text("Hang up: not sent")
        one.server.held.set()
        await one.sends_only(("POST", "agents/me/hold", {}), ("POST", "agents/me/mute", {}))
        await expect(one.page.locator(".receipts .ok")).to_have_count(2)
        await expect(one.page.locator(".receipts .bad")).to_contain_text("Hang up: not sent")


async def test_a_double_click_gives_a_code_once(chromium: Browser) -> None:
    async with drawn(chromium, "dispo") as one:
        one.server.held = asyncio.Event()
        await one.page.locator("#code-SALE").dblclick()
        one.server.held.set()
        await one.settles()
        assert [path for _, path, _ in one.server.requests] == ["agents/me/disposition"]


async def test_a_logout_that_does_not_arrive_is_said(chromium: Browser) -> None:
    async with drawn(chromium, "ready") as one:
        await one.page.keyboard.press("q")
        await set_route(one.page, "**/workspace/logout", lambda route: route.abort())
        await one.page.locator("#do-leave-browser").click()
        await expect(one.page.locator(".receipts .bad")).to_contain_text("You are still logged in")
        assert one.server.logged_in
        await one.page.unroute("**/workspace/logout")
        await one.page.locator("#do-leave-browser").click()
        await one.page.locator("[name=password]").wait_for()


async def test_notes_that_are_full_say_so(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        await one.page.keyboard.press("n")
        await one.page.keyboard.insert_text("🙂" * 5000)
        await expect(one.page.locator(".notes small")).to_contain_text("2000")
        await expect(one.page.locator("#notes"), "no letter is cut in half").to_have_value(re.compile("^(🙂)+$"))


async def test_the_digits_of_agents_stay_while_a_caller_is_given(chromium: Browser) -> None:
    async with drawn(chromium, "five", me=ME) as one:
        whole = OVERVIEWS["five"]()
        ready = [{**agent, "state": "READY"} for agent in whole["agents"]]
        await one.show("five", agents=ready)
        await one.page.keyboard.press("g")
        await one.page.locator("#choice-1").wait_for()
        names = await one.page.locator(".choices button > span").all_inner_texts()
        first = next(agent for agent in ready if names[0].startswith(agent["full_name"] or agent["user"]))
        await one.show("five", agents=[agent for agent in ready if agent is not first])
        await expect(one.page.locator("#choice-1")).to_have_count(0)
        await one.page.keyboard.press("2")
        [given] = await one.commands(1)
        second = next(agent for agent in ready if names[1].startswith(agent["full_name"] or agent["user"]))
        assert given[2] == {"agent": second["user"]}


async def test_a_pasted_control_character_does_not_keep_the_notes_from_the_server(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        await one.page.keyboard.press("n")
        await one.page.keyboard.insert_text("soft\x0bbreak\tand\nline")
        assert (await one.commands(1))[0][2] == {"notes": "soft break\tand\nline"}


# Presses each key, and returns those that opened a panel or a list, and the ids that two elements had then. A
# probe is answered after what the page has read; it is sent until no other request is under way.
TWICE = """async keys => {
    const fetched = window.fetch, opened = [], shared = [];
    let pending = 0;
    window.fetch = (...how) => { pending++; return fetched(...how).finally(() => { pending--; }); };
    const press = (key) => document.activeElement.dispatchEvent(
        new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
    const probe = async () => (await fetched('icon.svg?probe')).text();
    const ids = () => [...document.querySelectorAll('[id]')].map(one => one.id);
    for (const key of keys) {
        const before = ids();
        press(key);
        await probe();
        while (pending) await probe();
        await probe();
        const after = ids();
        if (after.join() !== before.join()) opened.push(key);
        shared.push(...after.filter((id, n) => after.indexOf(id) !== n).map(id => `${key}: ${id}`));
        press('Escape');
        document.getElementById('state').focus();
    }
    window.fetch = fetched;
    return [opened, shared];
}"""


async def test_no_two_elements_have_the_same_id(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        keys = ["q", "p", "t", "k", "b", "y", "?"]
        ever: set[str] = set()
        for name in SCREENS:
            await one.show(name)
            opened, shared = await one.page.evaluate(TWICE, keys)
            assert shared == [], name
            ever |= set(opened)
        assert ever == set(keys)
