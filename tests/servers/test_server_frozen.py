"""The Asterisk of `b` freezes during a three-way on each server: `main` loses nothing, and b's call ends in time."""

import asyncio
import os
import time
from pathlib import Path

import pytest

from lab import server_faults
from lab.sip import Hearing
from tests.servers.servers_stage import LOST, WITHIN, ServersStage, ThreeWay, stage
from tests.soak import soaking
from tools.bench.tools.bench_lab import until
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.store.journal.hash_chain import verify
from warmline.store.journal.replay import replay

pytestmark = pytest.mark.skipif(not soaking(), reason="tools/nightly servers; test_server_away.py simulates it")

LOST_AFTER = 3  # seconds, the setting
SOON = LOST_AFTER + 1.0  # seconds
BRIEF = 1.0  # seconds that a server may be frozen without a loss
AFTER = 2.0  # seconds of the call on main that are listened to


def test_a_frozen_server_ends_its_call_alone_and_is_cleared_when_it_goes_on(short_path: Path) -> None:
    async def main() -> str:
        async with stage(short_path, settings=f"server_lost_seconds = {LOST_AFTER}\n") as here:
            rooms = await asyncio.gather(here.three_way(MAIN_SERVER, 0), here.three_way("b", 1))
            app = here.call_process
            try:
                await _brief(here, *rooms)
                await _long(here, *rooms)
            finally:
                server_faults.thaw(here.lab, "b")
            await _cleared(here, rooms[1])
            await here.wrap_up(rooms[1].user)
            await here.finish(rooms[0])
            await here.finish(await here.three_way("b", 1))
            os.kill(app, 0)  # it is the same process
            assert here.call_process == app
            return here.lab.db

    database = asyncio.run(main())
    assert verify(database) == [] and replay(database).differences == []


async def _brief(here: ServersStage, on_main: ThreeWay, on_b: ThreeWay) -> None:
    """Freeze b for a moment: both calls go on."""
    server_faults.freeze(here.lab, "b")
    await asyncio.sleep(BRIEF)
    server_faults.thaw(here.lab, "b")
    await here.follows("b")
    ear = Hearing(on_b.parties)
    since = time.monotonic()
    await ear.heard(on_b.customer, on_b.third, since)
    assert [await here.state(room) for room in (on_main, on_b)] == ["three_way"] * 2


async def _long(here: ServersStage, on_main: ThreeWay, on_b: ThreeWay) -> None:
    """Freeze b until it is lost; the call on main loses nothing, and commands there take no longer."""
    ear = Hearing(on_main.parties)
    server_faults.freeze(here.lab, "b")
    frozen = time.monotonic()
    asked = asyncio.create_task(here.ask(on_b.user, "transfer_conference", "LEAVE_3WAY_CALL"))
    ended, span = await asyncio.gather(here.agent_is(on_b.user, "DISPO", SOON), ear.listen(AFTER, frozen))
    took = ended - frozen
    lost = await here.lost(on_main, span, (on_main.customer, on_main.agent), (on_main.customer, on_main.third))
    print(f"b frozen: its agent is in disposition after {took:.2f} s; on main {lost}")
    assert LOST_AFTER <= took <= SOON and lost.call <= lost.control + LOST
    await asked

    async def all_have_an_outcome() -> bool | None:
        return here.journal("SELECT kind FROM receipt WHERE outcome IS NULL") == [] or None

    await until(all_have_an_outcome, "a command has no outcome", WITHIN)
    begun = time.monotonic()
    assert await here.state(on_main) == "three_way"
    for command in ("PARK_XFER", "GRAB_XFER"):
        await here.command(on_main.user, command, "park_call")
    print(f"two commands on main took {time.monotonic() - begun:.2f} s")


async def _cleared(here: ServersStage, on_b: ThreeWay) -> None:
    """Wait until b, which goes on, has hung up the parties of the call that was closed."""

    async def over() -> bool | None:
        return all(call.ended.at for call in on_b.parties.values()) or None

    await until(over, "b did not hang up a party of the closed call", WITHIN)
    await here.follows("b")
