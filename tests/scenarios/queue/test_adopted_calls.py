"""A call of Asterisk's own Queue() or Dial() is handed to Warmline while its two parties talk."""

from asyncio import gather

import pytest

from tests.internals.scenarios import Kind, Outcome, State
from tests.scenarios.given import THIRD, all_talk
from tools.simulation.call_centre.far_ends import answers
from tools.simulation.call_centre.scenario_language import OUTSIDE_PHONE, Party, ScenarioWorld

APPLICATIONS = pytest.mark.parametrize("application", ["Queue", "Dial"])


async def adopted(world: ScenarioWorld, application: str = "Queue") -> tuple[Party, Party]:
    """Return an agent's phone and a customer, in an adopted call."""
    agent, customer = await world.talks_outside(application)
    assert await world.adopt(agent) == ""
    await world.call_is(customer, State.TALKING)
    return agent, customer


async def third_party(world: ScenarioWorld, agent: Party, customer: Party) -> Party:
    """Return a third party whom the agent has dialled; all three talk."""
    world.far_end(THIRD, answers())
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, THIRD) == ""
    third = await world.third(THIRD)
    await all_talk(world, agent, customer, third)
    return third


@APPLICATIONS
async def test_neither_hears_the_handover(world: ScenarioWorld, application: str) -> None:
    agent, customer = await world.talks_outside(application)
    async with world.unbroken(agent, customer):
        assert await world.adopt(agent) == ""
    assert await world.call_state(customer) == State.TALKING
    assert await world.agent_state(agent) == "INCALL"
    assert await world.beeps(agent) == 1
    receipt = await world.receipt(customer, Kind.ADOPT)
    assert receipt["outcome"] == Outcome.COMPLETED
    assert [name for name, _ in receipt["steps"]] == ["requested", "begun", "completed"]


@APPLICATIONS
async def test_the_agent_leaves_the_customer_with_a_third_party(world: ScenarioWorld, application: str) -> None:
    agent, customer = await adopted(world, application)
    third = await third_party(world, agent, customer)
    async with world.unbroken(customer, third):
        assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
        await world.is_gone(agent)
    await world.call_is(customer, State.HANDED_OFF)
    assert await world.agent_state(agent) is None
    assert (await world.receipt(customer, Kind.LEAVE_3WAY_CALL))["outcome"] == Outcome.COMPLETED


async def test_an_adopted_call_is_recorded_before_and_after_the_leave(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", campaign_recording="ALLCALLS", leave_3way_start_recording="ALL_CALLS")
    agent, customer = await adopted(world)
    await world.talk(0.5)
    third = await third_party(world, agent, customer)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await world.talk(0.5)
    await world.hang_up(customer)
    first, second = await world.tapes(customer, agent, customer, third)
    assert first.voices == {agent.name, customer.name, third.name}
    assert second.voices == {customer.name, third.name}


async def test_a_survey_after_the_leave(world: ScenarioWorld) -> None:
    await world.after_the_call()
    agent, customer = await adopted(world)
    third = await third_party(world, agent, customer)
    assert await world.ask(Kind.STATUS, agent, status="SALE") == ""
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await world.hang_up(third)
    await world.hears_dialplan(customer)
    [found] = await world.results(customer, "warmline-after")
    assert [found[name] for name in ("WARMLINE_RESULT", "WARMLINE_DISPOSITION", "WARMLINE_AGENT")] == [
        "left",
        "SALE",
        agent.name,
    ]
    await world.is_gone(customer)
    assert (await world.ended(customer)).call


async def test_the_customer_is_parked_and_taken_back(world: ScenarioWorld) -> None:
    agent, customer = await adopted(world)
    assert await world.ask(Kind.PARK_CUSTOMER, agent) == ""
    await world.hears_music(customer)
    assert await world.ask(Kind.GRAB_CUSTOMER, agent) == ""
    await all_talk(world, agent, customer)


@pytest.mark.parametrize("by", ["key", "extension"])
@APPLICATIONS
async def test_by_the_dialplan(world: ScenarioWorld, application: str, by: str) -> None:
    agent, customer = await world.talks_outside(application)
    assert await world.adopt(agent, by) == ""
    await world.call_is(customer, State.TALKING)
    await all_talk(world, agent, customer)


async def test_a_call_that_the_agents_phone_has_dialled(world: ScenarioWorld) -> None:
    agent, customer = await world.dials_outside()
    async with world.unbroken(agent, customer):
        assert await world.adopt(agent) == ""
    await world.call_is(customer, State.TALKING)
    assert await world.ask(Kind.PARK_CUSTOMER, agent) == ""
    await world.hears_music(customer)
    assert await world.ask(Kind.GRAB_CUSTOMER, agent) == ""
    await all_talk(world, agent, customer)
    await world.hang_up(agent)
    await world.is_gone(customer)
    call = (await world.ended(customer)).call
    assert call and (call["direction"], call["origin"]) == ("out", "adopted")


async def test_the_records_of_the_call(world: ScenarioWorld) -> None:
    agent, customer = await adopted(world)
    await world.hang_up(agent)
    await world.is_gone(customer)
    call = (await world.ended(customer)).call
    assert call
    assert (call["origin"], call["direction"], call["last_agent"]) == ("adopted", "in", OUTSIDE_PHONE)
    assert call["connected"] and await world.agent_state(agent) is None


async def test_after_a_refusal_both_talk_on(world: ScenarioWorld) -> None:
    other = await world.agent("1000")
    agent, customer = await world.talks_outside("Queue")
    async with world.unbroken(agent, customer):
        why = await world.adopt(agent, user="1000")
    assert why.startswith("agent 1000 is logged in already")
    assert await world.call_state(customer) is None and await world.agent_state(other) == "READY"
    await world.hang_up(customer)


async def test_an_adopted_call_is_not_adopted_again(world: ScenarioWorld) -> None:
    agent, customer = await adopted(world)
    async with world.unbroken(agent, customer):
        assert "is in a call of Warmline already" in await world.adopt(agent)
    assert await world.call_state(customer) == State.TALKING


@pytest.mark.fault("the app is killed (-9)")
async def test_the_app_is_killed_in_the_adopted_call(world: ScenarioWorld) -> None:
    agent, customer = await adopted(world)
    async with world.unbroken(agent, customer):
        await world.kill_app()
        await world.start_app()
    await world.call_is(customer, State.TALKING)
    assert await world.ask(Kind.PARK_CUSTOMER, agent) == ""
    await world.hears_music(customer)


@pytest.mark.fault("the app is killed (-9)")
@APPLICATIONS
async def test_the_dialplan_connects_them_again_if_the_app_has_died(world: ScenarioWorld, application: str) -> None:
    agent, customer = await world.talks_outside(application)
    await world.kill_app()
    await world.moves_without_app(agent, customer)
    await all_talk(world, agent, customer)
    await world.start_app()
    await gather(world.hears(agent, customer), world.hears(customer, agent))
    await world.hang_up(customer)
