"""The app is killed while many callers wait: none hears silence, and the queue keeps its order."""

from asyncio import gather

import pytest

from tests.internals.scenarios import Kind, State
from tests.scenarios.given import in_dialing
from tests.scenarios.queue.line import served, waits
from tools.simulation.call_centre.scenario_language import Party, ScenarioWorld

SALES, SUPPORT = "8005550100", "8005550101"
FIRST, LATER = 9, 10  # callers of each in-group; with the first one they are 20


@pytest.mark.fault("the app is killed (-9)")
async def test_twenty_waiting_callers_are_served_in_the_same_order(world: ScenarioWorld) -> None:
    await world.configure("ingroup", "SUPPORTLINE", queue_priority="99")
    agent, front = await _at_the_front(world)
    sales = [await waits(world, SALES) for _ in range(FIRST)]
    support = [await waits(world, SUPPORT) for _ in range(LATER)]
    line = [front, *support, *sales]
    async with world.never_in_silence(*line):
        await world.kill_app()
        gone = [line[n] for n in (0, 4, 12)]
        await gather(*(world.hang_up(customer) for customer in gone))
        await world.start_app()
        stay = [customer for customer in line if customer not in gone]
        await gather(*(world.call_is(customer, State.WAITING) for customer in stay))
        assert await served(world, agent, stay) == stay
    for customer in gone:
        ended = (await world.ended(customer)).call
        assert ended and ended["ended_by"] == "customer"


async def _at_the_front(world: ScenarioWorld) -> tuple[Party, Party]:
    """Return a pausing agent, and a customer who waits again after a third party refused the call."""
    agent, customer, third = await in_dialing(world)
    assert await world.ask(Kind.PAUSE, agent) == ""
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await world.hang_up(third)
    await world.call_is(customer, State.WAITING)
    assert await world.ask(Kind.STATUS, agent, status="A") == ""
    await world.agent_is(agent, "PAUSED")
    return agent, customer
