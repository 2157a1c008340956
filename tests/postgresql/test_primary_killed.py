"""The primary dies under turns, and its synchronous standby takes its place: nothing acknowledged is missing."""

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from tests.postgresql import cluster
from tests.postgresql.at_night import at_night
from tests.postgresql.cluster import Server
from tests.postgresql.relay import relay
from tests.postgresql.template import TEMPLATE, make_template
from tests.soak import examples
from warmline.store.database.database import connect
from warmline.store.journal import hash_chain
from warmline.store.journal.journal_entry import JournalEntry
from warmline.store.journal.journal_writer import JournalWriter
from warmline.system.database_address import DatabaseAddress

pytestmark = at_night  # 20 s each time

WITHIN = 60.0
AHEAD = 0.5  # seconds under turns before the primary is killed, and after the standby leads
RATE = 0.003  # seconds between two turns: those of 20 calls a second
SYNCHRONOUS = "ALTER SYSTEM SET synchronous_standby_names = 'standby'"
STATE = "SELECT sync_state FROM pg_stat_replication"


@contextmanager
def pair(network: float = 0.0) -> Iterator[tuple[Server, Server]]:
    """Run a primary with the schema in it, and its synchronous standby, `network` seconds away."""
    with ExitStack() as until_end:
        primary = until_end.enter_context(cluster.server())
        make_template(primary)
        through = until_end.enter_context(relay(primary.port, network)) if network else 0
        standby = until_end.enter_context(cluster.server(primary, through))
        primary.run(SYNCHRONOUS)
        primary.run("SELECT pg_reload_conf()")
        until = time.monotonic() + WITHIN
        while primary.run(STATE) != "sync":
            assert time.monotonic() < until
            time.sleep(0.05)  # the state can only be asked for
        yield primary, standby


def kill(server: Server) -> None:
    """Kill a server with all its processes."""
    process = server.process
    children = subprocess.run(["pgrep", "-P", str(process)], capture_output=True, text=True).stdout.split()
    for one in (process, *map(int, children)):
        os.kill(one, signal.SIGKILL)


@pytest.mark.parametrize("_", range(examples(1)))
def test_acknowledged_turns_survive_kill_of_primary(tmp_path: Path, _: int) -> None:
    with pair() as (primary, standby):
        both = primary.address(TEMPLATE).replace(f":{primary.port}", f":{primary.port},127.0.0.1:{standby.port}")
        database = DatabaseAddress(f"{both}?target_session_attrs=read-write")
        acknowledged, pause = asyncio.run(_turns(database, tmp_path / "spill", primary, standby))
        with closing(connect(database)) as db:
            found = [kind for (kind,) in db.execute("SELECT kind FROM journal ORDER BY seq")]
        print(f"acknowledged {len(acknowledged)}, journal {len(found)}, {pause:.2f} s without a commit")
        assert found == acknowledged and len(found) > 2 * AHEAD / RATE / 10
        assert hash_chain.verify(database) == []


async def _turns(database: DatabaseAddress, spill: Path, primary: Server, standby: Server) -> tuple[list[str], float]:
    """Write turns, kill the primary, and write on; return the turns that were acknowledged, and the longest pause."""
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
    await asyncio.to_thread(kill, primary)
    await asyncio.to_thread(standby.run, "SELECT pg_promote()")
    await asyncio.sleep(AHEAD)
    ended.set()
    await living
    async with asyncio.timeout(WITHIN):
        await asyncio.gather(*tasks)
    await asyncio.to_thread(writer.close)
    return acknowledged, max(after - before for before, after in pairwise(times))
