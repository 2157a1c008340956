"""The Asterisk of `b` is cut off from the app for less than `server_lost_seconds`: nothing ends or is lost."""

import asyncio
import time
from itertools import repeat
from pathlib import Path

import pytest

from lab.sip import Hearing
from tests.servers.servers_stage import LOST, ServersStage, has_left, hear_each_other, stage
from tests.soak import soaking
from tools.simulation.asterisk.ari_proxy import Proxy
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.store.journal.hash_chain import verify
from warmline.store.journal.replay import replay

pytestmark = pytest.mark.skipif(not soaking(), reason="tools/nightly servers; test_server_away.py simulates it")

CUT = 3.0  # seconds, of the 5 after which a server is lost
ROUNDS = 3


def test_a_server_that_is_cut_off_for_a_short_time_ends_nothing(short_path: Path) -> None:
    async def main() -> str:
        async with stage(short_path) as here, here.behind_proxy("b") as proxy:
            for _ in range(ROUNDS):
                await one_cut(here, proxy)
            return here.lab.db

    database = asyncio.run(main())
    assert verify(database) == [] and replay(database).differences == []


async def one_cut(here: ServersStage, proxy: Proxy) -> None:
    """Cut b off during a three-way on each server; afterwards both agents leave."""
    rooms = await asyncio.gather(here.three_way(MAIN_SERVER, 0), here.three_way("b", 1))
    ear = Hearing(rooms[0].parties | rooms[1].parties)
    proxy.refusals = repeat(503)
    proxy.cut()
    span = await ear.listen(CUT)
    proxy.refusals, at = iter(()), time.time_ns() // 1000
    await here.adopted_after(at, "b")
    found = [await here.lost(room, span, (room.customer, room.agent), (room.customer, room.third)) for room in rooms]
    print(f"b cut off for {CUT:g} s: {found}")
    assert all(lost.call <= lost.control + LOST for lost in found)
    hear_each_other(*rooms, span)
    hear_each_other(*rooms[::-1], span)
    assert [await here.state(room) for room in rooms] == ["three_way"] * 2
    span = await here.leave(ear, *rooms)
    for room in rooms:
        has_left(room, span)
    await here.finish(*rooms)
