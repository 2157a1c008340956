"""Asterisk is killed or restarted during calls: the calls are over, and the agents continue without help."""

from asyncio import gather

import pytest

from tests.internals.scenarios import CUT_OFF, Kind
from tests.scenarios.given import all_talk, in_three_way
from tools.simulation.call_centre.call_records import rows
from tools.simulation.call_centre.scenario_language import Party, ScenarioWorld

BACK = 10.0  # seconds until phones have been called back
WRITTEN = 5.0  # seconds of talk of which Asterisk has written a part


def last_states(world: ScenarioWorld, agent: Party) -> list[tuple[str, str]]:
    """Return the agent's last two states, the older first, each with its pause code."""
    sql = "SELECT state, pause_code FROM agent_interval WHERE agent = ? ORDER BY started DESC LIMIT 2"
    return [(state, code) for state, code in rows(world.database, sql, agent.name)][::-1]


@pytest.mark.fault(
    "Asterisk is killed (-9)",
    "all lines are dead; agents' phones are called back within 10 s",
    "an end for every call, with `ended_by` asterisk; receipts are unknown or failed. Recordings are kept, repaired "
    "and marked. Agents are PAUSED with `RESTART`, then in their previous states",
)
async def test_calls_are_closed_recordings_repaired_and_phones_called_back(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", campaign_recording="ALLCALLS")
    agent, customer, third = await in_three_way(world)
    idle = await world.agent("1001")
    await all_talk(world, agent, customer, third)
    await world.talk(WRITTEN)
    world.takes_calls(agent)
    world.takes_calls(idle)
    await world.kill_asterisk()
    await world.start_asterisk()
    world.patience = BACK
    told = await world.ended(customer)
    assert told.call and told.call["ended_by"] == "asterisk"
    [tape] = await world.tapes(customer, agent, customer, third)
    assert (tape.row["status"], tape.row["cause"]) == ("kept", CUT_OFF)
    assert tape.voices == {agent.name, customer.name, third.name}, "the written part can be heard"
    assert tape.row["length"] >= (WRITTEN - 2) * 1000
    await gather(world.called_back(idle), world.called_back(agent))
    await world.agent_is(idle, "READY")

    async def written() -> bool | None:
        return last_states(world, idle) == [("PAUSED", "RESTART"), ("READY", "")] or None

    await world.until(written, "he was PAUSED RESTART, then READY, says the audit")
    assert await world.agent_state(agent) == "DISPO"
    again = await world.customer()
    await all_talk(world, idle, again)


async def test_the_whole_machine_was_restarted(world: ScenarioWorld) -> None:
    agent, customer, third = await in_three_way(world)
    await all_talk(world, agent, customer, third)
    world.takes_calls(agent)
    await world.kill_app()
    await world.kill_asterisk()
    await world.start_asterisk()
    await world.start_app()
    world.patience = BACK
    told = await world.ended(customer)
    assert told.call and told.call["ended_by"] == "asterisk"
    await world.called_back(agent)
    assert await world.ask(Kind.STATUS, agent, status="A") == ""
    await world.agent_is(agent, "READY")
    await all_talk(world, agent, await world.customer())


async def test_asterisk_is_restarted_without_calls(world: ScenarioWorld) -> None:
    agent = await world.agent()
    world.takes_calls(agent)
    await world.stop_asterisk()
    await world.start_asterisk()
    world.patience = BACK
    await world.called_back(agent)
    await world.agent_is(agent, "READY")
    await all_talk(world, agent, await world.customer())


@pytest.mark.fault(
    "Asterisk is shut down or restarted",
    "all lines are hung up; agents' phones are called back within 10 s",
    "an end for every call and receipt; recordings are complete; agents are in their previous states",
)
async def test_asterisk_is_restarted_during_a_call(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", campaign_recording="ALLCALLS")
    agent, customer, third = await in_three_way(world)
    await all_talk(world, agent, customer, third)
    world.takes_calls(agent)
    await world.stop_asterisk()
    await world.start_asterisk()
    world.patience = BACK
    told = await world.ended(customer)
    assert told.call and told.call["ended_by"]
    assert all(receipt["outcome"] for receipt in told.receipts)
    tape = (await world.tapes(customer, agent, customer, third))[0]
    assert (tape.row["status"], tape.row["cause"]) == ("kept", "")
    assert tape.voices == {agent.name, customer.name, third.name}
    await world.called_back(agent)
    await world.agent_is(agent, "DISPO")
    assert await world.ask(Kind.STATUS, agent, status="A") == ""
    await world.agent_is(agent, "READY")
    await all_talk(world, agent, await world.customer())
