"""Commands that cross each other, an answer or a hang-up: handled in order, with all parties connected correctly."""

from asyncio import gather

import pytest

from tests.internals.scenarios import Kind, Outcome, State
from tests.scenarios.given import THIRD, all_talk, hang_up_after, in_consulting, in_dialing, in_talking
from tools.simulation.call_centre import far_ends
from tools.simulation.call_centre.scenario_language import ScenarioWorld

DELAYS = (0.0, 0.003)  # seconds by which the second command may come later


@pytest.mark.parametrize("parked", [False, True])
async def test_the_third_answers_as_the_agent_leaves(world: ScenarioWorld, parked: bool) -> None:
    agent, customer = await in_talking(world)
    world.far_end(THIRD, far_ends.rings())
    kind = Kind.PARK_CUSTOMER_DIAL if parked else Kind.DIAL_WITH_CUSTOMER
    assert await world.ask(kind, agent, THIRD) == ""
    third = await world.third(THIRD)
    why, _ = await gather(world.ask(Kind.LEAVE_3WAY_CALL, agent), world.answer(third))
    assert why == ""
    await world.call_is(customer, State.HANDED_OFF)
    await all_talk(world, customer, third)
    await gather(world.silent_to(third, agent), world.hears_silence(agent))
    await gather(world.no_music(customer, third), world.no_ring_tone(customer))
    await world.hang_up(third)
    kinds = [row["kind"] for row in (await world.ended(customer)).receipts if row["outcome"] == Outcome.COMPLETED]
    assert sorted(kinds) == sorted([kind, Kind.LEAVE_3WAY_CALL])


@pytest.mark.parametrize("delay", DELAYS)
async def test_a_leave_out_of_a_consultation_and_the_thirds_hang_up(world: ScenarioWorld, delay: float) -> None:
    agent, customer, third = await in_consulting(world)
    why, _ = await gather(world.ask(Kind.LEAVE_3WAY_CALL, agent), hang_up_after(delay, world, third))
    if why == "no third party on this call":  # the hang-up was first, and no third party is dialled
        await world.call_is(customer, State.PARKED)
    elif why:
        await world.call_is(customer, State.TALKING)
        await all_talk(world, agent, customer)
    else:
        await world.is_gone(customer)
        ended = (await world.ended(customer)).call
        assert ended and ended["ended_by"] == "third"
        assert await world.agent_state(agent) == "DISPO"


@pytest.mark.parametrize("delay", DELAYS)
async def test_a_leave_out_of_a_consultation_and_the_customers_hang_up(world: ScenarioWorld, delay: float) -> None:
    agent, customer, third = await in_consulting(world)
    why, _ = await gather(world.ask(Kind.LEAVE_3WAY_CALL, agent), hang_up_after(delay, world, customer))
    if why:
        await world.call_is(customer, State.CUSTOMER_GONE)
        await all_talk(world, agent, third)
    else:
        await world.is_gone(third)
        await world.agent_is(agent, "DISPO")


async def test_two_commands_are_done_in_their_order(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    answers = await gather(world.ask(Kind.PARK_CUSTOMER, agent), world.ask(Kind.GRAB_CUSTOMER, agent))
    if answers == ["", ""]:  # the grab came second
        await all_talk(world, agent, customer)
        await world.no_music(customer)
    else:
        assert answers == ["", "the customer is not parked"]
        await world.hears_music(customer)


async def test_two_parks_are_one(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    answers = await gather(*(world.ask(Kind.PARK_CUSTOMER, agent) for _ in range(2)))
    assert sorted(answers) == ["", "the customer is parked already"]
    await gather(world.hears_music(customer), world.no_music(agent))


async def test_a_park_and_the_customers_hang_up(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    await gather(world.ask(Kind.PARK_CUSTOMER, agent), world.hang_up(customer))
    await world.agent_is(agent, "DISPO")
    await world.hears_silence(agent)


async def test_a_grab_and_the_answer(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    world.far_end(THIRD, far_ends.rings())
    assert await world.ask(Kind.PARK_CUSTOMER_DIAL, agent, THIRD) == ""
    third = await world.third(THIRD)
    await world.hears_music(customer)
    why, _ = await gather(world.ask(Kind.GRAB_CUSTOMER, agent), world.answer(third))
    assert why == ""
    await world.call_is(customer, State.THREE_WAY)
    await all_talk(world, agent, customer, third)
    await world.no_music(agent, customer, third)


async def test_the_customer_comes_back_while_it_rings(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    world.far_end(THIRD, far_ends.rings())
    assert await world.ask(Kind.PARK_CUSTOMER_DIAL, agent, THIRD) == ""
    third = await world.third(THIRD)
    await gather(world.hears_music(customer), world.hears_ring_tone(agent), world.no_ring_tone(customer))
    assert await world.ask(Kind.GRAB_CUSTOMER, agent) == ""
    await gather(all_talk(world, agent, customer), world.hears_ring_tone(customer))
    await world.answer(third)
    await all_talk(world, agent, customer, third)


async def test_hanging_up_behind_a_dial_ends_it_all(world: ScenarioWorld) -> None:
    agent, customer, third = await in_dialing(world)
    whys = await gather(world.ask(Kind.HANGUP_XFER, agent), world.ask(Kind.HANGUP, agent))
    assert whys[1] == ""
    await gather(world.is_gone(customer), world.is_gone(third))
    await world.agent_is(agent, "DISPO")
    await world.hears_silence(agent)


async def test_a_call_that_was_left_is_ended_from_outside(world: ScenarioWorld) -> None:
    agent, customer, third = await in_dialing(world, far_ends.answers())
    await world.call_is(customer, State.THREE_WAY)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await all_talk(world, customer, third)
    assert await world.order(Kind.END_CALL, customer) == ""
    await gather(world.is_gone(customer), world.is_gone(third))
    ended = (await world.ended(customer)).call
    assert ended and ended["ended_by"] == "operator"
    assert await world.agent_state(agent) == "DISPO"
