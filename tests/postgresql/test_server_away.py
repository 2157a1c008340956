"""The server is away under calls: they go on, a caller is connected, and what waited is answered.

It answers nothing for 20 s, its disk is full, or it dies and its standby takes its place.
"""

import asyncio
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
import uvloop

from lab.folder import SETTINGS
from tests.postgresql.server_site import ServerSite
from tests.scenarios.given import all_talk
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party
from tools.simulation.postgresql import cluster
from tools.simulation.postgresql.full_disk import full, may_mount, small_disk
from tools.simulation.postgresql.replicated import ServerPair, frozen, pair
from warmline.core.messages.commands import Kind
from warmline.store.database.database import connect
from warmline.store.database.reading import keeping
from warmline.system import settings

SLOWER = 1.0  # seconds, for the connection of a caller
STATUSES = "SELECT status FROM call ORDER BY arrived"


class Drill(NamedTuple):
    """A server, its fault, the seconds for which that lasts, and what the app's log says of it."""

    server: cluster.DatabaseServer
    fault: Callable[[], AbstractContextManager[None]]
    lasts: float
    logged: str
    fastagi: bool = False  # the AGI process routes, in place of scripts


@contextmanager
def silent_server() -> Iterator[Drill]:
    """Provide a server that answers nothing for a while."""
    with cluster.server() as server:
        yield Drill(server, partial(frozen, server), 20.0, "")  # its commit is not refused, and only takes long


@contextmanager
def silent_server_of_agi_process() -> Iterator[Drill]:
    """Provide the same for calls that the AGI process routes."""
    with silent_server() as drill:
        yield drill._replace(fastagi=True)


@contextmanager
def full_disk() -> Iterator[Drill]:
    """Provide a server whose file system is full for a while."""
    with small_disk() as disk, cluster.server(place=disk) as server:
        yield Drill(server, partial(full, disk, server), 8.0, "No space left on device")


@contextmanager
def switched_primary() -> Iterator[Drill]:
    """Provide a primary that dies, and its standby, which takes its place a while later."""
    with pair() as (primary, standby):
        both = ServerPair.of(primary, standby)
        yield Drill(both, both.switched, 8.0, "entries wait for database")


NEEDS_ROOT = pytest.mark.skipif(not may_mount(), reason="mounts a file system of its own: needs root")


@pytest.fixture
def loop() -> Iterator[asyncio.Runner]:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        yield runner


@pytest.mark.parametrize(
    "drilled",
    [silent_server, silent_server_of_agi_process, pytest.param(full_disk, marks=NEEDS_ROOT), switched_primary],
)
def test_calls_go_on_while_server_is_away(
    loop: asyncio.Runner, tmp_path: Path, drilled: Callable[[], AbstractContextManager[Drill]]
) -> None:
    with drilled() as drill, keeping():
        site = ServerSite(tmp_path, drill.server)
        usual, late, waited = loop.run(_live(site, drill))
        print(f"connected in {usual:.2f} s, and in {late:.2f} s without a database; the code waited {waited:.1f} s")
        log = (site.folder / "log/warmline.log").read_text()
        loop.run(site.close())  # the journal is whole, replays, and has each moment of the agents
        with closing(connect(site.address)) as db:
            assert [status for (status,) in db.execute(STATUSES)] == ["SALE", "NI", "SALE"]
    assert late <= usual + SLOWER
    assert drill.logged in log and "Traceback" not in log


async def _live(site: ServerSite, drill: Drill) -> tuple[float, float, float]:
    """Return the seconds until a caller is connected, with and without the server, and of a code that waited."""
    await site.open()
    if drill.fastagi:
        await asyncio.to_thread(_use_fastagi, site)
    world = RealWorld(site)
    agent = await world.agent()
    usual, customer = await _connected(world, agent)
    await world.hang_up(customer)
    assert await world.ask(Kind.STATUS, agent, status="SALE") == ""
    agent = await world.agent()
    answered: list[float] = []
    with drill.fault():
        begun = time.monotonic()
        late, customer = await _connected(world, agent)
        await all_talk(world, agent, customer)
        await world.hang_up(customer)
        asked = time.monotonic()
        code = asyncio.create_task(world.ask(Kind.STATUS, agent, status="NI"))
        code.add_done_callback(lambda _: answered.append(time.monotonic()))
        await asyncio.sleep(begun + drill.lasts - time.monotonic())  # the fault lasts so long; calls go on in it
    assert await code == ""
    waited = answered[0] - asked
    agent = await world.agent()
    _, customer = await _connected(world, agent)
    await world.hang_up(customer)
    assert await world.ask(Kind.STATUS, agent, status="SALE") == ""
    await world.ended(customer)
    await world.close()
    return usual, late, waited


def _use_fastagi(site: ServerSite) -> None:
    known = settings.load({"WARMLINE_CONFIG": str(site.folder / SETTINGS)})
    console = [*site.lab.asterisk_cli, f"dialplan set global WARMLINE_FASTAGI agi://{known.fastagi}"]
    subprocess.run(console, capture_output=True, check=True, timeout=30)


async def _connected(world: RealWorld, agent: Party) -> tuple[float, Party]:
    """Let a customer call; return the seconds until the agent hears them, and the customer."""
    begun = time.monotonic()
    customer = await world.customer()
    await world.hears(agent, customer)
    return time.monotonic() - begun, customer
