"""An agent's phone vanishes and dials in again: it is back in the call at once, and the others lose nothing."""

from asyncio import gather

import pytest

from tests.internals.scenarios import Kind, State
from tests.scenarios.given import all_talk, in_both_parked, in_consulting, in_rescue, in_talking, in_three_way
from tools.simulation.call_centre.scenario_language import ScenarioWorld


@pytest.mark.fault(
    "an agent's phone vanishes without a hang-up, and dials the login extension again",
    "the agent hears all parties of the call at once; the other parties notice nothing",
    "the new leg, the hang-up of the old leg, and which leg replaced it",
)
async def test_a_customer_hears_the_agent_whose_phone_dials_in_again(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    await all_talk(world, agent, customer)
    await world.phone_dies(agent)
    again = await world.logs_in_again(agent)
    await all_talk(world, again, customer)
    assert await world.call_state(customer) == State.TALKING
    assert await world.agent_state(again) == "INCALL"
    assert await world.prompts(again) == []


async def test_customer_and_third_hear_each_other_all_the_time(world: ScenarioWorld) -> None:
    agent, customer, third = await in_three_way(world)
    await all_talk(world, agent, customer, third)
    async with world.unbroken(customer, third):
        await world.phone_dies(agent)
        again = await world.logs_in_again(agent)
        await all_talk(world, again, customer, third)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, again) == ""
    await all_talk(world, customer, third)


async def test_a_parked_customer_stays_parked(world: ScenarioWorld) -> None:
    agent, customer, third = await in_consulting(world)
    await world.phone_dies(agent)
    again = await world.logs_in_again(agent)
    await gather(all_talk(world, again, third), world.hears_music(customer))
    assert await world.ask(Kind.GRAB_CUSTOMER, again) == ""
    await all_talk(world, again, customer, third)


async def test_an_agent_with_two_parked_parties_dials_in_again(world: ScenarioWorld) -> None:
    agent, customer, third = await in_both_parked(world)
    await world.phone_dies(agent)
    again = await world.logs_in_again(agent)
    await world.is_gone(agent)
    await gather(world.hears_music(customer), world.hears_music(third))
    assert await world.ask(Kind.GRAB_CUSTOMER, again) == ""
    await gather(all_talk(world, again, customer), world.hears_music(third))


async def test_without_a_call_the_seat_is_taken_again(world: ScenarioWorld) -> None:
    agent = await world.agent()
    await world.phone_dies(agent)
    again = await world.logs_in_again(agent)
    await world.hears_prompt(again, "agent-loginok")
    assert await world.agent_state(again) == "READY"
    customer = await world.customer()
    await all_talk(world, again, customer)
    assert await world.prompts(again) == ["agent-loginok"]


async def test_of_two_devices_of_one_account_the_last_has_the_place(world: ScenarioWorld) -> None:
    agent, customer, third = await in_three_way(world)
    async with world.unbroken(customer, third):
        again = await world.logs_in_again(agent)
        await world.is_gone(agent)
        await all_talk(world, again, customer, third)
    await world.call_is(customer, State.THREE_WAY)


async def test_a_phone_that_dials_in_while_it_is_called_back_has_its_call(world: ScenarioWorld) -> None:
    agent, customer = await in_rescue(world)
    await world.hears_music(customer)
    again = await world.logs_in_again(agent)
    await world.call_is(customer, State.TALKING)
    await all_talk(world, again, customer)
    await world.is_gone(agent)
