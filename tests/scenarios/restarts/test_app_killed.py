"""The app is killed during calls: parties keep talking, and the restarted app continues the calls."""

from asyncio import gather

import pytest

from tests.internals.scenarios import Kind, Outcome, State
from tests.scenarios.given import (
    THIRD,
    all_talk,
    in_dialing,
    in_handed_off,
    in_talking,
    in_three_way,
)
from tools.simulation.call_centre import far_ends
from tools.simulation.call_centre.scenario_language import ScenarioWorld


async def test_two_talking_parties_lose_no_audio_and_the_transfer_continues(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", campaign_recording="ALLCALLS")
    agent, customer = await in_talking(world)
    await all_talk(world, agent, customer)
    async with world.unbroken(agent, customer):
        await world.kill_app()
        await world.talk(0.3)
        await world.start_app()
        assert await world.call_state(customer) == State.TALKING
        assert await world.agent_state(agent) == "INCALL"
    world.far_end(THIRD, far_ends.answers())
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, THIRD) == ""
    third = await world.third(THIRD)
    await all_talk(world, agent, customer, third)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await world.hang_up(third)
    [tape] = await world.tapes(customer, agent, customer, third)
    assert tape.row["status"] == "kept"
    assert tape.voices == {agent.name, customer.name, third.name}, "one file before and after"


