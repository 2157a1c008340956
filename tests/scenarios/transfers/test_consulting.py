"""An agent consults a closer, for advice or a transfer; the closer is an agent, in the call or out of it."""

from asyncio import gather

import pytest

from tests.internals.scenarios import Kind, Outcome, State
from tests.scenarios.given import THIRD, all_talk, in_talking
from tools.simulation.call_centre import far_ends
from tools.simulation.call_centre.scenario_language import Party, ScenarioWorld


async def with_closer(world: ScenarioWorld, kind: Kind = Kind.DIAL_WITH_CUSTOMER) -> tuple[Party, Party, Party]:
    """Return the agent, the customer, and agent 1001, whom the agent consulted."""
    agent, customer = await in_talking(world)
    closer = await world.agent("1001")
    assert await world.ask(kind, agent, "1001", ingroup="AGENTDIRECT") == ""
    await world.call_is(customer, State.THREE_WAY if kind is Kind.DIAL_WITH_CUSTOMER else State.CONSULTING)
    return agent, customer, closer


async def test_agent_and_closer_talk_while_the_customer_hears_music(world: ScenarioWorld) -> None:
    agent, customer, closer = await with_closer(world, Kind.PARK_CUSTOMER_DIAL)
    await gather(all_talk(world, agent, closer), world.hears_music(customer), world.silent_to(customer, agent, closer))
    await world.no_music(agent, closer)
    assert (await world.receipt(customer, Kind.PARK_CUSTOMER_DIAL))["outcome"] == Outcome.COMPLETED
    assert await world.ask(Kind.SWAP_PARK_XFER, agent) == ""
    await gather(all_talk(world, agent, customer), world.hears_music(closer), world.silent_to(closer, agent, customer))
    assert await world.ask(Kind.GRAB_XFER, agent) == ""
    await all_talk(world, agent, customer, closer)


@pytest.mark.parametrize("parked", [False, True])
async def test_a_request_is_withdrawn(world: ScenarioWorld, parked: bool) -> None:
    agent, customer = await in_talking(world)
    kind = Kind.PARK_CUSTOMER_DIAL if parked else Kind.DIAL_WITH_CUSTOMER
    assert await world.ask(kind, agent, ingroup="SUPPORTLINE") == ""
    await gather(world.hears_music(agent), world.hears_music(customer))
    assert await world.ask(Kind.HANGUP_XFER, agent) == ""
    assert (await world.receipt(customer, kind))["outcome"] == Outcome.ABANDONED
    if parked:
        await gather(world.no_music(agent), world.hears_music(customer))
        assert await world.ask(Kind.GRAB_CUSTOMER, agent) == ""
    await all_talk(world, agent, customer)
    await world.no_music(agent, customer)
    closer = await world.agent("1001")
    assert await world.agent_state(closer) == "READY"


@pytest.mark.parametrize("parked", [False, True])
async def test_a_request_without_a_closer_ends_after_drop_call_seconds(world: ScenarioWorld, parked: bool) -> None:
    world.patience = 10
    await world.configure("ingroup", "SUPPORTLINE", drop_call_seconds="3")
    agent, customer = await in_talking(world)
    kind = Kind.PARK_CUSTOMER_DIAL if parked else Kind.DIAL_WITH_CUSTOMER
    assert await world.ask(kind, agent, ingroup="SUPPORTLINE") == ""
    await world.hears_music(agent)
    assert (await world.receipt(customer, kind))["outcome"] == Outcome.NO_AGENT
    if parked:
        await gather(world.hears_alert(agent), world.hears_music(customer))
        await world.no_music(agent)
    else:
        await all_talk(world, agent, customer)
        await world.no_music(agent, customer)


async def test_an_agent_who_cannot_be_consulted_is_refused(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    async with world.unbroken(agent, customer):
        for number in ("1000", "1009", "4711"):
            assert await world.ask(Kind.PARK_CUSTOMER_DIAL, agent, number, ingroup="AGENTDIRECT") != ""
        assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, ingroup="CLOSEDLINE") != ""
    assert await world.call_state(customer) == State.TALKING


