"""Two simultaneous events: the order of the app's queue decides, and each party is connected correctly."""

from asyncio import gather

import pytest

from tests.internals.scenarios import Kind, Outcome, State
from tests.scenarios.given import all_talk, hang_up_after, in_dialing, in_talking, in_three_way
from tools.simulation.call_centre import far_ends
from tools.simulation.call_centre.scenario_language import ScenarioWorld

DELAYS = (0.0, 0.002, 0.004)  # seconds by which the second event may come later


@pytest.mark.parametrize("delay", DELAYS)
async def test_a_leave_and_the_thirds_hang_up(world: ScenarioWorld, delay: float) -> None:
    agent, customer, third = await in_three_way(world)
    why, _ = await gather(world.ask(Kind.LEAVE_3WAY_CALL, agent), hang_up_after(delay, world, third))
    receipt = await world.receipt(customer, Kind.LEAVE_3WAY_CALL)
    if why:
        assert receipt["outcome"] in (Outcome.ABANDONED, Outcome.REFUSED)
        await world.call_is(customer, State.TALKING)
        await all_talk(world, agent, customer)
    else:
        assert receipt["outcome"] == Outcome.COMPLETED
        await world.is_gone(customer)
        ended = (await world.ended(customer)).call
        assert ended and ended["ended_by"] == "third"
        assert await world.agent_state(agent) == "DISPO"


@pytest.mark.parametrize("delay", DELAYS)
async def test_a_leave_and_the_customers_hang_up(world: ScenarioWorld, delay: float) -> None:
    agent, customer, third = await in_three_way(world)
    why, _ = await gather(world.ask(Kind.LEAVE_3WAY_CALL, agent), hang_up_after(delay, world, customer))
    receipt = await world.receipt(customer, Kind.LEAVE_3WAY_CALL)
    if why:
        assert receipt["outcome"] in (Outcome.ABANDONED, Outcome.REFUSED)
        await world.call_is(customer, State.CUSTOMER_GONE)
        await all_talk(world, agent, third)
    else:
        assert receipt["outcome"] == Outcome.COMPLETED
        await world.is_gone(third)
        ended = (await world.ended(customer)).call
        assert ended and ended["ended_by"] == "customer"
        assert await world.agent_state(agent) == "DISPO"


@pytest.mark.parametrize("delay", DELAYS)
async def test_a_hangup_of_the_first_caller_as_the_agent_becomes_free_serves_the_second(
    world: ScenarioWorld, delay: float
) -> None:
    agent = await world.agent()
    assert await world.ask(Kind.PAUSE, agent) == ""
    first, second = await world.customer(), await world.customer()
    await gather(world.hears_music(first), world.hears_music(second))
    await gather(world.ask(Kind.RESUME, agent), hang_up_after(delay, world, first))
    await world.ended(first)
    if await world.agent_state(agent) == "DISPO":  # the agent had the customer for a moment
        assert await world.ask(Kind.STATUS, agent, status="A") == ""
    await all_talk(world, agent, second)


@pytest.mark.parametrize("delay", DELAYS)
async def test_a_call_comes_and_the_agents_phone_dies(world: ScenarioWorld, delay: float) -> None:
    agent = await world.agent()
    customer, _ = await gather(world.customer(), hang_up_after(delay, world, agent))
    await world.hears_music(customer)
    another = await world.agent("1001")
    await all_talk(world, another, customer)


async def test_an_answer_during_the_cancellation_leaves_agent_and_customer_talking(world: ScenarioWorld) -> None:
    agent, customer, third = await in_dialing(world)
    why, _ = await gather(world.ask(Kind.HANGUP_XFER, agent), world.answer(third))
    assert why == ""
    await world.is_gone(third)
    await world.call_is(customer, State.TALKING)
    await gather(all_talk(world, agent, customer), world.no_ring_tone(agent))


async def test_two_leaves_are_one(world: ScenarioWorld) -> None:
    agent, customer, third = await in_three_way(world)
    async with world.unbroken(customer, third):
        first, second = sorted(await gather(*(world.ask(Kind.LEAVE_3WAY_CALL, agent) for _ in range(2))))
    assert first == ""
    assert second in (
        "agent_user does not have a live call",
        "the agent has no live call",
        "no third party on this call",
        "the call is ending",
        f"agent {agent.name} is not in this call",  # planned before the first leave was known
    )
    assert await world.call_state(customer) == State.HANDED_OFF


async def test_a_leave_and_a_hangup_xfer(world: ScenarioWorld) -> None:
    agent, customer, _ = await in_three_way(world)
    left, dropped = await gather(world.ask(Kind.LEAVE_3WAY_CALL, agent), world.ask(Kind.HANGUP_XFER, agent))
    assert [left == "", dropped == ""].count(True) == 1, (left, dropped)
    assert await world.call_state(customer) == (State.TALKING if left else State.HANDED_OFF)


async def test_two_dials_are_one(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    numbers = ("4930555001", "4930555002")
    for number in numbers:
        world.far_end(number, far_ends.rings())
    whys = await gather(*(world.ask(Kind.DIAL_WITH_CUSTOMER, agent, number) for number in numbers))
    assert sorted(whys) == ["", "a third party is on this call - use HANGUP_XFER or LEAVE_3WAY_CALL"]
    third = await world.third(numbers[whys.index("")])
    await world.answer(third)
    await all_talk(world, agent, customer, third)


async def test_the_same_dial_again_while_it_rings_is_the_same_dial(world: ScenarioWorld) -> None:
    agent, customer, third = await in_dialing(world)
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, third.name) == ""
    await world.answer(third)
    await all_talk(world, agent, customer, third)
    await world.receipt(customer, Kind.DIAL_WITH_CUSTOMER)
    await world.written()
    dials = [row for row in (await world.story(customer)).receipts if row["kind"] == Kind.DIAL_WITH_CUSTOMER]
    assert [row["outcome"] for row in dials] == [Outcome.COMPLETED]
