"""A double click, a held key and a third quick command: nothing is done twice, and nothing is lost without a word."""

import asyncio

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


async def test_a_pasted_text_that_is_too_long_is_kept_and_said_and_never_cut(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        notes, status = one.page.locator("#notes"), one.page.locator("#notes-status")
        await one.page.keyboard.press("n")
        await one.page.keyboard.insert_text("🙂" * 2340)
        await expect(status).to_have_text("Not saved: 340 characters too many (2000 fit).")
        await expect(notes).to_have_value("🙂" * 2340)
        assert await one.axe() == []
        await notes.fill("🙂" * 2000)
        await expect(status).to_have_text("Saved")
        assert await one.commands(1) == [("POST", "agents/me/notes", {"notes": "🙂" * 2000})], (
            "the longer ones were not sent"
        )
        await one.show("paused")
        why = "number: at most 32 characters"
        one.server.answers["agents/me/dial"] = (422, {"errors": [{"field": "number", "detail": why}]})
        await one.page.locator("#number").focus()
        await one.page.keyboard.insert_text("49 30 " + "5" * 40)
        await one.page.keyboard.press("Enter")
        await expect(one.page.locator(".told .bad")).to_contain_text(why)
        await expect(one.page.locator("#number")).to_have_value("49 30 " + "5" * 40)
        assert (await one.commands(2))[1][2] == {"number": "4930" + "5" * 40}, "the server refuses it whole"


async def test_half_a_character_in_the_notes_reaches_no_server(chromium: Browser) -> None:
    """The server would not understand the message, and end the feed for good."""
    async with drawn(chromium, "talking") as one:
        await one.page.locator("#notes").evaluate(
            "it => { it.value = 'a\\ud83d\\u{1f642}\\x01'; it.dispatchEvent(new Event('input')); }"
        )
        await expect(one.page.locator("#notes-status")).to_have_text("Saved")
        assert await one.commands(1) == [("POST", "agents/me/notes", {"notes": "a 🙂 "})]

        async def typed() -> bool:
            return one.server.hellos[-1] == {"typed": {"call": SCREENS["talking"]()["call"]["id"], "notes": "a 🙂 "}}

        await one.until(typed)


async def test_two_tabs_share_the_notes_with_each_letter(chromium: Browser) -> None:
    async with drawn(chromium, "talking") as one:
        other = await one.page.context.new_page()
        await other.goto(one.page.url)
        notes, theirs = one.page.locator("#notes"), other.locator("#notes")
        await theirs.press_sequentially("wants")
        await expect(notes).to_have_value("wants")
        await notes.press_sequentially(" blue")
        await expect(theirs).to_have_value("wants blue")
        for page in (one.page, other):
            await expect(page.locator("#notes-status")).to_have_text("Saved")
        assert one.server.requests[-1] == ("POST", "agents/me/notes", {"notes": "wants blue"})
        await theirs.press_sequentially(" one")
        await expect(notes).to_have_value("wants blue one")
        await other.close()  # before it has saved them: the tab that is left does
        await expect(one.page.locator("#notes-status")).to_have_text("Saved", timeout=8000)
        assert one.server.requests[-1] == ("POST", "agents/me/notes", {"notes": "wants blue one"})


DEVICES = """names => {
    const made = names.map(([kind, label]) => ({kind, label, deviceId: label, groupId: label.split(' ')[0]}));
    navigator.mediaDevices.enumerateDevices = async () => made;
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
}"""
SINKS = "() => { window.sinks = []; AudioContext.prototype.setSinkId = async id => { sinks.push(id); }; }"
BUILT_IN, JABRA = (
    [["audioinput", "Laptop mic"], ["audiooutput", "Laptop sound"]],
    [["audioinput", "Jabra mic"], ["audiooutput", "Jabra sound"]],
)


async def test_microphone_and_loudspeaker_are_chosen_and_a_pulled_one_is_said(chromium: Browser) -> None:
    browser_phone = SCREENS["ready"]()["agent"] | {
        "phone": {"kind": "browser", "name": "browser", "up": True, "page": "other", "wanted": False}
    }
    async with drawn(chromium, "ready") as one:
        await one.page.evaluate(SINKS)
        await one.page.evaluate(DEVICES, JABRA + BUILT_IN)
        await one.show("ready", agent=browser_phone)
        await one.page.keyboard.press("q")
        await one.page.locator("#loudspeaker").select_option("Jabra sound")
        await one.page.locator("#microphone").select_option("Jabra mic")
        assert (await one.page.evaluate("sinks"))[-1] == "Jabra sound"
        assert await one.axe_in_each_scheme() == []
        warning = one.page.locator(".warning")
        await expect(warning).to_be_hidden()
        await one.page.evaluate(DEVICES, BUILT_IN)
        await expect(warning).to_have_text(
            "The microphone Jabra mic is gone. The other side hears you through Laptop mic."
            " The loudspeaker Jabra sound is gone. You hear the other side through Laptop sound."
        )
        assert await one.axe_in_each_scheme() == []
        await one.page.evaluate(DEVICES, JABRA + BUILT_IN)
        await expect(warning).to_be_hidden()
        await expect(one.page.locator("#loudspeaker")).to_have_value("Jabra sound")


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
