"""A phone's own hold key: the other party hears music, the time counts as hold, and nothing else changes."""

from asyncio import gather

import pytest

from tests.internals.scenarios import Kind, State, steps
from tests.scenarios.given import all_talk, in_talking, in_three_way
from tools.simulation.call_centre.scenario_language import ScenarioWorld


@pytest.mark.parametrize("who", ["agent", "customer"])
async def test_the_other_party_hears_music_until_the_end_of_the_hold(world: ScenarioWorld, who: str) -> None:
    agent, customer = await in_talking(world)
    holds, other = (agent, customer) if who == "agent" else (customer, agent)
    await world.hold(holds)
    await gather(world.hears_music(other), world.silent_to(holds, other))
    assert await world.call_state(customer) == State.TALKING
    await world.hold(holds, on=False)
    await all_talk(world, agent, customer)
    await world.no_music(agent, customer)
    await world.hang_up(customer)
    story = await world.ended(customer)
    own = [row["hold"] for row in story.intervals if row["call"] and row["state"] == "INCALL"]
    assert own == ([0, 1, 0] if who == "agent" else [0])
    lane = "agent 1000" if who == "agent" else "customer"
    told = [step.text for step in steps(story) if step.lane == lane]
    assert told.index("holds the line") < told.index("takes the line back")


async def test_beside_a_third_the_others_talk_on(world: ScenarioWorld) -> None:
    agent, customer, third = await in_three_way(world)
    async with world.unbroken(customer, third):
        await world.hold(agent)
        await world.silent_to(agent, customer, third)
        assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
        await gather(all_talk(world, customer, third), world.no_music(customer, third))
    await world.hold(agent, on=False)


async def test_an_agent_on_hold_between_calls_gets_no_call(world: ScenarioWorld) -> None:
    agent = await world.agent()
    await world.hold(agent)
    customer = await world.customer()
    await world.hears_music(customer)
    assert await world.call_state(customer) == State.WAITING
    await world.hold(agent, on=False)
    await all_talk(world, agent, customer)
