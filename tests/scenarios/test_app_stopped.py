"""The app is stopped and does not come back: it keeps its connection, and Asterisk goes on giving it callers."""

import pytest

from tests.worlds.real import RealWorld

WITHIN = 5.0  # seconds until a caller is at the fallback, at the latest


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
            early = await real.customer()
            came = real.now()
            await real.hears_prompt(early, "vm-nobodyavail")
            assert real.now() - came < WITHIN
            late = await real.customer()
            came = real.now()
            await real.hears_prompt(late, "vm-nobodyavail")
            assert real.now() - came < WITHIN
        await real.hang_up(early)
        await real.hang_up(late)
        assert (await real.fallback(early))["reason"] == "the application is stopped"
        assert "the application has stood still for" in (await real.fallback(late))["reason"]
    await real.hang_up(talking)
    await real.agent_is(agent, "DISPO")
