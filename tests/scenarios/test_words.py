"""Each check of the scenario language can fail: it does if the opposite is true."""

from asyncio import gather
from collections.abc import Awaitable

import pytest

from tests.internals.scenarios import Kind, State
from tests.scenarios.given import in_dialing, in_talking, in_three_way
from tools.simulation.call_centre.call_centre import WITHIN
from tools.simulation.call_centre.scenario_language import ScenarioWorld


async def fails(claim: Awaitable[object]) -> None:
    with pytest.raises((AssertionError, TimeoutError)):
        await claim


async def test_checks_of_two_talking_parties_can_fail(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    await world.hears(agent, customer)
    world.patience = 0.4
    await gather(
        fails(world.silent_to(agent, customer)),
        fails(world.silent_to(customer, agent)),
        fails(world.hears_silence(agent)),
        fails(world.hears_music(customer)),
        fails(world.hears_ring_tone(customer)),
        fails(world.is_gone(customer)),
        fails(world.nothing_left()),
        fails(world.call_is(customer, State.WAITING)),
        fails(world.agent_is(agent, "DISPO")),
        fails(world.ended(customer)),
        fails(world.fallback(customer)),
        fails(world.hears_prompt(customer, "vm-nobodyavail")),
    )


async def test_checks_of_two_separate_parties_can_fail(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    waiting = await world.customer()
    await world.hears_music(waiting)
    world.patience = 0.4
    await gather(fails(world.hears(agent, waiting)), fails(world.hears(waiting, customer)))
    world.patience = WITHIN
    await world.hears(agent, customer)


async def test_of_a_phone_that_rings(world: ScenarioWorld) -> None:
    agent, customer, third = await in_dialing(world)
    await world.hears_ring_tone(agent)
    world.patience = 0.4
    await gather(
        fails(world.no_ring_tone(agent)),
        fails(world.hears(customer, third)),
        fails(world.receipt(customer, Kind.DIAL_WITH_CUSTOMER)),
    )


async def test_checks_of_unbroken_audio_can_fail(world: ScenarioWorld) -> None:
    agent, customer, third = await in_three_way(world)
    await gather(world.hears(agent, third), world.hears(third, agent))
    with pytest.raises(AssertionError):
        async with world.unbroken(agent, third):
            assert await world.ask(Kind.HANGUP_XFER, agent) == ""
            await world.talk(1.0)
    async with world.unbroken(agent, customer):
        await world.talk(0.2)
