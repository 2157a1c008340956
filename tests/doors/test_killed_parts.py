"""Each process of the app is killed twice beside three parties in a call: what they lose, and what comes after."""

import os
import signal
import sqlite3
from contextlib import closing

import pytest

from tests.doors.beside_calls import PROBE, heard_losses, probed
from tests.doors.door_table import found
from tests.doors.test_memory_limit import BACK, MOST_GAP, MOST_UNHEARD, part
from tests.scenarios.given import all_talk, in_three_way
from tools.simulation.call_centre.real_world import RealWorld
from warmline.core.messages.commands import Kind

TIMES = 2
SECONDS = 2.0
LOCKED = 4.0


@pytest.mark.parametrize("name", ["api", "calls", "workers", "agi"])
async def test_three_parties_lose_no_word_when_a_process_is_killed(real: RealWorld, name: str) -> None:
    agent, customer, third = await in_three_way(real)
    await all_talk(real, agent, customer, third)
    await real.on_hook(PROBE)
    real.patience = BACK
    async with heard_losses(real, agent, customer, third) as lost:
        for _ in range(TIMES):
            os.kill(pid := await part(real, name), signal.SIGKILL)
            times = await probed(real, SECONDS)
            assert await part(real, name) != pid
    found("killed", f"`kill -9` of {name}, {TIMES} times", f"{lost[0]}; {times}")
    assert lost[0].gap < MOST_GAP and lost[0].unheard <= MOST_UNHEARD + lost[0].own

    async def leaves() -> bool | None:
        return await real.ask(Kind.LEAVE_3WAY_CALL, agent) == "" or None

    await real.until(leaves, "the agent leaves")
    await all_talk(real, customer, third)
    assert await real.ask(Kind.STATUS, agent, status="A") == ""


async def test_three_parties_lose_no_word_while_the_database_is_locked(real: RealWorld) -> None:
    agent, customer, third = await in_three_way(real)
    await all_talk(real, agent, customer, third)
    await real.on_hook(PROBE)
    async with heard_losses(real, agent, customer, third) as lost:
        with closing(sqlite3.connect(real.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            times = await probed(real, LOCKED)
            other.execute("ROLLBACK")
        await real.written()
    found("killed", f"the database is locked for {LOCKED:g} s", f"{lost[0]}; {times}")
    assert lost[0].gap < MOST_GAP and lost[0].unheard <= MOST_UNHEARD + lost[0].own
    assert await real.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await all_talk(real, customer, third)
    assert await real.ask(Kind.STATUS, agent, status="A") == ""
