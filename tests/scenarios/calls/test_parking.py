"""Parking and swapping: a parked party hears music, the others hear each other."""

from asyncio import gather

import pytest

from tests.internals.scenarios import Kind, Outcome, State, steps
from tests.scenarios.given import THIRD, all_talk, in_consulting, in_talking, in_three_way
from tools.simulation.call_centre import far_ends
from tools.simulation.call_centre.scenario_language import ScenarioWorld


async def test_a_parked_customer_hears_music_and_comes_back(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.PARK_CUSTOMER, agent) == ""
    await gather(world.hears_music(customer), world.silent_to(customer, agent), world.silent_to(agent, customer))
    assert await world.ask(Kind.GRAB_CUSTOMER, agent) == ""
    await all_talk(world, agent, customer)


async def test_swapping_exchanges_the_parked_and_the_talking_party(world: ScenarioWorld) -> None:
    agent, customer, third = await in_consulting(world)
    await gather(all_talk(world, agent, third), world.hears_music(customer), world.silent_to(customer, agent, third))
    assert await world.ask(Kind.SWAP_PARK_XFER, agent) == ""
    await gather(all_talk(world, agent, customer), world.hears_music(third), world.silent_to(third, agent, customer))
    assert await world.ask(Kind.SWAP_PARK_CUSTOMER, agent) == ""
    await gather(all_talk(world, agent, third), world.hears_music(customer))
    assert await world.ask(Kind.PARK_XFER, agent) == ""
    await gather(world.hears_music(third), world.hears_music(customer), world.silent_to(third, customer))
    assert await world.ask(Kind.GRAB_CUSTOMER, agent) == ""
    assert await world.ask(Kind.GRAB_XFER, agent) == ""
    await all_talk(world, agent, customer, third)


async def test_a_leave_with_the_customer_parked_connects_them_to_the_third_party(world: ScenarioWorld) -> None:
    agent, customer, third = await in_consulting(world)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await gather(all_talk(world, customer, third), world.silent_to(third, agent), world.hears_silence(agent))
    assert await world.call_state(customer) == State.HANDED_OFF


@pytest.mark.parametrize("parked", [False, True])
async def test_leaving_while_it_rings(world: ScenarioWorld, parked: bool) -> None:
    agent, customer = await in_talking(world)
    world.far_end(THIRD, far_ends.rings())
    kind = Kind.PARK_CUSTOMER_DIAL if parked else Kind.DIAL_WITH_CUSTOMER
    assert await world.ask(kind, agent, THIRD) == ""
    third = await world.third(THIRD)
    await world.hears_ring_tone(agent)
    if parked:
        await gather(world.hears_music(customer), world.no_ring_tone(customer))
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await world.hears_ring_tone(customer)
    await world.answer(third)
    await world.call_is(customer, State.HANDED_OFF)
    await gather(all_talk(world, customer, third), world.no_ring_tone(customer), world.silent_to(third, agent))


async def test_a_third_that_is_busy_leaves_the_customer_parked(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    world.far_end(THIRD, far_ends.refuses(486))
    assert await world.ask(Kind.PARK_CUSTOMER_DIAL, agent, THIRD) == ""
    assert (await world.receipt(customer, Kind.PARK_CUSTOMER_DIAL))["outcome"] == Outcome.BUSY
    await world.call_is(customer, State.PARKED)
    await world.hears_music(customer)


async def test_the_customer_hangs_up_while_the_third_is_parked(world: ScenarioWorld) -> None:
    agent, customer, third = await in_three_way(world)
    assert await world.ask(Kind.PARK_XFER, agent) == ""
    await world.hears_music(third)
    await world.hang_up(customer)
    await world.call_is(customer, State.CUSTOMER_GONE)
    await world.hears_music(third)
    assert await world.ask(Kind.GRAB_XFER, agent) == ""
    await all_talk(world, agent, third)


async def test_a_customer_in_the_park_ivr_hears_it_and_then_music(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", park_ivr=await world.dialplan())
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.PARK_IVR_CUSTOMER, agent) == ""
    await gather(world.hears_dialplan(customer), world.silent_to(customer, agent), world.silent_to(agent, customer))
    await world.hears_music(customer)
    await world.hears_alert(agent)
    assert await world.ask(Kind.GRAB_CUSTOMER, agent) == ""
    await all_talk(world, agent, customer)
    assert await world.ask(Kind.PARK_IVR_CUSTOMER, agent) == ""
    await world.hang_up(customer)
    await world.agent_is(agent, "DISPO")
    told = [step.text for step in steps(await world.ended(customer)) if step.lane == "customer"]
    place = await world.dialplan()
    assert told[told.index(f"in {place}") :][:3] == [f"in {place}", f"{place} has ended", "hears music"]
