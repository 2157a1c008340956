"""Music while a phone holds its line: in every bridge, recorded or not, and never over a party's voice."""

from asyncio import gather

import pytest

from tests.internals.scenarios import Kind, State
from tests.scenarios.given import THIRD, all_talk, in_consulting, in_dialing, in_talking, in_three_way
from tools.simulation.call_centre.far_ends import answers, rings
from tools.simulation.call_centre.scenario_language import Party, ScenarioWorld

RECORDED = {"campaign_recording": "ALLCALLS", "leave_3way_start_recording": "ALL_CALLS"}


async def is_recorded(world: ScenarioWorld) -> None:
    """Record everything from now on."""
    await world.configure("campaign", "TESTCAMP", **RECORDED)


async def holds_and_takes_back(world: ScenarioWorld, holder: Party, other: Party) -> None:
    """Check that the other party hears music while this phone holds the line; then both talk."""
    await world.hold(holder)
    await gather(world.hears_music(other), world.silent_to(holder, other))
    await world.hold(holder, on=False)
    await all_talk(world, holder, other)
    await world.no_music(holder, other)


@pytest.mark.parametrize("recorded", [False, True], ids=["not recorded", "recorded"])
@pytest.mark.parametrize("who", ["agent", "customer"])
async def test_two_talking_parties_hold_with_music(world: ScenarioWorld, who: str, recorded: bool) -> None:
    if recorded:
        await is_recorded(world)
    agent, customer = await in_talking(world)
    await holds_and_takes_back(world, *((agent, customer) if who == "agent" else (customer, agent)))
    assert await world.call_state(customer) == State.TALKING


@pytest.mark.parametrize("recorded", [False, True], ids=["not recorded", "recorded"])
@pytest.mark.parametrize("who", ["customer", "third"])
async def test_two_parties_left_by_the_agent_hold_with_music(world: ScenarioWorld, who: str, recorded: bool) -> None:
    if recorded:
        await is_recorded(world)
    agent, customer, third = await in_three_way(world)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await holds_and_takes_back(world, *((customer, third) if who == "customer" else (third, customer)))
    assert await world.call_state(customer) == State.HANDED_OFF


async def test_a_consulted_third_party_holds_with_music(world: ScenarioWorld) -> None:
    await is_recorded(world)
    agent, customer, third = await in_consulting(world)
    await holds_and_takes_back(world, agent, third)
    await holds_and_takes_back(world, third, agent)
    await world.hears_music(customer)


async def test_a_closer_left_with_the_call_holds_with_music(world: ScenarioWorld) -> None:
    await is_recorded(world)
    agent, customer = await in_talking(world)
    closer = await world.agent("1001")
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, ingroup="SUPPORTLINE") == ""
    await world.call_is(customer, State.THREE_WAY)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await holds_and_takes_back(world, closer, customer)
    await holds_and_takes_back(world, customer, closer)


async def test_three_talk_on_until_one_is_left(world: ScenarioWorld) -> None:
    """No party hears music over a voice; music plays only if all others hold."""
    await is_recorded(world)
    agent, customer, third = await in_three_way(world)
    async with world.unbroken(customer, third):
        await world.hold(agent)
        await gather(world.silent_to(agent, customer, third), world.no_music(customer, third))
    await world.hold(third)
    await world.hears_music(customer)
    await world.hold(agent, on=False)
    await all_talk(world, agent, customer)
    await world.no_music(agent, customer)
    await world.hold(third, on=False)
    await all_talk(world, agent, customer, third)


@pytest.mark.parametrize("recorded", [False, True], ids=["not recorded", "recorded"])
async def test_both_hold_and_take_back_one_after_the_other(world: ScenarioWorld, recorded: bool) -> None:
    if recorded:
        await is_recorded(world)
    agent, customer = await in_talking(world)
    await world.hold(agent)
    await world.hears_music(customer)
    await world.hold(customer)
    await world.hold(agent, on=False)
    await world.hears_music(agent)
    await world.hold(customer, on=False)
    await all_talk(world, agent, customer)
    await world.no_music(agent, customer)


