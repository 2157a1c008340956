"""The agent's microphone: off, no party and no recording has the agent's voice; the next caller hears it."""

from asyncio import gather

from tests.internals.scenarios import Kind
from tests.scenarios.given import all_talk, in_three_way
from tools.simulation.call_centre.scenario_language import ScenarioWorld

SPEECH = 0.3  # seconds
ON_THE_WAY = 0.1  # seconds in which earlier sound still arrives


async def test_a_muted_agent_is_unheard_until_unmute_or_the_end_of_the_call(world: ScenarioWorld) -> None:
    agent, customer, third = await in_three_way(world)
    await all_talk(world, agent, customer, third)
    async with world.unbroken(customer, third), world.never_in_silence(agent, customer, third):
        assert await world.own(Kind.MUTE, agent) == ""
        await world.talk(ON_THE_WAY)
        await gather(
            world.silent_to(customer, agent), world.silent_to(third, agent), world.hears(agent, customer, third)
        )
        assert await world.own(Kind.UNMUTE, agent) == ""
        await all_talk(world, agent, customer, third)
    assert await world.own(Kind.MUTE, agent) == ""
    await world.talk(ON_THE_WAY)
    assert await world.ask(Kind.RECORD_START, agent) == ""
    await world.talk(2 * SPEECH)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    assert await world.ask(Kind.STATUS, agent, status="SALE") == ""
    following = await world.customer()
    await all_talk(world, agent, following)
    await gather(world.hang_up(customer), world.hang_up(following))
    [tape] = await world.tapes(customer, agent, customer, third)
    assert tape.voices == {customer.name, third.name}


async def test_the_only_listener_of_a_muted_agent_gets_silence_packets(world: ScenarioWorld) -> None:
    agent = await world.agent()
    customer = await world.customer()
    await all_talk(world, agent, customer)
    assert await world.own(Kind.MUTE, agent) == ""
    await world.hears_silence(customer)
    await world.silent_to(customer, agent)
    await world.hears(agent, customer)
    await world.hang_up(customer)
