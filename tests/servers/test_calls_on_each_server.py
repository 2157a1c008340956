"""Calls on two servers at once: the agents are rung from the caller's server, and leave without a gap."""

import asyncio
from pathlib import Path

from lab.sip import Hearing
from tests.servers.servers_stage import LOST, ServersStage, has_left, hear_each_other, stage
from tests.soak import soaking
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.store.journal.hash_chain import verify
from warmline.store.journal.replay import replay

TWO, ONE = (
    (MAIN_SERVER, "b"),
    (MAIN_SERVER, MAIN_SERVER),
)  # the servers of two calls at once; those on one server are the comparison
ROUNDS = [TWO, ONE] * 10 if soaking() else [TWO]
LISTENS = 0.5  # seconds
SELDOM = 2  # calls of 20 in which Asterisk's mixer may lose a packet, and not in the comparison


def test_three_way_and_leave_on_each_server_at_once(short_path: Path) -> None:
    lost: dict[tuple[str, str], list[int]] = {TWO: [], ONE: []}

    async def main() -> str:
        async with stage(short_path) as here:
            for servers in ROUNDS:
                lost[servers] += await one_round(here, servers)
            return here.lab.db

    database = asyncio.run(main())
    assert verify(database) == [] and replay(database).differences == []
    for servers, packets in lost.items():
        print(f"packets lost at the leaves of calls on {' and '.join(servers)}: {packets}")
    if soaking():
        with_loss = {servers: sum(map(bool, packets)) for servers, packets in lost.items()}
        assert with_loss[TWO] <= with_loss[ONE] + SELDOM


async def one_round(here: ServersStage, servers: tuple[str, str]) -> list[int]:
    """Let two calls become three-ways at once, and both agents leave at once; return the packets lost in each."""
    first, second = await asyncio.gather(*(here.three_way(name, n) for n, name in enumerate(servers)))
    assert first.user != second.user
    ear = Hearing(first.parties | second.parties)
    span = await ear.listen(LISTENS)
    hear_each_other(first, second, span)
    hear_each_other(second, first, span)
    span = await here.leave(ear, first, second)
    found = [await here.lost(room, span, (room.customer, room.third)) for room in (first, second)]
    for room, lost in zip((first, second), found, strict=True):
        assert lost.call <= lost.control + LOST, f"on {room.server}: {lost}"
        has_left(room, span)
    for room in (first, second):
        await room.customer.hang_up()
        await room.third.ended()
    await here.finish(first, second)
    return [lost.call for lost in found]
