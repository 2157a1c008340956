"""START, STOP and mute, checked by the sound of the files."""

from asyncio import gather

import pytest

from tests.internals.scenarios import Kind, State
from tests.scenarios.given import THIRD, all_talk, in_talking
from tools.simulation.call_centre import far_ends
from tools.simulation.call_centre.scenario_language import ScenarioWorld

SPEECH = 0.3  # seconds


async def test_start_and_stop_make_a_file_each_time(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.RECORD_START, agent) == ""
    await all_talk(world, agent, customer)
    await world.talk(SPEECH)
    assert await world.ask(Kind.RECORD_STOP, agent) == ""
    world.far_end(THIRD, far_ends.answers())
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, THIRD) == ""
    third = await world.third(THIRD)
    await all_talk(world, agent, customer, third)
    assert await world.ask(Kind.RECORD_START, agent) == ""
    assert await world.ask(Kind.RECORD_START, agent) == "NOTICE: recording active"
    await world.talk(2 * SPEECH)
    await world.hang_up(customer)
    await world.call_is(customer, State.CUSTOMER_GONE)
    assert await world.ask(Kind.HANGUP_XFER, agent) == ""
    first, second = await world.tapes(customer, agent, customer, third)
    assert first.row["reason"] == "START"
    assert first.voices == {agent.name, customer.name}
    assert second.voices == {agent.name, customer.name, third.name}


async def test_a_muted_part_is_not_recorded(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", campaign_recording="ALLCALLS")
    agent, customer = await in_talking(world)
    await all_talk(world, agent, customer)
    await world.talk(SPEECH)
    assert await world.order(Kind.RECORD_MUTE, customer) == ""
    world.far_end(THIRD, far_ends.answers())
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, THIRD) == ""
    third = await world.third(THIRD)
    await all_talk(world, agent, customer, third)
    assert await world.ask(Kind.HANGUP_XFER, agent) == ""
    await world.silent_to(agent, third)
    assert await world.order(Kind.RECORD_UNMUTE, customer) == ""
    await world.talk(SPEECH)
    assert await world.order(Kind.RECORD_MUTE, customer) == ""
    await world.talk(3 * SPEECH)
    await world.hang_up(customer)
    [tape] = await world.tapes(customer, agent, customer, third)
    assert tape.voices == {agent.name, customer.name}
    assert tape.tail >= SPEECH * 1000
    assert tape.row["length"] >= 4 * SPEECH * 1000


async def test_a_mute_stays_in_effect_for_the_next_file(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", campaign_recording="ALLCALLS", park_recording="STOP")
    agent, customer = await in_talking(world)
    await all_talk(world, agent, customer)
    await world.talk(SPEECH)
    assert await world.order(Kind.RECORD_MUTE, customer) == ""
    assert await world.ask(Kind.PARK_CUSTOMER, agent) == ""
    await world.hears_music(customer)
    await gather(world.is_silent(agent), world.is_silent(customer))
    assert await world.ask(Kind.GRAB_CUSTOMER, agent) == ""
    assert await world.order(Kind.RECORD_MUTE, customer) == ""  # is done: its first packet may have been before that
    await gather(world.speaks(agent), world.speaks(customer))
    await all_talk(world, agent, customer)
    await world.talk(SPEECH)
    await world.hang_up(customer)
    first, second = await world.tapes(customer, agent, customer)
    assert (first.voices, second.voices) == ({agent.name, customer.name}, set())


@pytest.mark.parametrize(
    ("policy", "kind", "why"),
    [
        ("NEVER", Kind.RECORD_START, "campaign_recording=NEVER forbids it"),
        ("ALLFORCE", Kind.RECORD_STOP, "campaign_recording=ALLFORCE forbids it"),
    ],
)
async def test_a_recording_command_against_the_policy_is_refused(
    world: ScenarioWorld, policy: str, kind: Kind, why: str
) -> None:
    await world.configure("campaign", "TESTCAMP", campaign_recording=policy)
    agent, customer = await in_talking(world)
    assert await world.ask(kind, agent) == why
    await all_talk(world, agent, customer)
    await world.hang_up(customer)
    assert [tape.voices for tape in await world.tapes(customer, agent, customer)] == (
        [{agent.name, customer.name}] if policy == "ALLFORCE" else []
    )


@pytest.mark.parametrize("option", ["CONTINUE", "STOP"])
async def test_while_the_customer_is_parked(world: ScenarioWorld, option: str) -> None:
    await world.configure("campaign", "TESTCAMP", campaign_recording="ALLCALLS", park_recording=option)
    agent, customer = await in_talking(world)
    await all_talk(world, agent, customer)
    await world.talk(SPEECH)
    assert await world.ask(Kind.PARK_CUSTOMER, agent) == ""
    await world.hears_music(customer)
    assert await world.ask(Kind.GRAB_CUSTOMER, agent) == ""
    await all_talk(world, agent, customer)
    await world.talk(SPEECH)
    await world.hang_up(customer)
    tapes = await world.tapes(customer, agent, customer)
    assert [tape.voices for tape in tapes] == [{agent.name, customer.name}] * (1 if option == "CONTINUE" else 2)
