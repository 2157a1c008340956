"""The agent's phone is lost and called back: the others hear music, and then everything is as before."""

from asyncio import gather

from tests.scenarios.given import all_talk, in_consulting, in_talking
from tests.worlds.language import World
from warmline.core.call.states import State
from warmline.core.commands import Kind


async def test_a_customer_hears_music_until_his_agent_is_back(world: World) -> None:
    agent, customer = await in_talking(world)
    world.takes_calls(agent)
    await all_talk(world, agent, customer)
    await world.hang_up(agent)
    await world.called_back(agent)
    await world.call_is(customer, State.TALKING)
    await all_talk(world, agent, customer)
    assert await world.agent_state(agent) == "INCALL"


async def test_a_parked_customer_and_a_third_are_where_they_were(world: World) -> None:
    agent, customer, third = await in_consulting(world)
    world.takes_calls(agent)
    await world.hang_up(agent)
    await world.called_back(agent)
    await world.call_is(customer, State.CONSULTING)
    await gather(all_talk(world, agent, third), world.hears_music(customer))
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await all_talk(world, customer, third)


async def test_a_phone_that_stays_away_gives_the_customer_to_the_next(world: World) -> None:
    agent, customer, third = await in_consulting(world)
    await world.hang_up(agent)
    await world.is_gone(third)
    await world.hears_music(customer)
    await world.agent_is(agent, "DISPO")
    another = await world.agent("1001")
    await all_talk(world, another, customer)


async def test_without_a_call_it_is_called_back_to_its_seat(world: World) -> None:
    agent = await world.agent()
    world.takes_calls(agent)
    await world.hang_up(agent)
    await world.called_back(agent)
    await world.hears_silence(agent)
    customer = await world.customer()
    await all_talk(world, agent, customer)
