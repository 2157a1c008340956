"""The agent leaves: customer and third party keep talking."""

from asyncio import gather

import pytest

from tests.internals.scenarios import Kind, Outcome, State
from tests.scenarios.given import all_talk, in_handed_off, in_three_way
from tools.simulation.call_centre.scenario_language import ScenarioWorld


async def test_the_remaining_parties_lose_no_audio_and_no_longer_hear_the_agent(world: ScenarioWorld) -> None:
    agent, customer, third = await in_three_way(world)
    await all_talk(world, agent, customer, third)
    async with world.unbroken(customer, third):
        assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
        await gather(
            world.silent_to(customer, agent), world.silent_to(third, agent), world.silent_to(agent, customer, third)
        )
        assert await world.call_state(customer) == State.HANDED_OFF
        assert await world.agent_state(agent) == "DISPO"
        await world.hears_silence(agent)
    receipt = await world.receipt(customer, Kind.LEAVE_3WAY_CALL)
    assert receipt["outcome"] == Outcome.COMPLETED
    assert [name for name, _ in receipt["steps"]] == ["requested", "begun", "completed"]


async def test_the_agent_takes_the_next_call_while_the_others_talk(world: ScenarioWorld) -> None:
    agent, customer, third = await in_handed_off(world)
    async with world.unbroken(customer, third):
        assert await world.ask(Kind.STATUS, agent, status="SALE") == ""
        assert await world.agent_state(agent) == "READY"
        another = await world.customer()
        await all_talk(world, agent, another)
        await gather(world.silent_to(customer, agent, another), world.silent_to(agent, customer, third))
    await world.hang_up(customer)
    await world.is_gone(third)
    await world.call_is(another, State.TALKING)
    left = await world.ended(customer)
    assert left.call and left.call["status"] == "SALE"
    await all_talk(world, agent, another)


@pytest.mark.parametrize("who", ["customer", "third"])
async def test_when_one_hangs_up_the_other_is_hung_up_too(world: ScenarioWorld, who: str) -> None:
    agent, customer, third = await in_handed_off(world)
    await all_talk(world, customer, third)
    first, other = (customer, third) if who == "customer" else (third, customer)
    await world.hang_up(first)
    await world.is_gone(other)
    ended = (await world.ended(customer)).call
    assert ended and ended["ended_by"] == who
    assert await world.agent_state(agent) == "DISPO"


@pytest.mark.parametrize("again", [Kind.LEAVE_3WAY_CALL, Kind.HANGUP_XFER, Kind.HANGUP])
async def test_commands_after_a_leave_do_not_affect_the_left_call(world: ScenarioWorld, again: Kind) -> None:
    agent, customer, third = await in_handed_off(world)
    async with world.unbroken(customer, third):
        assert (await world.ask(again, agent) == "") == (again is Kind.HANGUP)  # no call of theirs is left to hang up
    assert await world.call_state(customer) == State.HANDED_OFF
    assert await world.agent_state(agent) == "DISPO"
