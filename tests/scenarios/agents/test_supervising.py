"""A supervisor listens, whispers or barges in; an agent takes another one's call; checked by sound."""

from asyncio import gather

import pytest

from tests.internals.scenarios import Kind, State
from tests.scenarios.given import all_talk, in_talking
from tools.simulation.call_centre.scenario_language import ScenarioWorld


@pytest.mark.parametrize("kind", [Kind.LISTEN, Kind.WHISPER, Kind.BARGE])
async def test_a_supervisor_hears_both_and_is_heard_according_to_the_command(world: ScenarioWorld, kind: Kind) -> None:
    agent, customer = await in_talking(world)
    async with world.unbroken(agent, customer):
        supervisor = await world.supervises(agent, kind)
        await world.hears(supervisor, agent, customer)
        heard = {Kind.LISTEN: [], Kind.WHISPER: [agent], Kind.BARGE: [agent, customer]}[kind]
        for one in (agent, customer):
            await (world.hears(one, supervisor) if one in heard else world.silent_to(one, supervisor))
        await world.hang_up(supervisor)
    assert await world.call_state(customer) == State.TALKING


async def test_a_supervisor_who_listens_whispers_then_barges_in(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    async with world.unbroken(agent, customer):
        supervisor = await world.supervises(agent, Kind.LISTEN)
        await gather(world.silent_to(agent, supervisor), world.silent_to(customer, supervisor))
        assert await world.own(Kind.WHISPER, agent, phone=supervisor.name) == ""
        await world.hears(agent, supervisor)
        await gather(world.silent_to(customer, supervisor), world.hears(supervisor, agent, customer))
        assert await world.own(Kind.BARGE, agent, phone=supervisor.name) == ""
        await gather(world.hears(customer, supervisor), world.hears(agent, supervisor))
        assert await world.own(Kind.LISTEN, agent, phone=supervisor.name) == ""
        await world.hears(supervisor, agent, customer)
        await gather(world.silent_to(agent, supervisor), world.silent_to(customer, supervisor))
        await world.hang_up(supervisor)
    assert await world.call_state(customer) == State.TALKING


async def test_a_supervisor_hears_the_next_call(world: ScenarioWorld) -> None:
    agent = await world.agent()
    supervisor = await world.supervises(agent, Kind.LISTEN)
    customer = await world.customer()
    await world.hears(supervisor, agent, customer)
    await world.hang_up(supervisor)
    await all_talk(world, agent, customer)


async def test_a_call_is_given_to_another_agent(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    other = await world.agent("1001")
    assert await world.order(Kind.TAKE_CALL, customer, to_agent="1001") == ""
    await gather(all_talk(world, other, customer), world.silent_to(customer, agent), world.hears_silence(agent))
    await world.agent_is(agent, "DISPO")
    # The other agent gives the customer to a queue that nobody serves now, and takes them back in the wrap-up.
    assert await world.ask(Kind.LOCAL_CLOSER, other, ingroup="SALESLINE") == ""
    await gather(world.agent_is(other, "DISPO"), world.silent_to(customer, other))
    assert await world.order(Kind.TAKE_CALL, customer, to_agent="1001") == ""
    await all_talk(world, other, customer)