@pytest.mark.parametrize("recorded", [False, True], ids=["not recorded", "recorded"])
async def test_a_third_party_dialled_during_a_hold_is_heard_at_once(world: ScenarioWorld, recorded: bool) -> None:
    if recorded:
        await is_recorded(world)
    agent, customer = await in_talking(world)
    await world.hold(agent)
    await world.hears_music(customer)
    world.far_end(THIRD, rings())
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, THIRD) == ""
    third = await world.third(THIRD)
    await world.hears_music(customer)
    await world.answer(third)
    await all_talk(world, customer, third)
    await world.no_music(customer, third)
    await world.hold(agent, on=False)
    await all_talk(world, agent, customer, third)


@pytest.mark.parametrize("recorded", [False, True], ids=["not recorded", "recorded"])
async def test_a_customer_parked_and_fetched_during_a_hold_hears_music_until_its_end(
    world: ScenarioWorld, recorded: bool
) -> None:
    if recorded:
        await is_recorded(world)
    agent, customer = await in_talking(world)
    await world.hold(agent)
    await world.hears_music(customer)
    assert await world.ask(Kind.PARK_CUSTOMER, agent) == ""
    await world.hears_music(customer)
    assert await world.ask(Kind.GRAB_CUSTOMER, agent) == ""
    await world.hears_music(customer)
    await world.hold(agent, on=False)
    await all_talk(world, agent, customer)
    await world.no_music(agent, customer)


@pytest.mark.parametrize("recorded", [False, True], ids=["not recorded", "recorded"])
async def test_a_holding_customer_is_parked_and_fetched_back(world: ScenarioWorld, recorded: bool) -> None:
    if recorded:
        await is_recorded(world)
    agent, customer = await in_talking(world)
    await world.hold(customer)
    await world.hears_music(agent)
    assert await world.ask(Kind.PARK_CUSTOMER, agent) == ""
    await world.no_music(agent)
    await world.hold(customer, on=False)
    assert await world.ask(Kind.GRAB_CUSTOMER, agent) == ""
    await all_talk(world, agent, customer)
    await world.no_music(agent, customer)


async def test_a_leave_during_the_agents_hold_connects_the_other_parties(world: ScenarioWorld) -> None:
    """A consulted third party who heard music hears the customer."""
    await is_recorded(world)
    agent, customer, third = await in_consulting(world)
    await world.hold(agent)
    await world.hears_music(third)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await all_talk(world, customer, third)
    await world.no_music(customer, third)
    await world.hold(agent, on=False)


@pytest.mark.parametrize("recorded", [False, True], ids=["not recorded", "recorded"])
async def test_a_hangup_of_the_holding_party_ends_the_music(world: ScenarioWorld, recorded: bool) -> None:
    if recorded:
        await is_recorded(world)
    agent, customer, third = await in_three_way(world)
    await world.hold(third)
    await world.hold(customer)
    await world.hears_music(agent)
    await world.hang_up(customer)
    await world.call_is(customer, State.CUSTOMER_GONE)
    await world.hears_music(agent)
    await world.hold(third, on=False)
    await all_talk(world, agent, third)
    await world.no_music(agent, third)


async def test_a_third_party_left_ringing_to_a_holding_customer_hears_music(world: ScenarioWorld) -> None:
    """The third party answers, hears music, and then the customer."""
    agent, customer, third = await in_dialing(world)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await world.hold(customer)
    await world.answer(third)
    await world.hears_music(third)
    await world.hold(customer, on=False)
    await all_talk(world, customer, third)
    await world.no_music(customer, third)


async def test_the_agents_phone_is_lost_while_the_customer_holds(world: ScenarioWorld) -> None:
    await is_recorded(world)
    agent, customer = await in_talking(world)
    world.far_end(agent.name, answers(0.5))
    await world.hold(customer)
    await world.hears_music(agent)
    await world.hang_up(agent)
    await world.called_back(agent)
    await world.call_is(customer, State.TALKING)
    await world.hears_music(agent)
    await world.hold(customer, on=False)
    await all_talk(world, agent, customer)
    await world.no_music(agent, customer)


