"""The app is stopped permanently: it keeps its connection, and Asterisk still sends it callers."""

import asyncio

import pytest

from tools.simulation.call_centre.real_world import RealWorld

PATIENCE = 15.0  # seconds until a caller hears the fallback, well before guard_spot_seconds, which is 30


@pytest.mark.fault(
    "the app is stopped (-STOP) and does not continue",
    "parties keep talking; waiting callers, and those who arrive later, are at the fallback within 5 s",
    'a row of `fallback`: "the application is stopped", or how long it has not run',
)
async def test_callers_reach_the_fallback_and_calls_continue(real: RealWorld) -> None:
    real.patience = PATIENCE
    agent = await real.agent()
    talking = await real.customer()
    await real.hears(talking, agent)
    async with real.unbroken(talking, agent):
        async with real.stuck_app(beats=False):
            times = [real.clock()]
            early = await real.customer()
            await real.hears_prompt(early, "vm-nobodyavail")
            times.append(real.clock())
            late = await real.customer()
            await real.hears_prompt(late, "vm-nobodyavail")
            times.append(real.clock())
        await real.hang_up(early)
        await real.hang_up(late)
        at_once, later = await real.fallback(early), await real.fallback(late)
        assert at_once["reason"] == "the application is stopped"
        assert "the application has stood still for" in later["reason"]
        assert times[0] < at_once["at"] < times[1] < later["at"] < times[2], "before the app went on"
    await real.hang_up(talking)
    await real.agent_is(agent, "DISPO")


@pytest.mark.fault("the app is stopped (-STOP) and does not continue")
async def test_a_caller_reaches_the_fallback_after_the_app_and_its_heartbeat_have_ended(real: RealWorld) -> None:
    """As systemd leaves it: it ends the stopped app, and removes the run folder."""
    real.patience = PATIENCE

    async def list_stasis_channels() -> set[str]:
        channels = await real.site.ari("channels")
        return {channel["id"] for channel in channels if channel["dialplan"]["app_name"] == "Stasis"}

    earlier_channels = await list_stasis_channels()  # one of an earlier test may go while this test waits
    async with real.stuck_app(beats=False):
        came = real.clock()
        caller = await real.customer()
        async with asyncio.timeout(real.patience):
            while await list_stasis_channels() <= earlier_channels:
                await real.talk(0.1)
        await real.kill_app()
    (real.site.folder / "run/beat").unlink()
    await real.hears_prompt(caller, "vm-nobodyavail")
    heard = real.clock()
    await real.hang_up(caller)
    await real.start_app()
    row = await real.fallback(caller)
    assert row["reason"] == "the application is stopped"
    assert came < row["at"] < heard, "before another app ran"
