"""On-hook agents, whose phone rings for each call."""

from asyncio import gather
from itertools import pairwise

import pytest

from tests.internals.scenarios import Kind, State
from tests.scenarios.given import THIRD, all_talk
from tools.simulation.call_centre import far_ends
from tools.simulation.call_centre.scenario_language import Party, ScenarioWorld

RINGS = "SELECT started, ended FROM agent_interval WHERE call = ? AND state = 'QUEUE' ORDER BY started"


async def ringing(world: ScenarioWorld) -> tuple[Party, Party]:
    """Return an on_hook agent whose phone rings for a customer."""
    agent = await world.on_hook()
    customer = await world.customer()
    await world.phone_rings(agent)
    return agent, customer


async def talking(world: ScenarioWorld) -> tuple[Party, Party]:
    """Return an on_hook agent with a customer."""
    agent, customer = await ringing(world)
    await world.answer(agent)
    await all_talk(world, agent, customer)
    return agent, customer


async def test_an_on_hook_phone_rings_during_music_and_is_hung_up_after_the_call(
    world: ScenarioWorld,
) -> None:
    agent, customer = await ringing(world)
    assert await world.call_state(customer) == State.RINGING_AGENT
    assert await world.agent_state(agent) == "QUEUE"
    assert await world.sees_number(agent) == customer.name
    await world.hears_music(customer)
    await world.answer(agent)
    await all_talk(world, agent, customer)
    await world.no_music(agent, customer)
    await world.hang_up(customer)
    await world.is_gone(agent)
    assert await world.ask(Kind.STATUS, agent, status="A") == ""
    await world.agent_is(agent, "READY")


@pytest.mark.parametrize("how", ["rejects", "no_answer"])
async def test_an_unanswered_call_moves_to_the_next_agent(world: ScenarioWorld, how: str) -> None:
    await world.configure("agent", "1002", on_hook_ring_time="5" if how != "no_answer" else "1")
    agent = await world.on_hook()
    customer = await world.customer()
    await world.phone_rings(agent)
    if how == "rejects":
        await world.hang_up(agent)
    await world.agent_is(agent, "PAUSED NOANSW")
    await world.hears_music(customer)
    another = await world.agent("1001")
    await all_talk(world, another, customer)


async def test_a_call_rests_between_two_rings_of_a_phone(world: ScenarioWorld) -> None:
    await world.configure("ingroup", "SALESLINE", on_hook_ring_time="2", retry_seconds="2")
    await world.configure("agent", "1002", max_missed="9")
    agent, customer = await ringing(world)
    await world.agent_is(agent, "READY")
    await world.hears_music(customer)
    await world.phone_rings(agent)
    await world.answer(agent)
    await all_talk(world, agent, customer)
    await world.hang_up(customer)
    await world.is_gone(agent)
    story = await world.ended(customer)
    assert story.call
    rings = await world.rows(RINGS, story.call["id"])
    pauses = [second - ended for (_, ended), (second, _) in pairwise(rings)]
    assert pauses and all(pause >= 2_000_000 for pause in pauses), rings
    [wait] = story.waits
    assert (wait["outcome"], wait["agent"]) == ("ANSWERED", "1002")


async def test_the_caller_hangs_up_while_the_phone_rings(world: ScenarioWorld) -> None:
    agent, customer = await ringing(world)
    await world.hang_up(customer)
    await world.is_gone(agent)
    await world.agent_is(agent, "READY")
    again = await world.customer()
    await world.phone_rings(agent)
    await world.answer(agent)
    await all_talk(world, agent, again)


async def test_putting_the_phone_down_is_hanging_up(world: ScenarioWorld) -> None:
    agent, customer = await talking(world)
    assert await world.ask(Kind.PARK_CUSTOMER, agent) == ""
    await world.hears_music(customer)
    await world.hang_up(agent)
    await world.is_gone(customer)
    await world.agent_is(agent, "DISPO")
    ended = (await world.ended(customer)).call
    assert ended and ended["ended_by"] == "agent_hung_up"


async def test_putting_it_down_in_a_three_way_is_leaving(world: ScenarioWorld) -> None:
    agent, customer = await talking(world)
    world.far_end(THIRD, far_ends.answers())
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, THIRD) == ""
    third = await world.third(THIRD)
    await all_talk(world, agent, customer, third)
    async with world.unbroken(customer, third):
        await world.hang_up(agent)
        await world.call_is(customer, State.HANDED_OFF)
    assert await world.agent_state(agent) == "DISPO"


async def test_putting_it_down_in_a_consultation_drops_the_third_and_rescues_the_customer(world: ScenarioWorld) -> None:
    agent, customer = await talking(world)
    world.far_end(THIRD, far_ends.answers())
    assert await world.ask(Kind.PARK_CUSTOMER_DIAL, agent, THIRD) == ""
    third = await world.third(THIRD)
    await all_talk(world, agent, third)
    await world.hang_up(agent)
    await world.phone_rings(agent)
    await gather(world.is_gone(third), world.hears_music(customer))
    await world.agent_is(agent, "LOST")
    await world.answer(agent)
    await world.call_is(customer, State.PARKED)
    assert await world.ask(Kind.GRAB_CUSTOMER, agent) == ""
    await all_talk(world, agent, customer)


async def test_the_phone_of_an_on_hook_closer_rings_while_the_parties_hear_music(world: ScenarioWorld) -> None:
    closer = await world.on_hook()
    fronter = await world.agent()
    assert await world.ask(Kind.PAUSE, closer) == ""
    customer = await world.customer()
    await all_talk(world, fronter, customer)
    assert await world.ask(Kind.RESUME, closer) == ""
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, fronter, ingroup="SUPPORTLINE") == ""
    await world.phone_rings(closer)
    await gather(world.hears_music(customer), world.hears_music(fronter))
    await world.answer(closer)
    await all_talk(world, fronter, customer, closer)
    await world.no_music(fronter, customer, closer)
    assert await world.ask(Kind.HANGUP_XFER, fronter) == ""
    await world.is_gone(closer)
    await world.agent_is(closer, "DISPO")
