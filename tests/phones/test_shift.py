"""A shift with phones that other projects wrote: answer, hold, three-way, leave, recording, and a lost phone."""

from asyncio import gather

import pytest

from tests.phones.phone_world import PHONES, PhoneWorld
from tests.scenarios.given import THIRD, all_talk, in_talking
from tools.simulation.call_centre.scenario_language import Party
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State

AS_AGENT = pytest.mark.parametrize("world", [(name, "agent") for name in PHONES], indirect=True, ids=" as ".join)


async def test_all_talk_hold_and_are_recorded(world: PhoneWorld) -> None:
    await world.configure("campaign", "TESTCAMP", campaign_recording="ALLFORCE")
    await world.expects(THIRD)
    agent, customer = await in_talking(world)
    await all_talk(world, agent, customer)
    if world.role != "third":
        await _holds(world, agent, customer)
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, THIRD) == ""
    third = await world.third(THIRD)
    await all_talk(world, agent, customer, third)
    await _holds(world, agent, customer, third)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await all_talk(world, customer, third)
    await world.silent_to(agent, customer, third)
    await world.agent_is(agent, "DISPO")
    assert await world.ask(Kind.STATUS, agent, status="A") == ""
    await world.hang_up(third)
    tapes = await world.tapes(customer, agent, customer, third)
    assert {agent.name, customer.name, third.name} <= frozenset().union(*(tape.voices for tape in tapes))


@AS_AGENT
async def test_a_phone_on_hook_is_called_and_answers(world: PhoneWorld) -> None:
    await world.configure("agent", "1000", phone_mode="on_hook")
    agent = await world.phone("1000")
    await world.agent_is(agent, "READY")
    customer = await world.customer()
    await world.call_is(customer, State.TALKING)
    await all_talk(world, agent, customer)
    await world.hang_up(customer)


@AS_AGENT
async def test_a_killed_phone_comes_back_into_its_call(world: PhoneWorld) -> None:
    agent, customer = await in_talking(world)
    await all_talk(world, agent, customer)
    await world.phones[agent.name].kill()
    await world.phone(agent.name)
    await world.call_is(customer, State.TALKING)
    await all_talk(world, agent, customer)
    await world.hang_up(customer)


async def _holds(world: PhoneWorld, *parties: Party) -> None:
    """Let the foreign phone hold and come back. Until then no party hears it, and the others hear each other."""
    [holder] = [party for party in parties if party.name in world.phones]
    others = [party for party in parties if party is not holder]
    await world.hold(holder)
    await gather(*(world.silent_to(other, holder) for other in others))
    await all_talk(world, *others)
    await world.hold(holder, on=False)
    await all_talk(world, *parties)