async def test_a_customer_who_hung_up_during_the_restart_has_ended_the_call(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    await world.written()
    await world.kill_app()
    await world.hang_up(customer)
    await world.start_app()
    await world.agent_is(agent, "DISPO")

    async def over() -> bool | None:
        return await world.call_state(customer) is None or None

    await world.until(over, "the call is over")
    await world.hears_silence(agent)
    ended = (await world.ended(customer)).call
    assert ended and ended["ended_by"] == "customer"


async def test_an_agent_phone_lost_during_the_restart_leaves_the_customer_in_the_queue(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    await world.kill_app()
    await world.hang_up(agent)
    await world.start_app()
    await world.hears_music(customer)
    another = await world.agent("1001")
    await all_talk(world, another, customer)


async def test_a_phone_that_rang_rings_on_and_is_answered(world: ScenarioWorld) -> None:
    agent, customer, third = await in_dialing(world)
    await world.hears_ring_tone(customer)
    async with world.unbroken(agent, customer):
        await world.kill_app()
        await world.talk(0.3)
        await world.start_app()
        assert await world.call_state(customer) == State.DIALING
        await world.hears_ring_tone(agent)
    await world.answer(third)
    await world.call_is(customer, State.THREE_WAY)
    await gather(all_talk(world, agent, customer, third), world.no_ring_tone(customer))
    assert (await world.receipt(customer, Kind.DIAL_WITH_CUSTOMER))["outcome"] == Outcome.COMPLETED


async def test_a_third_party_who_answered_during_the_restart_can_be_left(world: ScenarioWorld) -> None:
    agent, customer, third = await in_dialing(world)
    await world.hears_ring_tone(customer)
    await world.kill_app()
    await world.answer(third)
    await world.start_app()
    await world.call_is(customer, State.THREE_WAY)
    await gather(all_talk(world, agent, customer, third), world.no_ring_tone(customer))
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await gather(world.silent_to(customer, agent), world.hears(customer, third))


async def test_a_third_party_who_declined_during_the_restart_has_ended_the_dial(world: ScenarioWorld) -> None:
    agent, customer, third = await in_dialing(world)
    await world.hears_ring_tone(customer)
    await world.kill_app()
    await world.hang_up(third)
    await world.start_app()
    await world.call_is(customer, State.TALKING)
    receipt = await world.receipt(customer, Kind.DIAL_WITH_CUSTOMER)
    assert (receipt["outcome"], receipt["cause"]) == (Outcome.FAILED, "Asterisk gave no cause")
    await gather(all_talk(world, agent, customer), world.no_ring_tone(customer))


@pytest.mark.fault(
    "the app is killed (-9)",
    "parties keep talking without a lost packet; waiting and parked customers keep their music",
    "the call stays one call, each command under way has an outcome, and all commands work again",
)
async def test_three_parties_lose_no_audio_and_the_leave_works(world: ScenarioWorld) -> None:
    agent, customer, third = await in_three_way(world)
    await all_talk(world, agent, customer, third)
    async with world.unbroken(customer, third):
        await world.kill_app()
        await world.talk(0.3)
        await world.start_app()
        assert await world.call_state(customer) == State.THREE_WAY
        assert await world.agent_state(agent) == "3-WAY"
        await all_talk(world, agent, customer, third)
        assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
        await gather(world.silent_to(customer, agent), world.silent_to(third, agent), world.silent_to(agent, customer))
    assert await world.agent_state(agent) == "DISPO"


@pytest.mark.parametrize(("who", "state"), [("third", State.TALKING), ("customer", State.CUSTOMER_GONE)])
async def test_a_hangup_of_one_of_three_during_the_restart_takes_that_party_out(
    world: ScenarioWorld, who: str, state: State
) -> None:
    agent, customer, third = await in_three_way(world)
    gone, stays = (third, customer) if who == "third" else (customer, third)
    async with world.unbroken(agent, stays):
        await world.kill_app()
        await world.hang_up(gone)
        await world.start_app()
        await world.call_is(customer, state)
    assert await world.ask(Kind.HANGUP_BOTH, agent) == ""
    await world.is_gone(stays)


@pytest.mark.fault("the app is killed (-9)")
async def test_two_parties_after_a_leave_lose_no_audio_and_their_recording_continues(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", leave_3way_start_recording="ALL_CALLS")
    agent, customer, third = await in_handed_off(world)
    await all_talk(world, customer, third)
    async with world.unbroken(customer, third):
        await world.kill_app()
        await world.talk(0.3)
        await world.start_app()
        assert await world.call_state(customer) == State.HANDED_OFF
        assert await world.agent_state(agent) == "DISPO"
        assert await world.ask(Kind.STATUS, agent, status="SALE") == ""
    await world.hang_up(third)
    await world.is_gone(customer)
    [tape] = await world.tapes(customer, agent, customer, third)
    assert (tape.row["kind"], tape.row["status"]) == ("handoff", "kept")
    assert tape.voices == {customer.name, third.name}
    assert tape.tail <= 300


async def test_a_hangup_of_one_of_two_during_the_restart_ends_the_call(world: ScenarioWorld) -> None:
    agent, customer, third = await in_handed_off(world)
    await world.written()
    await world.kill_app()
    await world.hang_up(third)
    await world.start_app()
    await world.is_gone(customer)
    ended = (await world.ended(customer)).call
    assert ended and ended["ended_by"] == "third"
    assert await world.agent_state(agent) == "DISPO"


async def test_a_waiting_caller_stays_in_the_queue_and_is_served(world: ScenarioWorld) -> None:
    customer = await world.customer()
    await world.hears_music(customer)
    await world.kill_app()
    await world.hears_music(customer)
    await world.start_app()
    assert await world.call_state(customer) == State.WAITING
    agent = await world.agent()
    await all_talk(world, agent, customer)


@pytest.mark.fault(
    "a call arrives while the app is away",
    "the caller reaches the fallback: a plain queue, a number or a mailbox",
    'a row of `fallback`: "the application is away"',
)
async def test_a_caller_without_an_app_reaches_the_fallback_and_is_in_the_audit(world: ScenarioWorld) -> None:
    agent = await world.agent()
    await world.kill_app()
    customer = await world.customer()
    await world.hears_prompt(customer, "vm-nobodyavail")
    phone = await world.phone("1005")
    await world.hears_prompt(phone, "im-sorry")
    await gather(world.hang_up(customer), world.hang_up(phone))
    await world.start_app()
    note = await world.fallback(customer)
    assert (note["dialled"], note["reason"]) == ("8005550100", "the application is away")
    assert await world.agent_state(agent) == "READY"
    served = await world.customer()
    await all_talk(world, agent, served)
