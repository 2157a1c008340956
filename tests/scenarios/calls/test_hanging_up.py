"""A party hangs up, or is hung up: each party, in each state, by each command."""

from asyncio import gather

import pytest

from tests.internals.scenarios import Kind, Outcome, State
from tests.scenarios.given import (
    Begin,
    all_talk,
    in_customer_gone,
    in_dialing,
    in_handed_off,
    in_talking,
    in_three_way,
)
from tools.simulation.call_centre.scenario_language import ScenarioWorld


async def test_hangup_xfer_drops_the_third(world: ScenarioWorld) -> None:
    agent, customer, third = await in_three_way(world)
    async with world.unbroken(agent, customer):
        assert await world.ask(Kind.HANGUP_XFER, agent) == ""
        await world.is_gone(third)
    await world.call_is(customer, State.TALKING)
    await world.agent_is(agent, "INCALL")


async def test_hangup_xfer_ends_the_ringing(world: ScenarioWorld) -> None:
    agent, customer, third = await in_dialing(world)
    await gather(world.hears_ring_tone(agent), world.hears_ring_tone(customer))
    assert await world.ask(Kind.HANGUP_XFER, agent) == ""
    await world.is_gone(third)
    await world.call_is(customer, State.TALKING)
    await gather(world.no_ring_tone(agent), world.no_ring_tone(customer), all_talk(world, agent, customer))
    receipt = await world.receipt(customer, Kind.DIAL_WITH_CUSTOMER)
    assert (receipt["outcome"], receipt["cause"]) == (Outcome.ABANDONED, "hung up before it answered")


async def test_hangup_xfer_ends_a_call_without_its_customer(world: ScenarioWorld) -> None:
    agent, customer, third = await in_customer_gone(world)
    assert await world.agent_state(agent) == "DEAD"
    await all_talk(world, agent, third)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == "the customer is no longer on this call"
    assert await world.ask(Kind.HANGUP_XFER, agent) == ""
    await world.is_gone(third)
    await world.agent_is(agent, "DISPO")
    await world.hears_silence(agent)
    assert await world.call_state(customer) is None


@pytest.mark.parametrize("kind", [Kind.HANGUP_BOTH, Kind.HANGUP])
@pytest.mark.parametrize("begin", [in_dialing, in_three_way, in_customer_gone])
async def test_hanging_up_both_ends_everything(world: ScenarioWorld, begin: Begin, kind: Kind) -> None:
    agent, customer, third = await begin(world)
    assert await world.ask(kind, agent) == ""
    await gather(world.is_gone(customer), world.is_gone(third))
    await world.agent_is(agent, "DISPO")
    await world.hears_silence(agent)
    ended = (await world.ended(customer)).call
    assert ended and ended["ended_by"] == "agent"


@pytest.mark.parametrize("kind", [Kind.HANGUP_BOTH, Kind.HANGUP])
async def test_hanging_up_a_call_without_a_third(world: ScenarioWorld, kind: Kind) -> None:
    agent, customer = await in_talking(world)
    assert await world.ask(kind, agent) == ""
    await world.is_gone(customer)
    await world.agent_is(agent, "DISPO")
    await world.hears_silence(agent)


async def test_the_customer_hangs_up_while_the_third_rings(world: ScenarioWorld) -> None:
    agent, customer, third = await in_dialing(world)
    await world.hears_ring_tone(agent)
    await world.hang_up(customer)
    await world.is_gone(third)
    await world.agent_is(agent, "DISPO")
    await gather(world.hears_silence(agent), world.no_ring_tone(agent))
    assert (await world.receipt(customer, Kind.DIAL_WITH_CUSTOMER))["outcome"] == Outcome.ABANDONED
    ended = (await world.ended(customer)).call
    assert ended and ended["ended_by"] == "customer"


async def test_the_customer_hangs_up_and_agent_and_third_stay(world: ScenarioWorld) -> None:
    agent, customer, third = await in_three_way(world)
    await all_talk(world, agent, customer, third)
    async with world.unbroken(agent, third):
        await world.hang_up(customer)
        await world.call_is(customer, State.CUSTOMER_GONE)
    await world.hang_up(third)
    await world.agent_is(agent, "DISPO")
    await world.hears_silence(agent)
    assert await world.call_state(customer) is None


async def test_the_third_hangs_up_and_agent_and_customer_stay(world: ScenarioWorld) -> None:
    agent, customer, third = await in_three_way(world)
    await all_talk(world, agent, customer, third)
    async with world.unbroken(agent, customer):
        await world.hang_up(third)
        await world.call_is(customer, State.TALKING)
    assert await world.agent_state(agent) == "INCALL"


async def test_the_agents_phone_dies_in_its_seat(world: ScenarioWorld) -> None:
    agent = await world.agent()
    await world.hang_up(agent)
    await world.agent_is(agent, "PAUSED LOST")
    customer = await world.customer()
    await world.hears_music(customer)
    assert await world.ask(Kind.RESUME, agent) == "the agent's phone is not on the line - log in again"
    back = await world.agent()
    await all_talk(world, back, customer)


@pytest.mark.parametrize("begin", [in_talking, in_dialing])
async def test_a_lost_agent_phone_puts_the_customer_at_the_front_of_the_queue(
    world: ScenarioWorld, begin: Begin
) -> None:
    agent, customer, *third = await begin(world)
    second = await world.customer()
    await world.hears_music(second)
    await world.hang_up(agent)
    await gather(world.hears_music(customer), *(world.is_gone(one) for one in third))
    await world.agent_is(agent, "DISPO")
    another = await world.agent("1001")
    await all_talk(world, another, customer)
    await world.hears_music(second)


async def test_a_lost_agent_phone_returns_the_customer_to_music(world: ScenarioWorld) -> None:
    customer = await world.customer()
    await world.hears_music(customer)
    agent = await world.agent()
    await all_talk(world, agent, customer)
    await world.hang_up(agent)
    await world.hears_music(customer)
    another = await world.agent("1001")
    await all_talk(world, another, customer)


async def test_a_lost_agent_phone_in_a_three_way_call_is_a_leave(world: ScenarioWorld) -> None:
    agent, customer, third = await in_three_way(world)
    async with world.unbroken(customer, third):
        await world.hang_up(agent)
        await world.call_is(customer, State.HANDED_OFF)
        await gather(world.silent_to(customer, agent), world.silent_to(third, agent))
    assert await world.agent_state(agent) == "DISPO"
    assert await world.ask(Kind.STATUS, agent, status="A") == ""
    await world.agent_is(agent, "PAUSED LOST")


async def test_the_agents_phone_dies_after_the_customer_has_gone(world: ScenarioWorld) -> None:
    agent, customer, third = await in_customer_gone(world)
    await world.hang_up(agent)
    await world.is_gone(third)
    await world.agent_is(agent, "DISPO")
    ended = (await world.ended(customer)).call
    assert ended and ended["ended_by"] == "agent"


async def test_a_lost_agent_phone_after_the_leave_pauses_the_agent(world: ScenarioWorld) -> None:
    agent, customer, third = await in_handed_off(world)
    async with world.unbroken(customer, third):
        await world.hang_up(agent)
        assert await world.ask(Kind.STATUS, agent, status="A") == ""
        await world.agent_is(agent, "PAUSED LOST")
    assert await world.call_state(customer) == State.HANDED_OFF
