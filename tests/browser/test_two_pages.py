"""Two pages of one agent: one has the voice, the other says so, and both command."""

import asyncio
import time

from playwright.async_api import Dialog, Request, Route, expect

from lab.sip import tones
from tests.browser.routed import set_route
from tests.browser.stage import WITHIN, Person, Stage
from tests.browser.working_agent import WorkingAgent, hears, longest_gap, working

LIMIT = 120.0  # seconds for a test
MOST = 0.6  # seconds without either voice while it moves
ELSEWHERE = "Headset: in another tab or browser"
HOME = tones.CLOSER  # the tone of the microphone in the other browser


async def test_two_tabs_have_one_voice_one_command_and_one_code(stage: Stage) -> None:
    async with working(stage, "3106") as agent:
        await agent.talks()
        tab = await agent.person.tab()
        await agent.shows("incall", tab)
        await takes_voice(agent, tab, agent.tone)
        await expect(agent.page.locator(".phone")).to_have_text(ELSEWHERE)
        await takes_voice(agent, agent.person, agent.tone)
        await expect(tab.page.locator(".phone")).to_have_text(ELSEWHERE)
        await one_of_two_commands_is_refused(agent, tab)
        await agent.parties_hang_up()
        await agent.orders("disposition", status="OTHER")
        await agent.shows("ready")
        await a_code_is_taken_back_once(agent, tab)


async def test_the_voice_moves_to_another_browser_and_stays(stage: Stage) -> None:
    async with working(stage, "3107") as agent:
        await agent.talks()
        home = await agent.opens(HOME)
        await agent.shows("incall", home)
        began = time.monotonic()
        asked: list[str] = []

        async def agree(dialog: Dialog) -> None:
            asked.append(dialog.type)
            await dialog.accept()

        agent.page.once("dialog", agree)
        await agent.page.reload()
        assert asked == ["beforeunload"], "the page is the phone of a call"
        await agent.on_the_line()
        await expect(home.page.locator(".phone")).to_have_text(ELSEWHERE)
        await hears(agent.customer, agent.tone, time.monotonic())
        assert not heard_since(agent, HOME, began), "the page that is loaded again keeps the voice"

        assert await home.axe() == []
        await takes_voice(agent, home, HOME)
        await expect(agent.page.locator(".phone")).to_have_text(ELSEWHERE)
        await agent.page.keyboard.press("o")
        await agent.shows("park", home)
        await home.page.keyboard.press("o")
        await agent.shows("incall")
        await hears(agent.customer, HOME, time.monotonic())
        await agent.ends()


async def one_of_two_commands_is_refused(agent: WorkingAgent, tab: Person) -> None:
    """Leave a three-way call in both tabs at once."""
    await agent.calls_third()
    await agent.shows("3-way", tab)
    place, both = agent.place(), asyncio.Barrier(2)

    async def wait_for_the_other(route: Route, _request: Request) -> None:
        await both.wait()
        await route.continue_()

    pages = [agent.page, tab.page]
    for page in pages:
        await set_route(page, "**/transfers*", wait_for_the_other)
    await asyncio.gather(*(page.keyboard.press("l") for page in pages))
    for person in (agent.person, tab):
        await agent.shows("dispo", person)
        await expect(person.page.locator(".told .asked"), "each has its answer").to_have_count(0)
        await person.page.unroute_all()
    lines = [await page.locator(".told").inner_text() for page in pages]
    assert sum("Leave: done" in line for line in lines) == 1, lines

    def outcomes() -> list[str]:
        ends = ("command.completed", "command.refused")
        return sorted(one.type for one in agent.events(place) if one.type in ends)

    async def both_are_stored() -> bool:  # a refusal does not wait for a late disk
        return len(outcomes()) >= 2

    await agent.person.until(both_are_stored)
    assert outcomes() == ["command.completed", "command.refused"]


async def a_code_is_taken_back_once(agent: WorkingAgent, tab: Person) -> None:
    """Take a code back in both tabs at once. It counts from the next call on."""
    await agent.talks()
    await agent.page.locator("#notes").fill("wants the blue one")
    await agent.parties_hang_up()
    for person in (agent.person, tab):
        await agent.shows("dispo", person)
    await agent.page.locator("#code-SALE").click()
    for person in (agent.person, tab):
        await expect(person.page.locator("#do-undoCode")).to_be_visible(timeout=WITHIN * 1000)
    assert await tab.axe() == []
    place = agent.place()
    await asyncio.gather(*(person.page.keyboard.press("z") for person in (agent.person, tab)))
    for person in (agent.person, tab):
        await agent.shows("dispo", person)
        await expect(person.page.locator("#notes")).to_have_value("wants the blue one")
    assert (await agent.screen())["last"]["status"] == ""
    await tab.page.locator("#code-NI").click()
    await expect(agent.page.locator("#do-undoCode")).to_be_visible(timeout=WITHIN * 1000)
    await agent.talks()
    await expect(agent.page.locator("#do-undoCode")).to_have_count(0)
    assert (await agent.sends("undo-disposition")).status == 409
    given = [one.data["status"] for one in agent.events(place) if one.type == "disposition.entered"]
    assert given == ["NI"]
    await agent.ends()


async def takes_voice(agent: WorkingAgent, person: Person, tone: int) -> None:
    """Take the voice in this page by its key; the customer may miss the agent for a moment."""
    await expect(person.page.locator("#do-connect")).to_have_text("Take the voice here V")
    began = time.monotonic()
    await person.page.keyboard.press("v")
    await agent.on_the_line(person)
    first = await hears(agent.customer, tone, began) if tone != agent.tone else began
    assert first - last_heard(agent, began, first) <= MOST
    assert await longest_gap(agent.customer, tone, first) <= MOST


def heard_since(agent: WorkingAgent, tone: int, since: float) -> bool:
    """Return whether the customer has heard a tone since then."""
    packets = agent.customer.audio.between(since, float("inf"))
    return any(tones.packet_has_tone(one.payload, tone) for one in packets)


def last_heard(agent: WorkingAgent, since: float, until: float) -> float:
    """Return when the customer last heard the agent's first microphone, from `since` on."""
    packets = agent.customer.audio.between(since, until)
    return max((one.time for one in packets if tones.packet_has_tone(one.payload, agent.tone)), default=since)
