"""Blind transfers, closers and consultations, by ear."""

from asyncio import gather

import pytest

from tests.internals.scenarios import Kind, Outcome, State
from tests.scenarios.given import THIRD, all_talk, in_talking
from tools.simulation.call_centre import far_ends
from tools.simulation.call_centre.scenario_language import ScenarioWorld


async def test_a_blind_transfer_connects_the_customer_to_the_number(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    world.far_end(THIRD, far_ends.rings())
    assert await world.ask(Kind.BLIND_TRANSFER, agent, THIRD) == ""
    third = await world.third(THIRD)
    assert await world.agent_state(agent) == "DISPO"
    await gather(world.hears_ring_tone(customer), world.hears_silence(agent))
    await world.answer(third)
    await all_talk(world, customer, third)
    assert (await world.receipt(customer, Kind.BLIND_TRANSFER))["outcome"] == Outcome.COMPLETED
    await world.hang_up(third)
    await world.is_gone(customer)


async def test_an_unanswered_blind_transfer_returns_the_customer_to_the_front(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", dial_timeout="4")
    agent, customer = await in_talking(world)
    world.far_end(THIRD, far_ends.rings())
    ask = world.ask(Kind.BLIND_TRANSFER, agent, THIRD)
    refused, _ = await gather(ask, world.hears_ring_tone(customer))  # it sounds for a second, then not for four
    assert refused == ""
    await world.is_gone(await world.third(THIRD))
    await world.hears_music(customer)
    assert (await world.receipt(customer, Kind.BLIND_TRANSFER))["outcome"] == Outcome.NO_ANSWER
    another = await world.agent("1001")
    await all_talk(world, another, customer)


async def test_leave_vm_plays_the_message_and_hangs_up_the_customer(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.LEAVE_VM, agent) == ""
    assert await world.agent_state(agent) == "DISPO"
    await world.hears_prompt(customer, "vm-goodbye")
    await world.is_gone(customer)


async def test_local_closer_transfers_the_customer_to_a_closer(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.LOCAL_CLOSER, agent, ingroup="SUPPORTLINE") == ""
    assert await world.agent_state(agent) == "DISPO"
    await gather(world.hears_music(customer), world.hears_silence(agent))
    closer = await world.agent("1001")
    await all_talk(world, closer, customer)
    await world.silent_to(closer, agent)


@pytest.mark.parametrize("parked", [False, True])
async def test_a_closer_is_consulted_and_left_with_the_customer(world: ScenarioWorld, parked: bool) -> None:
    agent, customer = await in_talking(world)
    kind = Kind.PARK_CUSTOMER_DIAL if parked else Kind.DIAL_WITH_CUSTOMER
    assert await world.ask(kind, agent, ingroup="SUPPORTLINE") == ""
    await gather(world.hears_music(customer), world.hears_music(agent))
    closer = await world.agent("1001")
    await world.call_is(customer, State.CONSULTING if parked else State.THREE_WAY)
    await all_talk(world, agent, closer, *([] if parked else [customer]))
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    assert await world.call_state(customer) == State.TALKING
    await gather(all_talk(world, closer, customer), world.silent_to(closer, agent))
    await world.hang_up(customer)
    await world.agent_is(closer, "DISPO")
    await gather(world.hears_silence(closer), world.hears_silence(agent))


async def test_leaving_while_the_request_waits_gives_the_customer_its_place(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, ingroup="SUPPORTLINE") == ""
    await world.hears_music(customer)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await gather(world.hears_music(customer), world.hears_silence(agent))
    closer = await world.agent("1001")
    await all_talk(world, closer, customer)


async def test_hangup_xfer_releases_the_closer_to_disposition(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, ingroup="SUPPORTLINE") == ""
    closer = await world.agent("1001")
    await world.call_is(customer, State.THREE_WAY)
    assert await world.ask(Kind.HANGUP_XFER, agent) == ""
    await world.agent_is(closer, "DISPO")
    await gather(world.hears_silence(closer), all_talk(world, agent, customer))
