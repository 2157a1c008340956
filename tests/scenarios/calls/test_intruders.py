"""Another program changes a call without the app: no stranger stays in it, and no party is lost."""

from asyncio import gather

import pytest

from tests.internals.scenarios import Kind, State, steps
from tests.scenarios.given import all_talk, in_talking
from tools.simulation.call_centre.scenario_language import ScenarioWorld


@pytest.mark.fault(
    "another program adds a channel to a call",
    "the parties keep talking; the new channel is hung up",
    "a step in the call's timeline",
)
async def test_a_channel_that_another_program_adds_to_a_bridge_is_hung_up(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    async with world.unbroken(agent, customer):
        stranger = await world.stranger(customer)
        await world.is_gone(stranger)
    await world.call_is(customer, State.TALKING)

    async def told() -> bool | None:
        texts = [step.text for step in steps(await world.story(customer))]
        return "channel stranger arrives unexpectedly, and is hung up" in texts or None

    await world.until(told, "the story is to tell of the stranger")


@pytest.mark.fault(
    "another program removes a party from a call, or destroys its bridge",
    "the parties hear each other again two seconds later",
    "the party left the bridge and joined again",
)
async def test_a_party_that_another_program_removes_is_brought_back(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    await world.thrown_out(customer)
    await all_talk(world, agent, customer)


@pytest.mark.fault("another program removes a party from a call, or destroys its bridge")
async def test_a_bridge_that_another_program_destroys_is_created_again(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    await world.room_destroyed(customer)
    await all_talk(world, agent, customer)
    assert await world.ask(Kind.PARK_CUSTOMER, agent) == ""
    await gather(world.hears_music(customer), world.silent_to(agent, customer))
