"""The supervisor view by keys: one press is one command, a refusal is said, and the focus is never lost."""

import re
from typing import Any

from playwright.async_api import Browser, expect

from tests.browser.drawn_page import DrawnPage, drawn
from tests.browser.overviews import BOTH, ME, agent, busy, five
from tests.browser.screens import at


async def choose(one: DrawnPage, user: str) -> None:
    """Choose an agent, and wait until the page has read what may be done to them."""
    await one.page.locator(f"#agent-{user}").click()
    await one.page.locator(".chosen .hearing").wait_for()


async def test_arrows_move_through_the_rows(chromium: Browser) -> None:
    async with drawn(chromium, "busy", me=ME) as one:
        rows = one.page.locator(".agents tbody tr")
        chosen = one.page.locator(".agents [aria-selected=true]")
        second = await rows.nth(1).get_attribute("id") or ""
        for key, row in (  # the latest one comes first
            ("ArrowDown", "agent-1004"),
            ("ArrowDown", second),
            ("ArrowUp", "agent-1004"),
            ("End", "agent-1011"),
            ("Home", "agent-1004"),
        ):
            await one.page.keyboard.press(key)
            await expect(chosen).to_have_id(row)
            await one.has_focus(row)
        await one.page.locator(".line tbody tr").first.focus()
        await one.page.keyboard.press("ArrowDown")
        await one.has_focus("caller-W2")


async def test_each_key_gives_its_command_to_the_chosen_agent(chromium: Browser) -> None:
    async with drawn(chromium, "busy", me=ME) as one:
        one.server.allow("listen", "whisper", "barge", "resume", "pause", "logout")
        await choose(one, "1004")
        steps: list[tuple[str, str, Any]] = [
            ("r", "agents/1004/resume", {}),
            ("p 1", "agents/1004/pause", {"pause_code": "LUNCH"}),
            ("o o", "agents/1004/logout", {}),
            ("g 1", "calls/W1/take", {"agent": "1003"}),
        ]
        for n, (keys, path, body) in enumerate(steps):
            await one.page.locator("#agent-1004").click()
            for key in keys.split():
                await one.page.keyboard.press(key)
                await expect(one.page.locator("#do-really[aria-disabled=true]")).to_have_count(0)
            assert (await one.commands(n + 1))[n] == ("POST", path, body)
            await expect(one.page.locator("[data-panel]")).to_have_count(0)
        assert len(set(one.server.keys)) == len(steps), "each has an idempotency key of its own"


async def test_an_own_phone_is_remembered_in_place_of_the_browser(chromium: Browser) -> None:
    async with drawn(chromium, "busy", me=ME) as one:
        one.server.allow("listen", "whisper", "barge")
        await choose(one, "1000")
        await one.page.keyboard.press("q")
        await expect(one.page.locator("#phone")).to_be_focused()
        await one.page.keyboard.type("1009")
        await one.page.keyboard.press("Enter")
        await expect(one.page.locator("#phone")).to_have_count(0)
        await one.page.keyboard.press("l")
        assert (await one.commands(1))[0] == ("POST", "agents/1000/listen", {"phone": "1009"})
        await one.page.reload()
        await choose(one, "1000")
        await one.page.keyboard.press("w")
        assert (await one.commands(2))[1] == ("POST", "agents/1000/whisper", {"phone": "1009"})
        await one.page.keyboard.press("b")
        assert (await one.commands(3))[2] == ("POST", "agents/1000/barge", {"phone": "1009"})


async def test_a_refusal_is_said(chromium: Browser) -> None:
    async with drawn(chromium, "busy", me=ME) as one:
        one.server.allow("resume")
        one.server.answers["agents/1004/resume"] = (409, {"detail": "the agent is not paused", "code": "not_paused"})
        await choose(one, "1004")
        await one.page.keyboard.press("r")
        await expect(one.page.locator(".receipts .bad")).to_contain_text("Ready: Fay Wong: the agent is not paused")
        one.server.commands = {"listen": {"allowed": False, "code": "x", "why": "the phone is off the line"}}
        await one.show("busy", agents=[row | {"muted": True} for row in busy()["agents"]])
        await expect(one.page.locator("#do-listen")).to_have_attribute("aria-disabled", "true")
        await one.page.keyboard.press("l")
        await expect(one.page.locator(".receipts .bad").first).to_contain_text("the phone is off the line")
        await one.sends_only(("POST", "agents/1004/resume", {}))


