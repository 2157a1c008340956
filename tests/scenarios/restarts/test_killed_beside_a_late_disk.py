"""The app is killed while its database is late: a confirmed leave stays done, and no party is brought back.

`tools/nightly durability` repeats this, and also fills the file system of the database, which is a tmpfs there.
"""

import os
import resource
import sqlite3
from asyncio import gather
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager

import pytest

from lab.folder import DATABASES
from tests.internals.scenarios import Kind, Outcome, State
from tests.scenarios.given import all_talk, in_talking, in_three_way
from tests.soak import soaking
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party

Fault = Callable[[RealWorld], AbstractContextManager[None]]

ROUNDS = 30 if soaking() else 1


@contextmanager
def locked(real: RealWorld) -> Iterator[None]:
    """Lock the database as another program."""
    with closing(sqlite3.connect(real.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def full(real: RealWorld) -> Iterator[None]:
    """Fill the file system of the database to the last byte, with the log of writes empty before."""
    with closing(sqlite3.connect(real.database, isolation_level=None)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    filler = real.database.with_name("filler")
    with open(filler, "wb", buffering=0) as file:
        for size in (4096, 1):
            try:
                while file.write(bytes(size)):
                    pass
            except OSError:
                continue
    yield
    filler.unlink()


@contextmanager
def nothing_stored(real: RealWorld) -> Iterator[None]:
    """Let the call process write to no file until its death, as if all file systems were full."""
    resource.prlimit(real.site.call_process, resource.RLIMIT_FSIZE, (0, 0))
    yield


FAULTS: list[Fault] = [locked, full] if DATABASES in os.environ else [locked]


async def stays_out(real: RealWorld, agent: Party, customer: Party, third: Party) -> None:
    """Check that the agent is apart from the two others, who talk, and still after a few seconds."""
    for _ in range(3):
        await gather(
            real.silent_to(agent, customer, third),
            real.silent_to(customer, agent),
            real.hears(customer, third),
            real.hears(third, customer),
        )
        await real.talk(0.7)


@pytest.mark.fault(
    "the app is killed while another program locks the database",
    "parties keep talking; an agent who left stays out",
    "all changes, from the spill file; a confirmed command keeps its receipt",
)
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
@pytest.mark.parametrize("_round", range(ROUNDS))
async def test_a_confirmed_leave_stays_done_after_a_kill(real: RealWorld, fault: Fault, _round: int) -> None:
    agent, customer, third = await in_three_way(real)
    await all_talk(real, agent, customer, third)
    with fault(real):
        assert await real.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
        await real.kill_app()
    async with real.unbroken(customer, third):
        await real.start_app()
        await stays_out(real, agent, customer, third)
    assert await real.call_state(customer) == State.HANDED_OFF
    assert (await real.receipt(customer, Kind.LEAVE_3WAY_CALL))["outcome"] == Outcome.COMPLETED
    assert await real.ask(Kind.STATUS, agent, status="A") == ""


@pytest.mark.fault(
    "the app is killed while it can write to no file",
    "parties who were left keep talking without the agent; a customer who was moved hears music, and goes to the"
    " fallback after `agent_rescue_seconds`",
    "the move, found at the start; the command has no receipt, and was not confirmed",
)
@pytest.mark.parametrize("_round", range(ROUNDS))
async def test_an_unrecorded_leave_is_not_undone_after_a_kill(real: RealWorld, _round: int) -> None:
    agent, customer, third = await in_three_way(real)
    await all_talk(real, agent, customer, third)
    with nothing_stored(real):
        assert await real.ask(Kind.LEAVE_3WAY_CALL, agent) == "timed out"
        await real.kill_app()
    async with real.unbroken(customer, third):
        await real.start_app()
        await stays_out(real, agent, customer, third)
    assert await real.call_state(customer) == State.HANDED_OFF
    await real.agent_is(agent, "DISPO")
    assert await real.ask(Kind.LEAVE_3WAY_CALL, agent) != ""
    await stays_out(real, agent, customer, third)


async def test_an_unrecorded_park_leaves_the_customer_with_music_until_the_agent_takes_them_back(
    real: RealWorld,
) -> None:
    agent, customer = await in_talking(real)
    await all_talk(real, agent, customer)
    with nothing_stored(real):
        status, problem = await real.site.order(f"agents/{agent.name}/hold", {})
        assert (status, problem["code"]) == (503, "unrecorded")
        await real.kill_app()
    await real.start_app()
    await gather(real.hears_music(customer), real.silent_to(agent, customer))
    assert await real.call_state(customer) == State.PARKED
    assert await real.ask(Kind.GRAB_CUSTOMER, agent) == ""
    await all_talk(real, agent, customer)
