"""An agent's phone is unreachable: it gets no callers, and is called as soon as it is reachable again."""

from tests.internals.scenarios import State
from tests.scenarios.given import all_talk, in_talking
from tools.simulation.call_centre.scenario_language import ScenarioWorld

NO_PHONE = "NO PHONE"


async def test_a_ready_agent_with_a_dead_phone_is_offered_no_call(world: ScenarioWorld) -> None:
    agent = await world.agent()
    await world.phone_dies(agent)
    world.patience = 20  # Asterisk checks every 5 s, and waits 3 s for the answer
    await world.agent_is(agent, NO_PHONE)
    customer = await world.customer()
    await world.hears_music(customer)
    assert await world.call_state(customer) == State.WAITING
    again = await world.logs_in_again(agent)
    await all_talk(world, again, customer)


async def test_the_next_agent_has_the_caller(world: ScenarioWorld) -> None:
    agent, other = await world.agent(), await world.agent("1001")
    await world.phone_dies(agent)
    world.patience = 20
    await world.agent_is(agent, NO_PHONE)
    customer = await world.customer()
    await all_talk(world, other, customer)
    await world.logs_in_again(agent)
    await world.agent_is(agent, "READY")


async def test_an_on_hook_phone_that_is_not_registered_does_not_ring(world: ScenarioWorld) -> None:
    agent = await world.on_hook()
    await world.phone_unregisters(agent)
    await world.agent_is(agent, NO_PHONE)
    customer = await world.customer()
    await world.hears_music(customer)
    await world.phone_registers(agent)
    await world.called_back(agent)
    await all_talk(world, agent, customer)


async def test_a_phone_that_sends_packets_is_reachable_despite_its_registration(world: ScenarioWorld) -> None:
    agent = await world.agent()
    await world.phone_unregisters(agent)
    await world.talk(4)
    assert await world.agent_state(agent) == "READY"
    customer = await world.customer()
    await all_talk(world, agent, customer)
    await world.phone_registers(agent)


async def test_an_unregistered_phone_is_called_at_once_when_it_registers(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    await world.phone_unregisters(agent)
    await world.hang_up(agent)
    await world.call_is(customer, State.RESCUE)
    await world.hears_music(customer)
    await world.phone_registers(agent)
    await world.called_back(agent)
    await all_talk(world, agent, customer)
