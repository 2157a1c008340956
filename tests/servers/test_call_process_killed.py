"""The call process is killed during a three-way on each server: both are adopted, and no party loses audio."""

import asyncio
import time
from pathlib import Path

import pytest

from lab.sip import Hearing
from tests.servers.servers_stage import LOST, ServersStage, has_left, hear_each_other, stage
from tests.soak import soaking
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.store.journal.hash_chain import verify
from warmline.store.journal.replay import replay

pytestmark = pytest.mark.skipif(not soaking(), reason="tools/nightly servers; tests/core/engine simulates it")

ROUNDS = 10
ADOPTED = 1.0  # seconds
LISTENS = 2.0  # seconds after the kill


def test_both_servers_are_adopted_and_no_party_loses_audio(short_path: Path) -> None:
    async def main() -> str:
        async with stage(short_path) as here:
            for _ in range(ROUNDS):
                await one_round(here)
            return here.lab.db

    database = asyncio.run(main())
    assert verify(database) == [] and replay(database).differences == []


async def one_round(here: ServersStage) -> None:
    """Kill the call process during a three-way on each server; afterwards both agents leave."""
    rooms = await asyncio.gather(here.three_way(MAIN_SERVER, 0), here.three_way("b", 1))
    ear = Hearing(rooms[0].parties | rooms[1].parties)
    at, dead = time.time_ns() // 1000, await here.kill_call_process()
    span, back = await asyncio.gather(ear.listen(LISTENS, dead), here.adopted_after(at))
    found = [await here.lost(room, span, (room.customer, room.agent), (room.customer, room.third)) for room in rooms]
    print(f"both servers adopted {back:.2f} s after the kill; lost {found}")
    for lost in found:
        assert lost.call <= lost.control + LOST
    hear_each_other(*rooms, span)
    hear_each_other(*rooms[::-1], span)
    assert back <= ADOPTED
    assert [await here.state(room) for room in rooms] == ["three_way"] * 2
    span = await here.leave(ear, *rooms)
    for room in rooms:
        after = await here.lost(room, span, (room.customer, room.third))
        assert after.call <= after.control + LOST
        has_left(room, span)
    await here.finish(*rooms)
