"""A party hangs up while others are parked or ring: the others hear this, and are in the right place."""

from asyncio import gather

import pytest

from tests.internals.scenarios import Kind, Outcome, State
from tests.scenarios.given import THIRD, all_talk, in_consulting, in_dialing, in_talking, in_three_way
from tools.simulation.call_centre import far_ends
from tools.simulation.call_centre.far_ends import DECLINED, UNKNOWN, FarEnd
from tools.simulation.call_centre.scenario_language import ScenarioWorld


async def test_the_agent_hangs_up_the_customer_only(world: ScenarioWorld) -> None:
    agent, customer, third = await in_three_way(world)
    async with world.unbroken(agent, third):
        assert await world.order(Kind.HANGUP_CUSTOMER, customer) == ""
        await world.is_gone(customer)
        await world.agent_is(agent, "DEAD")
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, THIRD) == "the customer is no longer on this call"


async def test_the_agent_hangs_up_the_parked_customer_only(world: ScenarioWorld) -> None:
    agent, customer, third = await in_consulting(world)
    async with world.unbroken(agent, third):
        assert await world.order(Kind.HANGUP_CUSTOMER, customer) == ""
        await world.is_gone(customer)
        await world.call_is(customer, State.CUSTOMER_GONE)


async def test_with_keep_the_third_rings_on_and_talks_to_the_agent(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", customer_gone_while_dialing="KEEP")
    agent, customer, third = await in_dialing(world)
    await world.hears_ring_tone(agent)
    await world.hang_up(customer)
    await world.call_is(customer, State.CUSTOMER_GONE)
    await world.hears_ring_tone(agent)
    await world.answer(third)
    await all_talk(world, agent, third)


async def test_without_the_customer_it_ends_after_a_while_if_the_option_says_so(world: ScenarioWorld) -> None:
    options = {"customer_3way_hangup_action": "DISPO", "customer_3way_hangup_seconds": "4"}
    await world.configure("campaign", "TESTCAMP", **options)
    agent, customer, third = await in_three_way(world)
    async with world.unbroken(agent, third):
        await world.hang_up(customer)
        await world.call_is(customer, State.CUSTOMER_GONE)
    await world.is_gone(third)
    await world.agent_is(agent, "DISPO")
    ended = (await world.ended(customer)).call
    assert ended and ended["ended_by"] == "customer"


async def test_the_parked_customer_hangs_up(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.PARK_CUSTOMER, agent) == ""
    await world.hears_music(customer)
    await world.hang_up(customer)
    await world.agent_is(agent, "DISPO")
    await world.hears_silence(agent)


async def test_the_customer_hangs_up_and_an_agent_whose_third_is_parked_hears_it(world: ScenarioWorld) -> None:
    agent, customer, third = await in_three_way(world)
    assert await world.ask(Kind.PARK_XFER, agent) == ""
    await world.hang_up(customer)
    await gather(world.hears_alert(agent), world.hears_music(third))
    await world.hang_up(third)
    await world.agent_is(agent, "DISPO")


async def test_the_third_hangs_up_and_an_agent_whose_customer_is_parked_hears_it(world: ScenarioWorld) -> None:
    agent, customer, third = await in_consulting(world)
    await world.hang_up(third)
    await world.call_is(customer, State.PARKED)
    await gather(world.hears_alert(agent), world.hears_music(customer))
    assert await world.ask(Kind.GRAB_CUSTOMER, agent) == ""
    await gather(all_talk(world, agent, customer), world.no_music(customer))


async def test_a_parked_third_hangs_up_and_the_others_talk_on(world: ScenarioWorld) -> None:
    agent, customer, third = await in_three_way(world)
    assert await world.ask(Kind.PARK_XFER, agent) == ""
    await world.hears_music(third)
    async with world.unbroken(agent, customer):
        await world.hang_up(third)
        await world.call_is(customer, State.TALKING)


@pytest.mark.parametrize(
    ("does", "outcome"),
    [
        (DECLINED, Outcome.DECLINED),
        (UNKNOWN, Outcome.FAILED),
        (far_ends.rings(), Outcome.NO_ANSWER),
        (far_ends.dead(), Outcome.NO_ANSWER),
    ],
    ids=["declined", "unknown", "rings", "dead"],
)
async def test_an_unanswered_third_party_leaves_the_customer_parked(
    world: ScenarioWorld, does: FarEnd, outcome: Outcome
) -> None:
    await world.configure("campaign", "TESTCAMP", dial_timeout="1" if outcome is Outcome.NO_ANSWER else "10")
    agent, customer = await in_talking(world)
    world.far_end(THIRD, does)
    assert await world.ask(Kind.PARK_CUSTOMER_DIAL, agent, THIRD) == ""
    assert (await world.receipt(customer, Kind.PARK_CUSTOMER_DIAL))["outcome"] == outcome
    await world.call_is(customer, State.PARKED)
    await gather(world.hears_alert(agent), world.hears_music(customer), world.no_ring_tone(agent))
    assert await world.ask(Kind.GRAB_CUSTOMER, agent) == ""
    await all_talk(world, agent, customer)


async def test_the_third_is_hung_up_and_the_customer_comes_back(world: ScenarioWorld) -> None:
    agent, customer, third = await in_consulting(world)
    assert await world.ask(Kind.HANGUP_XFER_GRAB_CUSTOMER, agent) == ""
    await world.is_gone(third)
    await gather(all_talk(world, agent, customer), world.no_music(customer))


async def test_the_third_is_hung_up_and_the_customer_stays_parked(world: ScenarioWorld) -> None:
    agent, customer, third = await in_consulting(world)
    assert await world.ask(Kind.HANGUP_XFER, agent) == ""
    await world.is_gone(third)
    await gather(world.hears_music(customer), world.no_music(agent))
    await world.agent_is(agent, "PARK")
    assert await world.alerts(agent) == 0, "the agent knows already"


async def test_a_park_that_is_too_long_is_told_to_the_agent_alone(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", park_max_seconds="1")
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.PARK_CUSTOMER, agent) == ""
    await world.hears_alert(agent)
    await world.hears_music(customer)
    assert await world.alerts(customer) == 0
    assert await world.call_state(customer) == State.PARKED


async def test_hanging_up_ends_a_call_with_two_parked(world: ScenarioWorld) -> None:
    agent, customer, third = await in_consulting(world)
    assert await world.ask(Kind.PARK_XFER, agent) == ""
    await gather(world.hears_music(customer), world.hears_music(third), world.no_music(agent))
    assert await world.ask(Kind.HANGUP, agent) == ""
    await gather(world.is_gone(customer), world.is_gone(third))
    await world.agent_is(agent, "DISPO")
