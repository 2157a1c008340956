"""The network between page and server is cut: a short cut heals by itself, and a long one costs no call."""

import time

from playwright.async_api import expect

from lab.sip import tones
from tests.browser.cut_network import CutNetwork, cut_network
from tests.browser.stage import Stage
from tests.browser.working_agent import WorkingAgent, hears, working
from tests.soak import soaking

LIMIT = 120.0  # seconds for a test
SHORT = 3.0  # seconds
# A page counts as gone after 6 s without an answer to a ping. The soak waits for the usual grace of 5 s as well.
LONG, GRACE = (20.0, "5") if soaking() else (9.0, "0")
SOON = 1.5  # seconds until the voice is back after a cut


async def test_a_short_cut_heals_by_itself_and_the_voice_comes_back_after_a_long_one(stage: Stage) -> None:
    async with cut_network(stage.lab.api) as network, working(stage, "3112", network=network) as agent:
        await agent.talks()
        place = agent.place()
        healed = await cut(agent, network, SHORT)
        assert await hears(agent.customer, agent.tone, healed) - healed <= SOON
        assert agent.changes(place) == []
        await expect(agent.page.locator(".link-state")).to_have_text("Connected")

        await agent.campaign(browser_grace_seconds=GRACE)
        place, began = agent.place(), time.monotonic()
        healed = await cut(agent, network, LONG)
        await hears(agent.customer, tones.MUSIC, began)
        assert await hears(agent.customer, agent.tone, healed) - healed <= SOON
        assert agent.changes(place) == ["agent.phone_lost", "call.rescue", "agent.in_call", "call.talking"]
        await agent.shows("incall")
        await agent.on_the_line()
        await agent.ends()


async def cut(agent: WorkingAgent, network: CutNetwork, seconds: float) -> float:
    """Cut the network for a time; return when it was whole again."""
    network.cut()
    until = time.monotonic() + seconds

    def over() -> bool | None:
        return agent.customer.audio.captured_until >= until or None

    await agent.customer.audio.until(over, seconds + 5.0, "no sound")
    network.restore()
    return time.monotonic()
