"""The app is stopped for some seconds: waiting callers hear their music, and the app handles the events afterwards."""

import pytest

from tests.internals.scenarios import Kind
from tests.scenarios.queue.line import served, waits
from tools.simulation.call_centre.scenario_language import ScenarioWorld

SALES = "8005550100"


@pytest.mark.fault(
    "the app is stopped for some seconds",
    "waiting callers hear their music, and keep their places",
    "the missed changes, when the app continues",
)
async def test_waiting_callers_keep_their_places_and_new_callers_are_accepted(world: ScenarioWorld) -> None:
    agent = await world.agent()
    assert await world.ask(Kind.PAUSE, agent) == ""
    first, gone, last = [await waits(world, SALES) for _ in range(3)]
    await world.hears_music(last)
    async with world.never_in_silence(first, last):
        async with world.stuck_app():
            await world.hang_up(gone)
            newest = await world.customer(SALES)
            await world.talk(0.5)
            await world.hears_music(last)
        await world.hears_music(newest)
        line = [first, last, newest]
        assert await served(world, agent, line) == line
    ended = (await world.ended(gone)).call
    assert ended and (ended["ended_by"], ended["last_agent"]) == ("customer", "")
