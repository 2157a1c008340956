"""The customer goes on at [warmline-after] when the others have gone; [warmline-ended] has every call that is over."""

from asyncio import gather

import pytest

from tests.internals.scenarios import STEP, Kind, steps
from tests.scenarios.given import all_talk, in_handed_off, in_talking, in_three_way
from tools.simulation.call_centre.far_ends import rings
from tools.simulation.call_centre.scenario_language import Party, ScenarioWorld

AFTER, ENDED = "warmline-after", "warmline-ended"


async def result(world: ScenarioWorld, customer: Party, context: str) -> dict[str, str]:
    """Return the variables with which the customer came to the context, exactly once."""

    async def find() -> list[dict[str, str]] | None:
        return await world.results(customer, context) or None

    [found] = await world.until(find, f"{customer} comes to {context}")
    return found


async def test_a_survey_after_the_leave_when_the_third_party_hangs_up(world: ScenarioWorld) -> None:
    await world.after_the_call()
    await world.configure("campaign", "TESTCAMP", campaign_recording="ALLFORCE")
    agent, customer, third = await in_three_way(world)
    await all_talk(world, agent, customer, third)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    assert await world.ask(Kind.STATUS, agent, status="SALE") == ""
    await all_talk(world, customer, third)
    await world.hang_up(third)
    await world.hears_dialplan(customer)
    story = await world.ended(customer)
    assert story.call and (story.call["ended_by"], story.call["why"][-1]) == ("third", STEP)
    told = [step.text for step in steps(story) if step.lane == "customer"]
    assert told[-1] == "continues after the call: [warmline-after]", told
    found = await result(world, customer, AFTER)
    assert (found["WARMLINE_RESULT"], found["WARMLINE_DISPOSITION"], found["WARMLINE_AGENT"]) == (
        "left",
        "SALE",
        agent.name,
    )
    assert (found["WARMLINE_INGROUP"], found["WARMLINE_CAMPAIGN"], found["WARMLINE_CALL_ID"]) == (
        "SALESLINE",
        "TESTCAMP",
        story.call["id"],
    )
    assert found["WARMLINE_RECORDING"].endswith(f"/{story.recordings[0]['id']}.wav")
    assert found["WARMLINE_WAIT"] == "0" and int(found["WARMLINE_TALK"]) < 30
    await world.is_gone(customer)
    assert (await result(world, customer, ENDED))["WARMLINE_RESULT"] == "left"


@pytest.mark.parametrize("option", ["N", "Y"])
async def test_a_survey_after_the_agent_hangs_up_is_an_option(world: ScenarioWorld, option: str) -> None:
    await world.after_the_call()
    await world.configure("campaign", "TESTCAMP", continue_after_hangup=option)
    agent, customer = await in_talking(world)
    await all_talk(world, agent, customer)
    assert await world.ask(Kind.HANGUP, agent) == ""
    if option == "Y":
        await world.hears_dialplan(customer)
        found = await result(world, customer, AFTER)
        assert (found["WARMLINE_RESULT"], found["WARMLINE_DISPOSITION"]) == ("talked", "")
    await world.is_gone(customer)
    assert len(await world.results(customer, AFTER)) == (option == "Y")
    assert (await result(world, customer, ENDED))["WARMLINE_RESULT"] == "talked"
    story = await world.ended(customer)
    assert story.call and story.call["ended_by"] == "agent"


async def test_the_hangup_handler_has_the_variables_when_the_customer_hangs_up(world: ScenarioWorld) -> None:
    await world.after_the_call()
    await world.nobody_is_there()
    waiting = await world.customer()
    await world.hears_music(waiting)
    await world.hang_up(waiting)
    found = await result(world, waiting, ENDED)
    assert (found["WARMLINE_RESULT"], found["WARMLINE_DISPOSITION"], found["WARMLINE_AGENT"]) == (
        "abandoned",
        "DROP",
        "",
    )
    agent, customer = await in_talking(world)
    await all_talk(world, agent, customer)
    await world.hang_up(customer)
    found = await result(world, customer, ENDED)
    assert (found["WARMLINE_RESULT"], found["WARMLINE_AGENT"], found["WARMLINE_CAMPAIGN"]) == (
        "talked",
        agent.name,
        "TESTCAMP",
    )
    assert await world.results(customer, AFTER) == []


