"""The agent leaves or transfers blind while the third party's phone rings: in any case, no party is lost."""

from asyncio import gather

import pytest

from tests.internals.scenarios import Kind, Outcome, State
from tests.scenarios.given import THIRD, Begin, all_talk, in_blind, in_left_ringing, in_talking
from tools.simulation.call_centre import far_ends
from tools.simulation.call_centre.scenario_language import ScenarioWorld


async def test_a_customer_left_to_an_unanswered_phone_is_served_first(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", dial_timeout="4")
    _, customer, third = await in_left_ringing(world)
    second = await world.customer()
    await gather(world.is_gone(third), world.hears_music(customer), world.hears_music(second))
    assert (await world.receipt(customer, Kind.DIAL_WITH_CUSTOMER))["outcome"] == Outcome.NO_ANSWER
    assert (await world.receipt(customer, Kind.LEAVE_3WAY_CALL))["outcome"] == Outcome.COMPLETED
    another = await world.agent("1001")
    await gather(all_talk(world, another, customer), world.hears_music(second))


@pytest.mark.parametrize("begin", [in_left_ringing, in_blind])
@pytest.mark.parametrize("action", ["INGROUP", "HANGUP", "MESSAGE"])
async def test_declined_the_customer_goes_where_the_option_says(
    world: ScenarioWorld, begin: Begin, action: str
) -> None:
    actions = dict.fromkeys(("leave_unanswered_action", "blind_unanswered_action"), action)
    await world.configure("campaign", "TESTCAMP", unanswered_message="im-sorry", **actions)
    agent, customer, third = await begin(world)
    await world.hears_ring_tone(customer)
    await world.hang_up(third)
    if action == "INGROUP":
        await world.hears_music(customer)
        await world.no_ring_tone(customer)
        assert await world.call_state(customer) == State.WAITING
        return
    if action == "MESSAGE":
        await world.hears_prompt(customer, "im-sorry")
    await world.is_gone(customer)
    await world.agent_is(agent, "DISPO")


async def test_a_blind_transfer_to_a_busy_number_brings_the_customer_home(world: ScenarioWorld) -> None:
    _, customer, _ = await in_blind(world, far_ends.BUSY)
    await world.hears_music(customer)
    receipt = await world.receipt(customer, Kind.BLIND_TRANSFER)
    assert (receipt["outcome"], receipt["cause"]) == (Outcome.BUSY, "busy (17)")


async def test_a_parked_customer_is_transferred_blind(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.PARK_CUSTOMER, agent) == ""
    await world.hears_music(customer)
    world.far_end(THIRD, far_ends.answers())
    assert await world.ask(Kind.BLIND_TRANSFER, agent, THIRD) == ""
    third = await world.third(THIRD)
    await all_talk(world, customer, third)
    await gather(world.silent_to(third, agent), world.hears_silence(agent), world.no_music(customer, third))


@pytest.mark.parametrize("begin", [in_left_ringing, in_blind])
async def test_the_customer_hangs_up_then_and_the_third_is_cancelled(world: ScenarioWorld, begin: Begin) -> None:
    agent, customer, third = await begin(world)
    await world.hears_ring_tone(customer)
    await world.hang_up(customer)
    await world.is_gone(third)
    kind = Kind.BLIND_TRANSFER if begin is in_blind else Kind.DIAL_WITH_CUSTOMER
    assert (await world.receipt(customer, kind))["outcome"] == Outcome.ABANDONED
    ended = (await world.ended(customer)).call
    assert ended and ended["ended_by"] == "customer"
    await world.hears_silence(agent)


async def test_a_number_without_a_route_leaves_the_customer_with_the_agent(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", dial_template="PJSIP/{number}@nowhere")
    agent, customer = await in_talking(world)
    assert "500" in await world.ask(Kind.BLIND_TRANSFER, agent, THIRD)
    await all_talk(world, agent, customer)
    assert (await world.receipt(customer, Kind.BLIND_TRANSFER))["outcome"] == Outcome.FAILED


async def test_leave_vm_from_a_park(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", am_message_exten="im-sorry")
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.PARK_CUSTOMER, agent) == ""
    assert await world.ask(Kind.LEAVE_VM, agent) == ""
    await gather(world.hears_prompt(customer, "im-sorry"), world.hears_silence(agent))
    await world.is_gone(customer)


async def test_left_ringing_the_handoff_file_begins_at_the_answer(world: ScenarioWorld) -> None:
    options = {"campaign_recording": "ALLCALLS", "leave_3way_start_recording": "ALL_CALLS"}
    await world.configure("campaign", "TESTCAMP", **options)
    agent, customer = await in_talking(world)
    await all_talk(world, agent, customer)
    world.far_end(THIRD, far_ends.rings())
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, THIRD) == ""
    third = await world.third(THIRD)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await world.hears_ring_tone(customer)
    await world.answer(third)
    await all_talk(world, customer, third)
    await world.talk(0.3)
    await world.hang_up(third)
    first, second = await world.tapes(customer, agent, customer, third)
    assert (first.row["kind"], second.row["kind"]) == ("call", "handoff")
    assert first.voices == {agent.name, customer.name}
    assert second.voices == {customer.name, third.name}
    assert second.tail <= 300


async def test_transfer_no_dispo_gives_the_agent_the_next_call_at_once(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", transfer_no_dispo="EXTERNAL_ONLY")
    agent, customer, third = await in_blind(world)
    assert await world.agent_state(agent) == "READY"
    another = await world.customer()
    await all_talk(world, agent, another)
    await world.hears_ring_tone(customer)
    await world.answer(third)
    await all_talk(world, customer, third)
    await gather(world.silent_to(agent, customer, third), world.silent_to(customer, agent, another))
    await world.hang_up(customer)
    ended = (await world.ended(customer)).call
    assert ended and ended["status"] == "XFER"
