"""The app is stopped and does not come back: it keeps its connection, and Asterisk goes on giving it callers."""

import pytest

from tests.worlds.real import RealWorld

WITHIN = 5_000_000  # microseconds until a caller is at the fallback, at the latest


@pytest.mark.fault(
    "the app is stopped (-STOP) and does not come back",
    "who talks talks on; who waits for it is at the fallback within 5 s, also who comes later",
    'a row of `fallback`: "the application is stopped", or for how long it has stood still',
)
async def test_callers_come_to_the_fallback_and_who_talks_talks_on(real: RealWorld) -> None:
    agent = await real.agent()
    talking = await real.customer()
    await real.hears(talking, agent)
    async with real.unbroken(talking, agent):
        async with real.stuck_app():
            early, came_early = await real.customer(), real.clock()
            await real.hears_prompt(early, "vm-nobodyavail")
            late, came_late = await real.customer(), real.clock()
            await real.hears_prompt(late, "vm-nobodyavail")
        await real.hang_up(early)
        await real.hang_up(late)
        at_once, later = await real.fallback(early), await real.fallback(late)
        assert at_once["reason"] == "the application is stopped"
        assert "the application has stood still for" in later["reason"]
        assert at_once["at"] - came_early < WITHIN and later["at"] - came_late < WITHIN
    await real.hang_up(talking)
    await real.agent_is(agent, "DISPO")
