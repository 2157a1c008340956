"""Recordings or records cannot be written: parties keep talking, and in the end the rows say what happened."""

from asyncio import gather
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.internals.scenarios import Kind, Outcome, State
from tests.scenarios.given import all_talk, in_talking, in_three_way
from tools.proofs.chaos.faults import full_disk
from tools.simulation.call_centre.real_world import RealWorld


@contextmanager
def in_the_way(folder: Path) -> Iterator[None]:
    """Put a file in place of the folder, so that not even root can create files in it."""
    aside = folder.with_name("aside")
    folder.rename(aside)
    try:
        folder.touch()
        yield
    finally:
        folder.unlink()
        aside.rename(folder)


@pytest.mark.fault(
    "the recordings' folder cannot be written", "parties keep talking", "a row with the status failed, and the cause"
)
async def test_a_recording_that_cannot_be_written(real: RealWorld) -> None:
    await real.configure("campaign", "TESTCAMP", campaign_recording="ALLCALLS")
    with in_the_way(Path(real.site.lab.recordings)):
        agent, customer = await in_talking(real)
        await all_talk(real, agent, customer)
        await real.hang_up(customer)
        [row] = (await real.ended(customer)).recordings
    assert (row["status"], row["bytes"]) == ("failed", 0)
    assert row["cause"] == "no file was written"
    await real.agent_is(agent, "DISPO")


@pytest.mark.fault("the disk is full")
async def test_a_leave_on_a_full_disk_continues_and_is_written_when_the_disk_has_space(real: RealWorld) -> None:
    await real.configure("campaign", "TESTCAMP", campaign_recording="ALLCALLS", leave_3way_start_recording="ALL_CALLS")
    agent, customer, third = await in_three_way(real)
    await all_talk(real, agent, customer, third)
    async with real.unbroken(customer, third):
        with full_disk(real.site.call_process):
            assert await real.ask(Kind.LEAVE_3WAY_CALL, agent) == "timed out", "nothing can store a success"
            assert await real.call_state(customer) == State.HANDED_OFF
            await gather(real.silent_to(customer, agent), real.silent_to(agent, customer))
            written = (await real.story(customer)).receipts
            assert Kind.LEAVE_3WAY_CALL not in [row["kind"] for row in written]
        assert (await real.receipt(customer, Kind.LEAVE_3WAY_CALL))["outcome"] == Outcome.COMPLETED
        await all_talk(real, customer, third)
    assert await real.ask(Kind.STATUS, agent, status="A") == ""
    await real.hang_up(third)
    tapes = await real.tapes(customer, agent, customer, third)
    assert [(tape.row["kind"], tape.row["status"]) for tape in tapes] == [("call", "kept"), ("handoff", "kept")]
