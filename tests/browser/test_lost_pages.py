"""Pages that are closed, that crash, and that the browser freezes: the call goes on as it is documented."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Route, expect

from lab.sip import tones
from tests.browser.stage import WITHIN, Stage
from tests.browser.working_agent import WorkingAgent, hears, longest_gap, working

LIMIT = 120.0  # seconds for a test
SOON = 1.0  # seconds until a page that was frozen is right again
GONE = 7.0  # seconds; a page that answers no ping is gone after 6
UNDISTURBED = 0.25  # seconds between two packets of parties that nothing concerns, on a busy machine
SECOND = 1_000_000  # microseconds
NOTES = "order 4711"
RESCUE = 5  # seconds, the least that the option allows


async def test_a_closed_tab_is_missed_after_the_grace_and_comes_back(stage: Stage) -> None:
    async with working(stage, "3103", browser_grace_seconds="1") as agent:
        await agent.talks()
        await agent.page.close()
        await hears(agent.customer, tones.MUSIC, time.monotonic())
        agent.person = await agent.person.tab()
        await agent.shows("incall")
        await hears(agent.customer, agent.tone, time.monotonic())
        assert (await agent.screen())["call"]["state"] == "talking"

        await agent.page.locator("#notes").fill(NOTES)
        await expect(agent.page.locator("#notes-status")).to_have_text("Saved")
        await agent.campaign(agent_rescue_seconds=str(RESCUE))
        await agent.page.close()
        await agent_is(agent, "DISPO")
        await hears(agent.customer, tones.MUSIC, time.monotonic())  # in the queue
        await takes_back(agent)

        await agent.page.close()
        await agent_is(agent, "DISPO")
        async with voice_held(agent):  # with a voice before the code, the agent is ready after it
            agent.person = await agent.person.tab()
            await agent.shows("dispo")
            await agent.orders("disposition", status="OTHER")
            await agent.shows("paused")
            assert await agent.person.axe() == []
            assert (await agent.screen())["agent"]["pause_code"] == "LOST"
        await agent.customer.hang_up()


async def takes_back(agent: WorkingAgent) -> None:
    """Come back in the wrap-up, and take the customer back, whose notes are still there."""
    agent.person = await agent.person.tab()
    await agent.shows("dispo")
    await expect(agent.page.locator(".call .notice").last).to_contain_text(
        f"The customer waits in LINE{agent.user} since"
    )
    await expect(agent.page.locator("#do-takeThemBack[aria-disabled=false]")).to_be_visible(timeout=WITHIN * 1000)
    assert await agent.person.axe() == []
    await agent.page.keyboard.press("t")
    await agent.shows("incall")
    await hears(agent.customer, agent.tone, time.monotonic())
    await expect(agent.page.locator("#notes")).to_have_value(NOTES)


async def test_a_frozen_page_gets_its_call_and_a_crash_is_no_leave(stage: Stage) -> None:
    async with working(stage, "3104") as agent:
        await a_frozen_page_gets_its_call(agent)
        await a_crash_in_a_three_way_call_is_no_leave(agent)


async def a_frozen_page_gets_its_call(agent: WorkingAgent) -> None:
    """Freeze the page; a customer calls, and talks to the agent until the server misses the page's answers."""
    devtools = await agent.person.devtools()
    await devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
    customer = agent.customer = await agent.calls()
    heard = await hears(customer, agent.tone, time.monotonic())

    def listened() -> bool | None:
        return customer.audio.captured_until > heard + GONE or None

    await customer.audio.until(listened, 2 * GONE, "no sound")
    assert await longest_gap(customer, agent.tone, heard) <= UNDISTURBED
    await devtools.send("Page.setWebLifecycleState", {"state": "active"})
    thawed = time.monotonic()
    await agent.shows("incall")
    assert time.monotonic() - thawed <= SOON
    await agent.ends()


async def a_crash_in_a_three_way_call_is_no_leave(agent: WorkingAgent) -> None:
    """Kill the renderer twice: the agent comes back, and then does not."""
    await agent.talks()
    await agent.calls_third()
    place, began = agent.place(), time.monotonic()
    await crash(agent)
    await phone_is_gone(agent)
    agent.person = await agent.person.tab()
    await agent.shows("3-way")
    await hears(agent.third, agent.tone, time.monotonic())
    assert agent.changes(place) == []

    await agent.campaign(browser_grace_seconds="1", agent_rescue_seconds=str(RESCUE))
    place = agent.place()
    await crash(agent)
    await agent_is(agent, "DISPO")
    times = {one.type: one.at for one in agent.events(place)}
    assert times["call.handed_off"] - times["page.away"] >= (1 + RESCUE) * SECOND
    assert await longest_gap(agent.customer, tones.THIRD, began) <= UNDISTURBED
    assert await longest_gap(agent.third, tones.CUSTOMER, began) <= UNDISTURBED
    await agent.customer.hang_up()


@asynccontextmanager
async def voice_held(agent: WorkingAgent) -> AsyncIterator[None]:
    """Hold back the offers of the agent's pages for a voice, for the time of the block."""
    over = asyncio.Event()

    async def hold(route: Route) -> None:
        await over.wait()
        await route.continue_()

    await agent.person.context.route("**/workspace/phone?*", hold)
    try:
        yield
    finally:
        over.set()  # the route stays, and lets later offers pass


async def crash(agent: WorkingAgent) -> None:
    """Kill the renderer of the page."""
    crashed = asyncio.Event()
    agent.page.on("crash", lambda _page: crashed.set())
    devtools = await agent.person.devtools()
    killing = asyncio.ensure_future(devtools.send("Page.crash"))
    await crashed.wait()
    killing.cancel()
    await asyncio.wait([killing])
    await agent.page.close()


async def phone_is_gone(agent: WorkingAgent) -> None:
    """Wait until the server misses the page."""

    async def gone() -> bool:
        return not (await agent.screen())["agent"]["phone"]["up"]

    await agent.person.until(gone)


async def agent_is(agent: WorkingAgent, state: str) -> None:
    """Wait until the server has the agent in a state, which a rescue may precede."""
    async with asyncio.timeout(3 * RESCUE):
        while True:
            if (await agent.screen())["agent"]["state"] == state:
                return
            await asyncio.sleep(0.2)  # no page is open that could tell; a look asks for a whole screen
