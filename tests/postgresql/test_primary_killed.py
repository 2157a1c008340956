"""The server dies, is updated or has no space under turns: nothing acknowledged is missing.

When the primary dies, its synchronous standby takes its place.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from tests.postgresql.template import TEMPLATE, make_template
from tests.soak import examples
from tools.simulation.postgresql import cluster
from tools.simulation.postgresql.full_disk import full, may_mount, small_disk
from tools.simulation.postgresql.replicated import ServerPair, pair
from warmline.store.database.database import connect
from warmline.store.journal import hash_chain
from warmline.store.journal.journal_entry import JournalEntry
from warmline.store.journal.journal_writer import JournalWriter
from warmline.system.database_address import DatabaseAddress

WITHIN = 60.0
AHEAD = 0.5  # seconds under turns before the primary is killed, and after the standby leads
FULL = 3.0  # seconds for which the disk has no space
RATE = 0.003  # seconds between two turns: those of 20 calls a second


@pytest.mark.parametrize("_", range(examples(1)))
def test_acknowledged_turns_survive_kill_of_primary(tmp_path: Path, _: int) -> None:
    with pair() as (primary, standby):
        make_template(primary)
        both = ServerPair.of(primary, standby)

        def switch() -> None:
            with both.switched():
                pass

        found, _ = _all_there(both, tmp_path, switch)
        assert found > 2 * AHEAD / RATE / 10


def test_acknowledged_turns_survive_update_of_server(tmp_path: Path) -> None:
    """The package of PostgreSQL ends the server in order and starts it again."""
    with cluster.server() as server:
        make_template(server)
        _all_there(server, tmp_path, server.restart)


@pytest.mark.skipif(not may_mount(), reason="mounts a file system of its own: needs root")
def test_acknowledged_turns_survive_full_disk_of_server(tmp_path: Path) -> None:
    with small_disk() as disk, cluster.server(place=disk) as server:
        make_template(server)

        def fill() -> None:
            with full(disk, server):
                time.sleep(FULL)  # the fault lasts so long; nothing ends it before

        _, pause = _all_there(server, tmp_path, fill)
        assert pause > FULL / 2, "the disk was not full"


def _all_there(server: cluster.DatabaseServer, folder: Path, fault: Callable[[], None]) -> tuple[int, float]:
    """Check that the journal has the acknowledged turns, and no others, in their order.

    Return their number, and the seconds without a commit.
    """
    database = DatabaseAddress(server.address(TEMPLATE), str(folder / "on_server.db"))
    acknowledged, pause = asyncio.run(_turns(database, folder / "spill", fault))
    with closing(connect(database)) as db:
        found = [kind for (kind,) in db.execute("SELECT kind FROM journal ORDER BY seq")]
    print(f"acknowledged {len(acknowledged)}, journal {len(found)}, {pause:.2f} s without a commit")
    assert found == acknowledged and hash_chain.verify(database) == []
    return len(found), pause


async def _turns(database: DatabaseAddress, spill: Path, fault: Callable[[], None]) -> tuple[list[str], float]:
    """Write turns beside a fault, and write on; return the turns that were acknowledged, and the longest pause."""
    writer = JournalWriter(database, spill)
    writer.open()
    acknowledged: list[str] = []
    times: list[float] = []

    async def written(serial: int) -> None:
        await writer.record([JournalEntry(serial, f"turn.{serial}", payload={"of": serial})])
        acknowledged.append(f"turn.{serial}")
        times.append(time.monotonic())

    ended = asyncio.Event()
    tasks: list[asyncio.Task[None]] = []

    async def live() -> None:
        while not ended.is_set():
            tasks.append(asyncio.create_task(written(len(tasks))))
            await asyncio.sleep(RATE)

    living = asyncio.create_task(live())
    await asyncio.sleep(AHEAD)
    await asyncio.to_thread(fault)
    await asyncio.sleep(AHEAD)
    ended.set()
    await living
    async with asyncio.timeout(WITHIN):
        await asyncio.gather(*tasks)
    await asyncio.to_thread(writer.close)
    return acknowledged, max(after - before for before, after in pairwise(times))
