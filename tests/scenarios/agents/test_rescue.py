"""The agent's phone is lost and called back: the others hear music, and then all is as before."""

from asyncio import gather

from tests.internals.scenarios import Kind, State
from tests.scenarios.given import all_talk, in_consulting, in_dialing, in_talking
from tools.simulation.call_centre.far_ends import rings
from tools.simulation.call_centre.scenario_language import ScenarioWorld


async def test_a_customer_hears_music_until_the_agent_is_back(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    world.takes_calls(agent)
    await all_talk(world, agent, customer)
    await world.hang_up(agent)
    await world.called_back(agent)
    await world.call_is(customer, State.TALKING)
    await all_talk(world, agent, customer)
    assert await world.agent_state(agent) == "INCALL"


async def test_a_parked_customer_and_a_third_are_where_they_were(world: ScenarioWorld) -> None:
    agent, customer, third = await in_consulting(world)
    world.takes_calls(agent)
    await world.hang_up(agent)
    await world.called_back(agent)
    await world.call_is(customer, State.CONSULTING)
    await gather(all_talk(world, agent, third), world.hears_music(customer))
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await all_talk(world, customer, third)


async def test_a_phone_that_stays_away_gives_the_customer_to_the_next(world: ScenarioWorld) -> None:
    agent, customer, third = await in_consulting(world)
    await world.hang_up(agent)
    await world.is_gone(third)
    await world.hears_music(customer)
    await world.agent_is(agent, "DISPO")
    another = await world.agent("1001")
    await all_talk(world, another, customer)


async def test_without_a_call_it_is_called_back_to_its_seat(world: ScenarioWorld) -> None:
    agent = await world.agent()
    world.takes_calls(agent)
    await world.hang_up(agent)
    await world.called_back(agent)
    await world.hears_silence(agent)
    customer = await world.customer()
    await all_talk(world, agent, customer)


async def test_two_parked_parties_stay_parked_during_the_rescue(world: ScenarioWorld) -> None:
    agent, customer, third = await in_consulting(world)
    assert await world.ask(Kind.PARK_XFER, agent) == ""
    world.far_end(agent.name, rings())
    await world.hang_up(agent)
    await world.phone_rings(agent)
    await gather(world.hears_music(customer), world.hears_music(third))
    assert await world.agent_state(agent) == "LOST"
    assert await world.ask(Kind.GRAB_XFER, agent) == "the agent's phone is being called back"
    await world.answer(agent)
    await world.call_is(customer, State.BOTH_PARKED)
    await gather(world.hears_music(customer), world.hears_music(third), world.no_music(agent))
    assert await world.ask(Kind.GRAB_CUSTOMER, agent) == ""
    await gather(all_talk(world, agent, customer), world.hears_music(third))


async def test_a_third_that_rang_is_cancelled_and_the_two_talk_again(world: ScenarioWorld) -> None:
    agent, customer, third = await in_dialing(world)
    await world.hears_ring_tone(customer)
    world.far_end(agent.name, rings())
    await world.hang_up(agent)
    await world.phone_rings(agent)
    await gather(world.is_gone(third), world.hears_music(customer), world.no_ring_tone(customer))
    await world.answer(agent)
    await all_talk(world, agent, customer)
    await world.no_music(agent, customer)


async def test_the_customer_hangs_up_while_the_phone_is_called_back(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    world.far_end(agent.name, rings())
    await world.hang_up(agent)
    await world.phone_rings(agent)
    await world.hang_up(customer)
    await world.agent_is(agent, "DISPO")
    ended = (await world.ended(customer)).call
    assert ended and ended["ended_by"] == "customer"
    await world.answer(agent)
    await world.hears_silence(agent)


async def test_the_phone_is_lost_while_the_customer_is_parked_and_stays_away(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", agent_rescue_seconds="5")
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.PARK_CUSTOMER, agent) == ""
    await world.hears_music(customer)
    await world.hang_up(agent)
    await world.agent_is(agent, "DISPO")
    assert await world.ask(Kind.STATUS, agent, status="A") == ""
    await world.agent_is(agent, "PAUSED LOST")
    second = await world.customer()
    await gather(world.hears_music(customer), world.hears_music(second))
    another = await world.agent("1001")
    await gather(all_talk(world, another, customer), world.hears_music(second))


async def test_call_agent_brings_a_lost_phone_back(world: ScenarioWorld) -> None:
    agent = await world.agent()
    await world.hang_up(agent)
    await world.agent_is(agent, "PAUSED LOST")
    world.takes_calls(agent)
    assert await world.ask(Kind.CALL_AGENT, agent) == ""
    await world.called_back(agent)
    await world.hears_silence(agent)
    assert await world.ask(Kind.RESUME, agent) == ""
    customer = await world.customer()
    await all_talk(world, agent, customer)