@pytest.mark.fault(
    "the app is killed while a phone holds its line, or the phone resumes the line before the app is back",
    "the other party's music continues; if the line is resumed in a recorded bridge, until the app is back",
    "the hold or its end, when the app is back",
)
@pytest.mark.parametrize("taken_back", [False, True], ids=["still held", "taken back"])
@pytest.mark.parametrize("recorded", [False, True], ids=["not recorded", "recorded"])
async def test_the_app_is_killed_during_a_hold(world: ScenarioWorld, recorded: bool, taken_back: bool) -> None:
    if recorded:
        await is_recorded(world)
    agent, customer = await in_talking(world)
    await world.hold(agent)
    await world.hears_music(customer)
    await world.kill_app()
    if taken_back:
        await world.hold(agent, on=False)
    else:
        await world.hears_music(customer)
    await world.start_app()
    if not taken_back:
        await world.hears_music(customer)
        await world.hold(agent, on=False)
    await all_talk(world, agent, customer)
    await world.no_music(agent, customer)


@pytest.mark.fault(
    "the app is killed while a phone holds its line, or the phone resumes the line before the app is back"
)
async def test_a_line_that_was_put_on_hold_without_an_app(world: ScenarioWorld) -> None:
    await is_recorded(world)
    agent, customer = await in_talking(world)
    await world.kill_app()
    await world.hold(agent)
    await world.start_app()
    await world.hears_music(customer)
    await world.hold(agent, on=False)
    await all_talk(world, agent, customer)
    await world.no_music(agent, customer)


async def test_the_recording_of_a_hold_has_voices_and_no_music(world: ScenarioWorld) -> None:
    """The held party's voice is recorded as before; the music is not."""
    await is_recorded(world)
    agent, customer = await in_talking(world)
    await world.hold(agent)
    await world.hears_music(customer)
    await world.talk(1.0)
    await world.hold(agent, on=False)
    await all_talk(world, agent, customer)
    await world.hang_up(customer)
    [tape] = await world.tapes(customer, agent, customer)
    assert tape.voices == {agent.name, customer.name} and not tape.music


@pytest.mark.parametrize("recorded", [False, True], ids=["not recorded", "recorded"])
@pytest.mark.parametrize("who", ["agent", "customer"])
async def test_the_phones_own_music_is_not_heard_by_one_other(world: ScenarioWorld, who: str, recorded: bool) -> None:
    if recorded:
        await is_recorded(world)
    agent, customer = await in_talking(world)
    holds, other = (agent, customer) if who == "agent" else (customer, agent)
    await world.hold(holds, own_music=True)
    await gather(world.hears_music(other), world.silent_to(other, holds))
    await world.hold(holds, on=False)
    await all_talk(world, agent, customer)
    await world.no_music(agent, customer)


@pytest.mark.parametrize("recorded", [False, True], ids=["not recorded", "recorded"])
@pytest.mark.parametrize("who", ["agent", "customer", "third"])
async def test_the_phones_own_music_is_not_heard_by_two_others(world: ScenarioWorld, who: str, recorded: bool) -> None:
    if recorded:
        await is_recorded(world)
    parties = dict(zip(("agent", "customer", "third"), await in_three_way(world), strict=True))
    holds = parties.pop(who)
    one, other = parties.values()
    async with world.unbroken(one, other):
        await world.hold(holds, own_music=True)
        await gather(world.silent_to(one, holds), world.silent_to(other, holds), world.no_music(one, other))
        await world.hold(holds, on=False)
        await all_talk(world, holds, one, other)


async def test_the_phones_own_music_is_not_recorded(world: ScenarioWorld) -> None:
    agent, customer, third = await in_three_way(world)
    await world.hold(agent, own_music=True)
    await world.silent_to(customer, agent)
    assert await world.ask(Kind.RECORD_START, agent) == ""
    await world.talk(1.0)
    assert await world.ask(Kind.RECORD_STOP, agent) == ""
    await world.hold(agent, on=False)
    await all_talk(world, agent, customer, third)
    await world.hang_up(customer)
    await world.hang_up(third)
    [tape] = await world.tapes(customer, agent, customer, third)
    assert tape.voices == {customer.name, third.name} and not tape.music


async def test_the_phones_own_music_in_a_recorded_call_of_two_is_not_recorded(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    await world.hold(agent, own_music=True)
    await world.hears_music(customer)
    assert await world.ask(Kind.RECORD_START, agent) == ""
    await world.talk(1.0)
    assert await world.ask(Kind.RECORD_STOP, agent) == ""
    await world.hold(agent, on=False)
    await all_talk(world, agent, customer)
    await world.hang_up(customer)
    [tape] = await world.tapes(customer, agent, customer)
    assert tape.voices == {customer.name} and not tape.music
