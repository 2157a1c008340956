"""The agent brings a third party into the call."""

from asyncio import gather

import pytest

from tests.internals.scenarios import Kind, Outcome, State
from tests.scenarios.given import THIRD, all_talk, in_dialing, in_talking, in_three_way
from tools.simulation.call_centre import far_ends
from tools.simulation.call_centre.far_ends import BUSY, DECLINED, UNKNOWN, FarEnd
from tools.simulation.call_centre.scenario_language import Party, ScenarioWorld


async def test_all_three_hear_each_other_from_the_answer_on(world: ScenarioWorld) -> None:
    agent, customer, third = await in_three_way(world)
    await all_talk(world, agent, customer, third)
    assert await world.agent_state(agent) == "3-WAY"
    assert await world.sees_number(third) == "0000000000"
    receipt = await world.receipt(customer, Kind.DIAL_WITH_CUSTOMER)
    assert receipt["outcome"] == Outcome.COMPLETED
    assert [name for name, _ in receipt["steps"]] == ["requested", "begun", "dialling", "completed"]
    assert (receipt["number"], receipt["agent"], receipt["by"], receipt["source"]) == (THIRD, "1000", "6666", "test")


async def test_the_third_sees_the_customers_number_if_that_is_configured(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", three_way_call_cid="CUSTOMER")
    _, customer, third = await in_three_way(world)
    assert await world.sees_number(third) == customer.name


async def test_a_ringing_third_party_is_heard_as_a_ring_tone_and_hears_no_party(world: ScenarioWorld) -> None:
    agent, customer, third = await in_dialing(world)
    await gather(world.hears_ring_tone(agent), world.hears_ring_tone(customer))
    assert await world.call_state(customer) == State.DIALING
    await gather(all_talk(world, agent, customer), world.silent_to(third, agent, customer))
    await world.answer(third)
    await world.call_is(customer, State.THREE_WAY)
    await gather(world.no_ring_tone(agent), world.no_ring_tone(customer), all_talk(world, agent, customer, third))


async def test_early_media_of_the_third_party_is_heard_in_one_direction(world: ScenarioWorld) -> None:
    agent, customer, third = await in_dialing(world, far_ends.early())
    await gather(world.hears(agent, third), world.hears(customer, third), world.no_ring_tone(agent))
    assert await world.call_state(customer) == State.DIALING
    await gather(all_talk(world, agent, customer), world.silent_to(third, agent, customer))
    await world.answer(third)
    await world.call_is(customer, State.THREE_WAY)
    await all_talk(world, agent, customer, third)


@pytest.mark.parametrize(
    ("does", "outcome", "cause"),
    [
        (BUSY, Outcome.BUSY, "busy (17)"),
        (DECLINED, Outcome.DECLINED, "declined (21)"),
        (UNKNOWN, Outcome.FAILED, "number not in service (1)"),
        (far_ends.rings(), Outcome.NO_ANSWER, "no answer (19)"),
        (far_ends.dead(), Outcome.NO_ANSWER, "no answer (19)"),
    ],
    ids=["busy", "declined", "unknown", "rings", "dead"],
)
async def test_an_unanswered_third_party_leaves_agent_and_customer_talking(
    world: ScenarioWorld, does: FarEnd, outcome: Outcome, cause: str
) -> None:
    await world.configure("campaign", "TESTCAMP", dial_timeout="1" if outcome is Outcome.NO_ANSWER else "10")
    agent, customer = await in_talking(world)
    await all_talk(world, agent, customer)
    world.far_end(THIRD, does)
    async with world.unbroken(agent, customer):
        assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, THIRD) == ""
        receipt = await world.receipt(customer, Kind.DIAL_WITH_CUSTOMER)
    assert (receipt["outcome"], receipt["cause"]) == (outcome, cause)
    assert await world.call_state(customer) == State.TALKING
    await gather(world.no_ring_tone(agent), world.no_ring_tone(customer))
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == "no third party on this call"


async def test_a_number_to_which_there_is_no_way_is_said_at_once(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", dial_template="PJSIP/{number}@nowhere")
    agent, customer = await in_talking(world)
    async with world.unbroken(agent, customer):
        assert "500" in await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, THIRD)
        receipt = await world.receipt(customer, Kind.DIAL_WITH_CUSTOMER)
    assert receipt["outcome"] == Outcome.FAILED
    assert await world.call_state(customer) == State.TALKING


async def test_letters_are_no_number(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, "hotline") == "phone_number is not valid"
    assert await world.call_state(customer) == State.TALKING


async def test_without_a_session_or_a_call_nothing_can_be_asked(world: ScenarioWorld) -> None:
    agent = await world.agent()
    for kind in (Kind.DIAL_WITH_CUSTOMER, Kind.LEAVE_3WAY_CALL, Kind.HANGUP_XFER, Kind.HANGUP_BOTH):
        assert await world.ask(kind, agent, THIRD) == "agent_user does not have a live call"
        assert await world.ask(kind, Party("4711"), THIRD) == "agent_user is not logged in"
    assert await world.ask(Kind.HANGUP, agent) == ""  # there is nothing to hang up
    assert await world.agent_state(agent) == "READY"


async def test_a_command_in_the_wrong_state_is_refused_and_changes_nothing(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    refused = "no third party on this call"
    async with world.unbroken(agent, customer):
        assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == refused
        assert await world.ask(Kind.HANGUP_XFER, agent) == refused
    world.far_end(THIRD, far_ends.rings())
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, THIRD) == ""
    third = await world.third(THIRD)
    async with world.unbroken(agent, customer):
        refused = "a third party is on this call - use HANGUP_XFER or LEAVE_3WAY_CALL"
        assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, "4930555002") == refused
        assert await world.ask(Kind.PARK_XFER, agent) == "the third party has not answered yet"
    assert await world.call_state(customer) == State.DIALING
    await world.answer(third)
    await all_talk(world, agent, customer, third)
