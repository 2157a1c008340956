"""Another program keeps the database locked: parties keep talking, the agent can leave, and no record is lost."""

import sqlite3
from asyncio import gather
from contextlib import closing

import pytest

from tests.internals.scenarios import Kind, Outcome, State
from tests.scenarios.given import in_three_way
from tools.simulation.call_centre.real_world import RealWorld


@pytest.mark.fault(
    "another program locks the database",
    "parties keep talking; an agent who leaves is out at once; codes are confirmed; a new line is refused after 2 s",
    "all changes in order, after the lock ends; until then the spill file has what is confirmed",
)
async def test_a_leave_continues_and_is_written_after_the_lock(real: RealWorld) -> None:
    await real.configure("campaign", "TESTCAMP", campaign_recording="ALLCALLS", leave_3way_start_recording="ALL_CALLS")
    agent, customer, third = await in_three_way(real)
    await gather(real.hears(customer, third), real.hears(third, customer))
    async with real.unbroken(customer, third):
        with closing(sqlite3.connect(real.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await real.talk(2)
            assert await real.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
            assert await real.call_state(customer) == State.HANDED_OFF
            await gather(real.silent_to(customer, agent), real.silent_to(agent, customer))
            assert await real.ask(Kind.STATUS, agent, status="A") == "", "the spill file has it"
            other.execute("ROLLBACK")
        assert (await real.receipt(customer, Kind.LEAVE_3WAY_CALL))["outcome"] == Outcome.COMPLETED
        await real.agent_is(agent, "READY")
    await real.hang_up(third)
    assert [tape.row["kind"] for tape in await real.tapes(customer, agent, customer, third)] == ["call", "handoff"]