async def test_a_caller_who_left_the_line_has_the_reason_after_the_dialplan(world: ScenarioWorld) -> None:
    await world.after_the_call()
    await world.nobody_is_there()
    exten = await world.dialplan()
    await world.configure("ingroup", "SALESLINE", drop_call_seconds="1", drop_action="EXTENSION", drop_exten=exten)
    customer = await world.customer()
    await world.hears_dialplan(customer)
    await world.is_gone(customer)
    found = await world.results(customer, AFTER)
    assert found == []
    assert (await result(world, customer, ENDED))["WARMLINE_RESULT"] == "timeout"


async def test_a_dialled_customer_goes_on_by_the_option(world: ScenarioWorld) -> None:
    await world.after_the_call()
    await world.configure("campaign", "TESTCAMP", continue_after_hangup="Y")
    agent = await world.agent()
    assert await world.ask(Kind.PAUSE, agent) == ""
    world.far_end("4930777001", rings(customer=True))
    assert await world.ask(Kind.DIAL, agent, "4930777001") == ""
    customer = await world.third("4930777001")
    await world.answer(customer)
    await all_talk(world, agent, customer)
    assert await world.ask(Kind.HANGUP, agent) == ""
    await world.hears_dialplan(customer)
    await world.is_gone(customer)


async def test_a_killed_app_loses_no_customer_on_the_way(world: ScenarioWorld) -> None:
    await world.after_the_call()
    _, customer, third = await in_handed_off(world)
    await all_talk(world, customer, third)
    await world.kill_app()
    await world.hang_up(third)
    await world.start_app()
    await world.hears_dialplan(customer)
    await world.is_gone(customer)
    assert (await result(world, customer, AFTER))["WARMLINE_RESULT"] == "left"
    assert (await result(world, customer, ENDED))["WARMLINE_RESULT"] == "left"


async def test_a_survey_goes_on_while_the_app_is_dead(world: ScenarioWorld) -> None:
    await world.after_the_call()
    _, customer, third = await in_handed_off(world)
    await all_talk(world, customer, third)
    await world.hang_up(third)
    await world.hears_dialplan(customer)
    await world.kill_app()
    await gather(world.hears_dialplan(customer), world.start_app())
    await world.is_gone(customer)
    assert (await world.ended(customer)).call is not None
    assert len(await world.results(customer, AFTER)) == 1


async def test_an_app_killed_as_the_third_party_hangs_up_sends_the_customer_on_once(world: ScenarioWorld) -> None:
    await world.after_the_call()
    _, customer, third = await in_handed_off(world)
    await all_talk(world, customer, third)
    await gather(world.hang_up(third), world.kill_app())
    await world.start_app()
    await world.hears_dialplan(customer)
    await world.is_gone(customer)
    assert (await result(world, customer, AFTER))["WARMLINE_RESULT"] == "left"
    assert (await result(world, customer, ENDED))["WARMLINE_RESULT"] == "left"


async def test_the_data_of_the_call_is_there_as_harmless_text(world: ScenarioWorld) -> None:
    await world.after_the_call()
    await world.configure("setting", "warmline", call_data="ticket")
    agent = await world.agent()
    customer = await world.customer(ticket="a:b&c|d")
    await all_talk(world, agent, customer)
    await world.hang_up(customer)
    assert (await result(world, customer, ENDED))["WARMLINE_DATA_ticket"] == "a b c d"


async def test_each_call_of_a_channel_has_its_own_end(world: ScenarioWorld) -> None:
    """A menu of the dialplan brings the caller back as another call."""
    await world.after_the_call()
    await world.nobody_is_there()
    options = {"no_agent_no_queue": "Y", "no_agent_action": "CALLMENU"}
    await world.configure("ingroup", "SALESLINE", **options, no_agent_action_value=await world.menu("SUPPORTLINE"))
    customer = await world.customer()
    await world.hears_music(customer)
    await world.hang_up(customer)

    async def find() -> list[dict[str, str]] | None:
        found = await world.results(customer, ENDED)
        return found if len(found) == 2 else None

    both = await world.until(find, "both calls to end")
    assert {(one["WARMLINE_INGROUP"], one["WARMLINE_RESULT"]) for one in both} == {
        ("SALESLINE", "no_agent"),
        ("SUPPORTLINE", "abandoned"),
    }
