"""The app and the command line on PostgreSQL, in a lab: they start, take a call, and end; all is in the database."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import uvloop

from ari_app.call_process import STANDS_DOWN
from lab.folder import SETTINGS
from tests.postgresql.server_site import ServerSite
from tests.scenarios.given import all_talk, in_three_way
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.postgresql.cluster import PASSWORD, DatabaseServer
from warmline.core.messages.commands import Kind
from warmline.store.database import lease
from warmline.store.database.database import StoreError, connect
from warmline.store.database.leader_lock_file import lead
from warmline.store.database.reading import keeping
from warmline.system.database_address import DatabaseAddress

WITHIN = 30.0  # seconds
WARMLINE = Path(sys.executable).with_name("warmline")
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("audit", "calls", "--json"),
    ("audit", "verify"),
    ("report", "day", "--day", "today", "--json"),
    ("report", "agents", "--day", "today", "--json"),
    ("agent", "list", "--json"),
    ("ingroup", "list"),
    ("list", "list"),
    ("config", "history"),
    ("db", "check"),
    ("db", "spill"),
    ("user", "list", "--json"),
)


@pytest.fixture
def loop() -> Iterator[asyncio.Runner]:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        yield runner


def test_app_on_server_takes_call_and_ends(loop: asyncio.Runner, postgresql: DatabaseServer, tmp_path: Path) -> None:
    site = ServerSite(tmp_path, postgresql)
    with keeping():
        loop.run(_live(site))
        _commands(site)
        with pytest.raises(StoreError, match="is in use by process"):
            lead(site.address)
        loop.run(_replaced(site))
        log = (site.folder / "log/warmline.log").read_text()
        loop.run(site.close())  # the journal is whole, replays, and has each moment of the agents
    assert "Traceback" not in log and PASSWORD not in log and "not%20for" not in log
    with connect(site.address) as db:
        kinds = [kind for (kind,) in db.execute("SELECT kind FROM journal ORDER BY seq")]
        assert db.execute("SELECT holder FROM lease").fetchone() == ("a second app",)
    assert kinds.count("app.started") == 2 and kinds[-1] != "app.started"


async def _live(site: ServerSite) -> None:
    """Take a call: transfer it warm, leave it, and give it a code."""
    await site.open()
    world = RealWorld(site)
    agent, customer, third = await in_three_way(world)
    await all_talk(world, agent, customer, third)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    assert await world.ask(Kind.STATUS, agent, status="SALE") == ""
    await all_talk(world, customer, third)
    await world.hang_up(third)
    story = await world.ended(customer)
    assert story.call and story.call["status"] == "SALE"
    await world.close()


async def _replaced(site: ServerSite) -> None:
    """Take the lease from the app: it writes nothing from then on, and does nothing."""
    world, log = RealWorld(site), site.folder / "log/warmline.log"
    with closing(connect(site.address)) as other:
        lease.take(other, "a second app", by_force=True)
        rows = other.execute("SELECT count(*) FROM journal").fetchone()
        customer = await world.customer()
        await asyncio.to_thread(_until_in, log, STANDS_DOWN)
        await world.hang_up(customer)
        assert other.execute("SELECT count(*) FROM journal").fetchone() == rows


def _until_in(log: Path, words: str) -> None:
    until = time.monotonic() + WITHIN
    while words not in log.read_text():
        assert time.monotonic() < until
        time.sleep(0.1)  # a log tells nothing by itself


def _commands(site: ServerSite) -> None:
    """Run commands beside the app, which read the database themselves or ask the app."""
    environ = {**os.environ, "WARMLINE_CONFIG": str(site.folder / SETTINGS)}
    for words in COMMANDS:
        done = subprocess.run([WARMLINE, *words], env=environ, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        assert "not%20for" not in done.stdout + done.stderr
        if "calls" in words:
            assert len(json.loads(done.stdout)["calls"]) == 1
    copy = str(site.folder / "copy.db")
    refused: tuple[tuple[str, ...], ...] = (
        ("db", "backup", copy),
        ("db", "restore", copy, "--yes"),
        ("db", "vacuum"),
        ("db", "export-analysis", copy),
    )
    for words in refused:
        done = subprocess.run([WARMLINE, *words], env=environ, capture_output=True, text=True, timeout=60)
        assert done.returncode == 1 and "by PostgreSQL's own tools" in done.stderr, done.stderr


def test_new_database_on_server_is_created_by_migrate(empty: DatabaseAddress, tmp_path: Path) -> None:
    environ = {**os.environ, "WARMLINE_DB": empty.whole, "WARMLINE_SPOOL": str(tmp_path / "spool")}
    for told in ("schema applied", "is up to date"):
        done = subprocess.run([WARMLINE, "db", "migrate"], env=environ, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0 and told in done.stdout, done.stderr
    made = subprocess.run(
        [WARMLINE, "ingroup", "create", "SALES"], env=environ, capture_output=True, text=True, timeout=60
    )
    assert made.returncode == 0, made.stderr
