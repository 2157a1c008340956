"""A reload in each state of a call: nothing changes, nothing typed is lost, and the customer misses a moment."""

import time

from playwright.async_api import Route, expect

from lab.sip import SipCall, tones
from tests.browser.stage import Stage
from tests.browser.working_agent import WorkingAgent, hears, longest_gap, working

MOST = 1.0  # seconds that a customer may miss the agent
LOADS = 3  # times of the browser's own load of the page that count instead, on a machine with other work
UNDISTURBED = 0.25  # seconds between two packets of parties that no reload concerns, on a busy machine


async def test_a_reload_changes_no_state_and_loses_nothing_typed(stage: Stage) -> None:
    async with working(stage, "3101") as agent:
        await agent.talks()
        await agent.page.keyboard.press("n")
        await agent.page.keyboard.type("wants the blue one")
        await agent.page.keyboard.press("Escape")
        await agent.page.keyboard.press("c")
        await expect(agent.page.locator("#to")).to_be_focused()
        await agent.page.keyboard.type("0171 55")
        await reload(agent, "incall", agent.tone)
        await expect(agent.page.locator("#notes")).to_have_value("wants the blue one")
        await expect(agent.page.locator("#to")).to_have_value("0171 55")
        await expect(agent.page.locator("#to")).to_be_focused()
        await agent.page.keyboard.press("Escape")

        await agent.holds()
        await reload(agent, "park", tones.MUSIC)
        await agent.orders("unhold")
        await agent.shows("incall")

        await agent.calls_third()
        began = time.monotonic()
        await reload(agent, "3-way", agent.tone)
        assert await longest_gap(agent.customer, tones.THIRD, began) <= UNDISTURBED
        assert await longest_gap(agent.third, tones.CUSTOMER, began) <= UNDISTURBED
        await agent.orders("hold")
        await agent.shows("park")
        began = await hears(agent.customer, tones.MUSIC, time.monotonic())
        await reload(agent, "park", agent.tone, of=agent.third)
        assert await longest_gap(agent.customer, tones.MUSIC, began) <= UNDISTURBED

        await agent.third.hang_up()
        await agent.customer.hang_up()
        await agent.shows("dispo")
        await agent.page.locator("#code-CALLBK").click()
        await agent.page.keyboard.type("tomo")
        await reload(agent, "dispo")
        await expect(agent.page.locator("#at")).to_have_value("tomo")
        await expect(agent.page.locator("#notes")).to_have_value("wants the blue one")


async def reload(agent: WorkingAgent, state: str, heard: int = 0, of: SipCall | None = None) -> None:
    """Load the page again in a state. The customer, or another party, may miss a tone for a moment."""
    before, place, began = await agent.screen(), agent.place(), time.monotonic()
    await agent.page.reload()
    loaded = time.monotonic() - began
    await agent.shows(state)
    await agent.on_the_line()
    if heard:
        assert await longest_gap(of or agent.customer, heard, began) <= max(MOST, LOADS * loaded)
    after = await agent.screen()
    assert agent.changes(place) == []
    assert (after["agent"]["state"], after["hears"]) == (before["agent"]["state"], before["hears"])


async def test_an_offer_that_the_browser_sends_twice_costs_no_voice(stage: Stage) -> None:
    """A browser does so by itself if its connection ends before the answer, as when a process is killed."""
    async with working(stage, "3114") as agent:
        await agent.talks()
        lost: list[int] = []

        async def twice(route: Route) -> None:
            if not lost:
                lost.append((await route.fetch()).status)
            await route.continue_()

        await agent.page.route("**/workspace/phone?*", twice)
        await reload(agent, "incall", agent.tone)
        assert lost == [201]


async def test_a_logout_leaves_nothing_typed(stage: Stage) -> None:
    async with working(stage, "3102") as agent:
        await agent.page.keyboard.press("a")
        await agent.page.locator("#search").fill("Ada")
        await agent.page.reload()
        await expect(agent.page.locator("#search")).to_have_value("Ada")
        await agent.page.keyboard.press("q")
        await agent.page.locator("#do-leave-browser").click()
        await agent.person.log_in("user3102")
        await agent.shows("ready")
        assert "Ada" not in str(await agent.page.evaluate("history.state"))
        await agent.page.keyboard.press("a")
        await expect(agent.page.locator("#search")).to_have_value("")
