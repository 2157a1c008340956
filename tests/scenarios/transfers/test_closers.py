"""The customer is transferred to an in-group or an agent: they wait, reach the right one, or hear a refusal."""

from asyncio import gather

import pytest

from tests.internals.scenarios import Kind, Outcome, State
from tests.scenarios.given import THIRD, Begin, all_talk, in_dialing, in_talking, in_three_way
from tools.simulation.call_centre.scenario_language import ScenarioWorld

WITH_THIRD = "a third party is on this call - use HANGUP_XFER or LEAVE_3WAY_CALL"


async def test_defaultingroup_is_that_of_the_callers_in_group(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    closer = await world.agent("1001")
    assert await world.ask(Kind.LOCAL_CLOSER, agent, ingroup="DEFAULTINGROUP") == ""
    await all_talk(world, closer, customer)
    await gather(world.silent_to(closer, agent), world.hears_silence(agent))
    assert (await world.receipt(customer, Kind.LOCAL_CLOSER))["ingroup"] == "SUPPORTLINE"


async def test_agentdirect_waits_for_the_one_agent_although_another_is_ready(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    named = await world.agent("1001")
    assert await world.ask(Kind.PAUSE, named) == ""
    assert await world.ask(Kind.LOCAL_CLOSER, agent, "1001", ingroup="AGENTDIRECT") == ""
    assert await world.ask(Kind.STATUS, agent, status="A") == ""
    assert await world.agent_state(agent) == "READY"
    await gather(world.hears_music(customer), world.hears_silence(agent))
    assert await world.ask(Kind.RESUME, named) == ""
    await all_talk(world, named, customer)


async def test_agentdirect_to_oneself_comes_back_after_the_disposition(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.LOCAL_CLOSER, agent, "1000", ingroup="AGENTDIRECT") == ""
    await world.hears_music(customer)
    assert await world.ask(Kind.STATUS, agent, status="A") == ""
    await all_talk(world, agent, customer)


async def test_agentdirect_to_a_logged_out_agent_is_dropped(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.LOCAL_CLOSER, agent, "1009", ingroup="AGENTDIRECT") == ""
    await world.is_gone(customer)
    ended = (await world.ended(customer)).call
    assert ended and ended["ended_by"] == "drop_call_seconds"


@pytest.mark.parametrize("action", ["HANGUP", "MESSAGE"])
async def test_a_transferred_customer_who_waits_too_long_is_dropped(world: ScenarioWorld, action: str) -> None:
    world.patience = 10
    options = {"drop_call_seconds": "3", "drop_action": action, "drop_message": "im-sorry"}
    await world.configure("ingroup", "SUPPORTLINE", **options)
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.LOCAL_CLOSER, agent, ingroup="SUPPORTLINE") == ""
    await world.hears_music(customer)
    if action == "MESSAGE":
        await world.hears_prompt(customer, "im-sorry")
    await world.is_gone(customer)
    ended = (await world.ended(customer)).call
    assert ended and ended["ended_by"] == "drop_call_seconds"


async def test_an_impossible_transfer_is_refused_and_not_heard(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    await world.configure("ingroup", "SUPPORTLINE", no_agent_no_queue="NO_READY")
    async with world.unbroken(agent, customer):
        assert "ingroup is not valid" in await world.ask(Kind.LOCAL_CLOSER, agent, ingroup="CLOSEDLINE")
        assert "ingroup is not valid" in await world.ask(Kind.LOCAL_CLOSER, agent, ingroup="NOLINE")
        assert "4711" in await world.ask(Kind.LOCAL_CLOSER, agent, "4711", ingroup="AGENTDIRECT")
        why = await world.ask(Kind.LOCAL_CLOSER, agent, ingroup="SUPPORTLINE")
        assert why == "in-group SUPPORTLINE has no agent READY (no_agent_no_queue=NO_READY)"
    assert await world.call_state(customer) == State.TALKING
    assert (await world.receipt(customer, Kind.LOCAL_CLOSER))["outcome"] == Outcome.REFUSED


@pytest.mark.parametrize("begin", [in_dialing, in_three_way], ids=["dialing", "three_way"])
async def test_a_call_with_a_third_party_cannot_be_transferred(world: ScenarioWorld, begin: Begin) -> None:
    agent, customer, *_ = await begin(world)
    async with world.unbroken(agent, customer):
        assert await world.ask(Kind.LOCAL_CLOSER, agent, ingroup="SUPPORTLINE") == WITH_THIRD
        assert await world.ask(Kind.BLIND_TRANSFER, agent, THIRD) == WITH_THIRD
        assert await world.ask(Kind.LEAVE_VM, agent) == WITH_THIRD


async def test_each_agent_has_a_separate_recording_without_the_music_between(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", campaign_recording="ALLCALLS")
    agent, customer = await in_talking(world)
    await all_talk(world, agent, customer)
    await world.talk(0.3)
    assert await world.ask(Kind.PARK_CUSTOMER, agent) == ""
    assert await world.ask(Kind.LOCAL_CLOSER, agent, ingroup="SUPPORTLINE") == ""
    await world.hears_music(customer)
    closer = await world.agent("1001")
    await all_talk(world, closer, customer)
    await world.talk(0.3)
    await world.hang_up(customer)
    first, second = await world.tapes(customer, agent, closer, customer)
    assert [tape.row["agent"] for tape in (first, second)] == ["1000", "1001"]
    assert first.voices == {"1000", customer.name}
    assert second.voices == {"1001", customer.name}


async def test_a_closer_hands_on_in_turn(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.LOCAL_CLOSER, agent, ingroup="SUPPORTLINE") == ""
    closer = await world.agent("1001")
    await all_talk(world, closer, customer)
    assert await world.ask(Kind.LOCAL_CLOSER, closer, "1000", ingroup="AGENTDIRECT") == ""
    assert await world.ask(Kind.STATUS, agent, status="SALE") == ""
    await all_talk(world, agent, customer)
    await world.hang_up(customer)
    story = await world.ended(customer)
    assert [row["agent"] for row in story.receipts if row["kind"] == Kind.LOCAL_CLOSER] == ["1000", "1001"]


async def test_in_mode_success_a_third_makes_way_and_the_receipt_says_so(world: ScenarioWorld) -> None:
    await world.configure("setting", "warmline", api_impossible="SUCCESS")
    agent, customer, third = await in_three_way(world)
    assert await world.ask(Kind.PARK_XFER, agent) == ""
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, "4930555002") == "", "so it says"
    assert (await world.receipt(customer, Kind.DIAL_WITH_CUSTOMER))["outcome"] == Outcome.REFUSED
    assert await world.ask(Kind.LOCAL_CLOSER, agent, ingroup="SUPPORTLINE") == ""
    await world.is_gone(third)
    await world.hears_music(customer)
    receipt = await world.receipt(customer, Kind.LOCAL_CLOSER)
    assert "the third party was hung up first" in str(receipt["steps"])
    closer = await world.agent("1001")
    await all_talk(world, closer, customer)
