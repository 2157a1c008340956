"""Faults between the app and Asterisk, by a proxy: parties keep talking, and commands are done."""

from asyncio import gather
from itertools import chain, repeat

import pytest

from tests.internals.scenarios import Kind, Outcome, State
from tests.scenarios.given import all_talk, in_three_way
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party

LATE = 2.0  # seconds by which each answer is late
WITHIN = 20.0  # seconds; the app sends a ping every 3, and waits 2 for the answer; late answers add up
SOME_TALK = 0.5  # seconds
REFUSED = [status for status in (500, 503, 409) for _ in range(2)]  # Asterisk's answers to some requests in a row


@pytest.fixture
def world(real: RealWorld) -> RealWorld:
    """Record everything, also after a leave."""
    real.patience = WITHIN
    return real


async def in_recorded_three_way(world: RealWorld) -> tuple[Party, Party, Party]:
    """Wait until all three hear each other."""
    await world.configure("campaign", "TESTCAMP", campaign_recording="ALLCALLS", leave_3way_start_recording="ALL_CALLS")
    agent, customer, third = await in_three_way(world)
    await all_talk(world, agent, customer, third)
    return agent, customer, third


async def left(world: RealWorld, agent: Party, customer: Party, third: Party) -> None:
    """Check that the agent has left, and the two talk; in the end no record is missing."""
    assert (await world.receipt(customer, Kind.LEAVE_3WAY_CALL))["outcome"] == Outcome.COMPLETED
    await world.agent_is(agent, "DISPO")
    await world.call_is(customer, State.HANDED_OFF)
    await gather(world.silent_to(customer, agent), world.silent_to(agent, customer))


async def is_recorded(world: RealWorld, customer: Party) -> None:
    """Wait until Asterisk writes the second file, and let the parties talk."""

    async def find() -> bool | None:
        files = (await world.story(customer)).recordings
        return (len(files) == 2 and bool(files[1]["started"])) or None

    await world.until(find, "the two are to be recorded")
    await world.talk(SOME_TALK)


async def over(world: RealWorld, agent: Party, customer: Party, third: Party) -> None:
    """Let the third party hang up: the customer is hung up too, and both files are kept with their voices."""
    await world.hang_up(third)
    await world.is_gone(customer)
    told = (await world.ended(customer)).call
    assert told and told["ended_by"] == "third"
    before, after = await world.tapes(customer, agent, customer, third)
    assert (before.row["status"], after.row["status"]) == ("kept", "kept")
    assert before.voices == {agent.name, customer.name, third.name}
    assert after.voices == {customer.name, third.name}


@pytest.mark.fault("the event stream breaks")
@pytest.mark.fault("the event stream is open but silent")
async def test_the_event_stream_is_cut_and_then_silent(world: RealWorld) -> None:
    agent, customer, third = await in_recorded_three_way(world)
    async with world.site.behind_proxy() as proxy:
        async with world.unbroken(customer, third):
            proxy.cut()
            assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
            await left(world, agent, customer, third)
        await is_recorded(world, customer)
        proxy.deafen()
        await over(world, agent, customer, third)
        assert await world.ask(Kind.STATUS, agent, status="A") == ""
        await all_talk(world, agent, await world.customer())


@pytest.mark.fault("every answer of Asterisk is 2 s late")
async def test_every_answer_is_late(world: RealWorld) -> None:
    agent, customer, third = await in_recorded_three_way(world)
    async with world.site.behind_proxy() as proxy:
        proxy.slow(LATE)
        async with world.unbroken(customer, third):
            await world.ask(Kind.LEAVE_3WAY_CALL, agent)
            await left(world, agent, customer, third)
        proxy.quick()
        await is_recorded(world, customer)
        await over(world, agent, customer, third)


@pytest.mark.fault("Asterisk refuses a request (4xx, 5xx), or answers after the app has given up")
async def test_requests_are_refused(world: RealWorld) -> None:
    agent, customer, third = await in_recorded_three_way(world)
    async with world.site.behind_proxy() as proxy:
        async with world.unbroken(customer, third):
            proxy.refusals = chain(REFUSED, repeat(0))
            await world.ask(Kind.LEAVE_3WAY_CALL, agent)
            await left(world, agent, customer, third)
        await world.hang_up(third)
        await world.is_gone(customer)
