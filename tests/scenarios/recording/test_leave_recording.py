"""The recordings of a call that its agent leaves, with every combination of the options, checked by their sound."""

from itertools import pairwise, product

import pytest

from tests.internals.scenarios import Kind, State
from tests.scenarios.given import THIRD, all_talk, in_dialing, in_talking, in_three_way
from tools.simulation.call_centre.call_records import CallRecording
from tools.simulation.call_centre.far_ends import answers
from tools.simulation.call_centre.scenario_language import Party, ScenarioWorld

SPEECH = 0.5  # seconds that parties talk before the leave and after it
TAIL = 300  # ms at the end of a recording in which no party may speak
LAST_SOUND = 1000  # ms after the last sound in which a recording must end
GAP = 20_000  # microseconds of the bridge that may be missing in both files

COMBINATIONS = list(product(("ALLCALLS", "NEVER", "ONDEMAND"), ("DISABLED", "ALL_CALLS"), ("DISABLED", "ALL_CALLS")))


async def configure(world: ScenarioWorld, recording: str, start: str, stop: str) -> None:
    await world.configure(
        "campaign",
        "TESTCAMP",
        campaign_recording=recording,
        leave_3way_start_recording=start,
        leave_3way_stop_recording=stop,
    )


def begins(tape: CallRecording) -> int:
    """Return the latest start of its sound; its start and its end can be reported late."""
    return int(min(tape.row["started"], tape.row["ended"] - 1000 * tape.row["length"]))


def names(*parties: Party) -> frozenset[str]:
    return frozenset(party.name for party in parties)


async def recorded(world: ScenarioWorld) -> tuple[tuple[Party, Party, Party], list[CallRecording]]:
    """A three-way call, a leave, a conversation after it, a hang-up; and the recordings."""
    agent, customer, third = await in_three_way(world)
    await all_talk(world, agent, customer, third)
    await world.talk(SPEECH)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await world.talk(SPEECH)
    await all_talk(world, customer, third)
    await world.hang_up(third)
    await world.is_gone(customer)
    return (agent, customer, third), await world.tapes(customer, agent, customer, third)


@pytest.mark.parametrize(("recording", "start", "stop"), COMBINATIONS)
async def test_each_combination_records_the_expected_parties_around_the_leave(
    world: ScenarioWorld, recording: str, start: str, stop: str
) -> None:
    await configure(world, recording, start, stop)
    (agent, customer, third), tapes = await recorded(world)
    expected: list[tuple[str, str, frozenset[str]]] = []
    if recording == "ALLCALLS":
        expected.append(("call", "campaign_recording=ALLCALLS", names(agent, customer, third)))
    if (start, stop) == ("ALL_CALLS", "DISABLED"):
        expected.append(("handoff", "leave_3way_start_recording=ALL_CALLS", names(customer, third)))
    assert [(tape.row["kind"], tape.row["reason"], tape.voices) for tape in tapes] == expected
    for tape in tapes:
        assert tape.row["status"] == "kept", tape
        assert tape.row["bytes"] > 0 and tape.row["length"] >= SPEECH * 1000, tape
        assert tape.tail <= TAIL, tape
        assert tape.row["agent"] == agent.name
    for before, after in pairwise(tapes):
        assert begins(after) - before.row["ended"] <= GAP


async def test_allforce_goes_on_in_one_file_when_the_agent_has_left(world: ScenarioWorld) -> None:
    await configure(world, "ALLFORCE", "DISABLED", "DISABLED")
    (agent, customer, third), [tape] = await recorded(world)
    assert (tape.row["kind"], tape.voices) == ("call", names(agent, customer, third))
    assert tape.row["length"] >= 2 * SPEECH * 1000
    assert tape.tail <= TAIL


@pytest.mark.parametrize("last", ["customer", "third"])
async def test_a_recording_ends_with_the_last_of_customer_and_third_party(world: ScenarioWorld, last: str) -> None:
    """Both recordings, with an agent and after the leave: the length of the file minus its last sound."""
    await configure(world, "ALLCALLS", "ALL_CALLS", "DISABLED")
    agent, customer, third = await in_three_way(world)
    await all_talk(world, agent, customer, third)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await all_talk(world, customer, third)
    await world.talk(SPEECH)
    await world.hang_up(third if last == "customer" else customer)
    await world.is_gone(customer if last == "customer" else third)
    tapes = await world.tapes(customer, agent, customer, third)
    assert [tape.row["kind"] for tape in tapes] == ["call", "handoff"]
    assert all(tape.tail <= LAST_SOUND for tape in tapes), tapes


async def test_a_recording_ends_if_only_the_agent_waits_for_a_third_party(world: ScenarioWorld) -> None:
    """The customer hangs up while the third party rings; a new file begins with the third party's answer."""
    await configure(world, "ALLCALLS", "DISABLED", "DISABLED")
    await world.configure("campaign", "TESTCAMP", customer_gone_while_dialing="KEEP")
    agent, customer, third = await in_dialing(world)
    await all_talk(world, agent, customer)
    await world.hang_up(customer)
    await world.call_is(customer, State.CUSTOMER_GONE)
    await world.talk(3)
    await world.answer(third)
    await all_talk(world, agent, third)
    await world.talk(SPEECH)
    await world.hang_up(third)
    first, second = await world.tapes(customer, agent, customer, third)
    assert customer.name in first.voices and third.name not in first.voices
    assert (second.voices, second.tail <= LAST_SOUND) == (names(agent, third), True)
    assert second.row["started"] - first.row["ended"] >= 2_500_000


async def test_each_party_hears_the_notice_before_each_recording(world: ScenarioWorld) -> None:
    await configure(world, "ALLCALLS", "ALL_CALLS", "DISABLED")
    await world.configure("campaign", "TESTCAMP", recording_notice="beep")
    agent, customer = await in_talking(world)
    await all_talk(world, agent, customer)
    await world.talk(1)
    world.far_end(THIRD, answers())
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, THIRD) == ""
    third = await world.third(THIRD)
    await all_talk(world, agent, customer, third)
    assert [await world.beeps(one) for one in (customer, third)] == [1, 0]
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await world.talk(1)
    assert [await world.beeps(one) for one in (customer, third)] == [2, 1]
    await world.hang_up(third)
    await world.is_gone(customer)
    tapes = await world.tapes(customer, agent, customer, third)
    assert [(tape.row["kind"], tape.row["notice"]) for tape in tapes] == [("call", "played"), ("handoff", "played")]
    assert [tape.voices for tape in tapes] == [names(agent, customer, third), names(customer, third)]