async def test_filters_search_and_order(chromium: Browser) -> None:
    async with drawn(chromium, "busy", me=ME) as one:
        rows = one.page.locator(".agents tbody tr")
        await one.page.keyboard.press("f")
        await one.page.keyboard.type("ho")
        await expect(rows).to_have_count(1)
        await one.page.keyboard.press("Enter")
        await one.has_focus("agent-1005")  # Gus Holm
        await one.page.keyboard.press("f")
        await one.page.keyboard.press("Escape")
        await expect(rows).to_have_count(12)
        await one.page.locator("#state-ready").click()
        await expect(rows).to_have_count(3)
        await one.page.locator("#state-all").click()
        await one.page.locator("#ingroup-SALESLINE").click()
        await expect(rows).to_have_count(11)
        await one.page.keyboard.press("c")
        await one.page.keyboard.type("Winter")
        await expect(rows).to_have_count(0)
        await one.page.locator("#do-clear").click()
        await one.page.keyboard.press("s")
        await expect(rows.first, "an agent without a name has its number").to_have_text(re.compile(r"^\s*1011"))


async def test_the_focus_stays_when_the_overview_changes(chromium: Browser) -> None:
    async with drawn(chromium, "busy", me=ME) as one:
        await one.page.locator("#agent-1002").click()
        later = [
            row | {"state": "INCALL", "since": at(0)} if row["user"] == "1002" else row for row in busy()["agents"]
        ]
        await one.show("busy", agents=later)
        await one.has_focus("agent-1002")
        await one.show("five", agents=[agent("1000", "Anna Berg", "READY", 3)])
        await one.has_focus("state")  # the agent has logged out
        await one.page.keyboard.press("ArrowDown")
        await one.has_focus("agent-1000")


async def test_a_person_with_both_pages_switches_and_a_reload_keeps_the_choice(chromium: Browser) -> None:
    async with drawn(chromium, "busy", me=BOTH) as one:
        await expect(one.page.locator("main.overview"), "the widest view first").to_be_visible()
        await one.page.keyboard.press("j")
        await expect(one.page.get_by_text("Waiting for a call")).to_be_visible()
        await one.page.reload()
        await expect(one.page.get_by_text("Waiting for a call")).to_be_visible()
        await one.page.locator("#do-view-overview").click()
        await expect(one.page.locator("main.overview")).to_be_visible()
        await one.page.reload()
        await expect(one.page.locator("main.overview")).to_be_visible()
        await expect(one.page).to_have_url(re.compile(r"\?view=overview$"))


async def test_a_call_of_the_own_agent_is_said_in_the_supervisor_view(chromium: Browser) -> None:
    async with drawn(chromium, "five", me=BOTH, view="overview") as one:
        await expect(one.page.locator("#do-view-agent")).to_be_visible()
        await one.server.show("talking")
        await expect(one.page.locator("#called")).to_have_text("Call from Ada Byron, Sales")
        await expect(one.page.locator("main.overview")).to_be_visible()


async def test_a_wait_that_gets_too_long_is_said(chromium: Browser) -> None:
    async with drawn(chromium, "five", me=ME) as one:
        [waiting] = five()["waiting"]
        await one.show("five", waiting=[waiting | {"late": at(1)}])
        await expect(one.page.locator("#said")).to_have_text("15551230071 waits too long, Sales")


async def test_a_wallboard_loads_itself_again_and_leads_back(chromium: Browser) -> None:
    async with drawn(chromium, "five", me=ME, view="wall") as one:
        await one.page.evaluate("document.body.dataset.old = 'yes'")
        await one.server.cut(4002)
        await expect(one.page.locator("body:not([data-old]) main.wall")).to_be_visible()
        await one.page.keyboard.press("Escape")
        await expect(one.page.locator("main.overview")).to_be_visible()


async def test_an_agent_who_asks_for_help_is_first_and_is_said_at_once(chromium: Browser) -> None:
    async with drawn(chromium, "busy", me=BOTH, view="overview") as one:
        told = busy()["agents"]
        first = one.page.locator(".agents tbody tr").first
        asks, urgent = told[-1]["user"], await first.get_attribute("id")
        assert urgent != f"agent-{asks}"
        said = one.page.locator("#called")
        await expect(said).to_have_text("")
        await one.show("busy", agents=[*told[:-1], told[-1] | {"help_since": at(3)}])
        await expect(first).to_have_id(f"agent-{asks}")
        await expect(first.locator(".age")).to_contain_text(["asks for help"])
        name = f"{told[-1]['full_name'] or asks} asks for help"
        await expect(said).to_have_text(name)
        await expect(one.page).to_have_title(re.compile(f"^{re.escape(name)}"))
        assert await one.axe() == []
        await one.show("busy")
        await expect(first).to_have_id(urgent or "")
        await expect(said).to_have_text("")
        await one.page.keyboard.press("t")
        await one.show("busy", agents=[*told[:-1], told[-1] | {"help_since": at(3)}])
        await expect(one.page.locator(".attention tbody tr").first).to_contain_text("asks for help")