async def test_a_leave_gives_the_closer_the_call_and_its_commands(world: ScenarioWorld) -> None:
    agent, customer, closer = await with_closer(world, Kind.PARK_CUSTOMER_DIAL)
    assert await world.ask(Kind.PARK_CUSTOMER, closer) == "the call is agent 1000's until he leaves it"
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await all_talk(world, closer, customer)
    assert await world.ask(Kind.STATUS, agent, status="XFERD") == ""
    assert await world.ask(Kind.PAUSE, agent) == ""
    assert await world.ask(Kind.PARK_CUSTOMER, closer) == ""
    await gather(world.hears_music(customer), world.silent_to(customer, closer))
    world.far_end(THIRD, far_ends.answers())
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, closer, THIRD) == ""
    third = await world.third(THIRD)
    await all_talk(world, closer, customer, third)
    async with world.unbroken(customer, third):
        assert await world.ask(Kind.LEAVE_3WAY_CALL, closer) == ""
        await gather(world.silent_to(customer, closer), world.hears_silence(closer))
    assert await world.ask(Kind.STATUS, closer, status="SALE") == ""
    await world.hang_up(third)
    story = await world.ended(customer)
    assert story.call and story.call["status"] == "SALE"
    leaves = [row for row in story.receipts if row["kind"] == Kind.LEAVE_3WAY_CALL]
    assert [(row["agent"], row["outcome"]) for row in leaves] == [("1000", "completed"), ("1001", "completed")]


async def test_a_closer_left_with_the_call_is_recorded_without_the_fronter(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", campaign_recording="ALLCALLS")
    agent, customer, closer = await with_closer(world)
    await all_talk(world, agent, customer, closer)
    await world.talk(0.3)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await gather(all_talk(world, customer, closer), world.silent_to(customer, agent))
    await world.talk(0.3)
    await world.hang_up(customer)
    tapes = await world.tapes(customer, agent, closer, customer)
    assert tapes[0].voices == {"1000", "1001", customer.name}
    assert tapes[-1].row["agent"] == "1001"
    assert tapes[-1].voices == {"1001", customer.name}


@pytest.mark.parametrize("kind", [Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL])
async def test_the_customer_hangs_up_and_both_go_to_their_seats(world: ScenarioWorld, kind: Kind) -> None:
    agent, customer, closer = await with_closer(world, kind)
    await world.hang_up(customer)
    await gather(world.agent_is(agent, "DISPO"), world.agent_is(closer, "DISPO"))
    await gather(world.hears_silence(agent), world.hears_silence(closer))


async def test_the_closers_phone_dies_and_the_others_go_on(world: ScenarioWorld) -> None:
    agent, customer, closer = await with_closer(world)
    async with world.unbroken(agent, customer):
        await world.hang_up(closer)
        await world.call_is(customer, State.TALKING)
        await world.agent_is(closer, "DISPO")


async def test_the_customer_hangs_up_while_the_request_waits(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, ingroup="SUPPORTLINE") == ""
    await world.hears_music(agent)
    await world.hang_up(customer)
    await world.agent_is(agent, "DISPO")
    await gather(world.hears_silence(agent), world.no_music(agent))
    assert (await world.receipt(customer, Kind.DIAL_WITH_CUSTOMER))["outcome"] == Outcome.ABANDONED


async def test_a_fronter_who_logs_out_stays_until_disposition(world: ScenarioWorld) -> None:
    agent, customer, closer = await with_closer(world)
    async with world.unbroken(customer, closer):
        assert await world.ask(Kind.LOGOUT, agent) == ""
        await all_talk(world, agent, customer, closer)
        assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
        assert await world.agent_state(agent) == "DISPO"
        assert await world.ask(Kind.STATUS, agent, status="A") == ""
        await world.is_gone(agent)
    assert await world.agent_state(agent) is None
