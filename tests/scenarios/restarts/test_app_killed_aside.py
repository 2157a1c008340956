"""The app is killed while a party is parked, consulted, left or called back: all parties hear the same."""

from asyncio import gather

from tests.internals.scenarios import Kind, State
from tests.scenarios.given import THIRD, all_talk, in_consulting, in_dialing, in_talking
from tools.simulation.call_centre import far_ends
from tools.simulation.call_centre.scenario_language import ScenarioWorld


async def restart(world: ScenarioWorld) -> None:
    await world.kill_app()
    await world.talk(0.2)
    await world.start_app()


async def test_in_a_consultation(world: ScenarioWorld) -> None:
    agent, customer, third = await in_consulting(world)
    await all_talk(world, agent, third)
    async with world.unbroken(agent, third):
        await restart(world)
        assert await world.call_state(customer) == State.CONSULTING
        await world.hears_music(customer)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await all_talk(world, customer, third)
    await gather(world.hears_silence(agent), world.no_music(customer))


async def test_with_two_parked(world: ScenarioWorld) -> None:
    agent, customer, third = await in_consulting(world)
    assert await world.ask(Kind.PARK_XFER, agent) == ""
    await restart(world)
    assert await world.call_state(customer) == State.BOTH_PARKED
    await gather(world.hears_music(customer), world.hears_music(third))
    assert await world.ask(Kind.GRAB_CUSTOMER, agent) == ""
    assert await world.ask(Kind.GRAB_XFER, agent) == ""
    await all_talk(world, agent, customer, third)
    await world.no_music(agent, customer, third)


async def test_while_a_closer_is_asked_for(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, ingroup="SUPPORTLINE") == ""
    await gather(world.hears_music(customer), world.hears_music(agent))
    await restart(world)
    await gather(world.hears_music(customer), world.hears_music(agent))
    closer = await world.agent("1001")
    await all_talk(world, agent, customer, closer)
    await world.no_music(agent, customer, closer)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await all_talk(world, customer, closer)


async def test_with_a_third_that_rings_for_a_customer_who_was_left(world: ScenarioWorld) -> None:
    agent, customer, third = await in_dialing(world)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await restart(world)
    assert await world.call_state(customer) == State.LEFT_RINGING
    await world.hears_ring_tone(customer)
    await world.answer(third)
    await all_talk(world, customer, third)
    await world.no_ring_tone(customer)


async def test_a_blind_transfer_that_failed_during_the_restart_returns_the_customer(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    world.far_end(THIRD, far_ends.rings())
    assert await world.ask(Kind.BLIND_TRANSFER, agent, THIRD) == ""
    third = await world.third(THIRD)
    await world.kill_app()
    await world.hang_up(third)
    await world.start_app()
    await world.hears_music(customer)
    closer = await world.agent("1001")
    await all_talk(world, closer, customer)


async def test_an_agent_phone_lost_during_the_restart_is_called_back(world: ScenarioWorld) -> None:
    agent, customer, third = await in_consulting(world)
    world.takes_calls(agent)
    await world.kill_app()
    await world.hang_up(agent)
    await world.start_app()
    await world.called_back(agent)
    await world.call_is(customer, State.CONSULTING)
    await gather(all_talk(world, agent, third), world.hears_music(customer))


async def test_a_third_party_who_answered_stays_although_the_agent_phone_is_lost(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    world.far_end(THIRD, far_ends.rings())
    assert await world.ask(Kind.PARK_CUSTOMER_DIAL, agent, THIRD) == ""
    third = await world.third(THIRD)
    await world.hears_ring_tone(agent)
    world.takes_calls(agent)
    await world.kill_app()
    await world.answer(third)
    await world.hang_up(agent)
    await world.start_app()
    await world.called_back(agent)
    await world.call_is(customer, State.CONSULTING)
    await gather(all_talk(world, agent, third), world.hears_music(customer))
    assert (await world.receipt(customer, Kind.PARK_CUSTOMER_DIAL))["outcome"] == "completed"
