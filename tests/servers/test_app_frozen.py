"""The whole app is frozen, another one on a copy of its database leads, and the first one wakes: it does nothing."""

import asyncio
import os
import re
import signal
import sqlite3
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import NamedTuple

import pytest

from lab import app_parts, process
from lab.sip import Hearing
from tests.free_port import free_port
from tests.servers.servers_stage import WITHIN, ServersStage, ThreeWay, has_left, hear_each_other, stage
from tests.soak import soaking
from tests.warm_app import WARMLINE
from tools.bench.tools.bench_lab import until
from warmline.core.messages.values.server_action import MAIN_SERVER

pytestmark = pytest.mark.skipif(not soaking(), reason="tools/nightly servers; tests/gate has the gate alone")

WATCHED = 30.0  # seconds in which the woken app must not come back
START = 20.0  # seconds that an app may take to start on a busy machine
OF_B = '%"server":"b"%'
RECONCILED = "SELECT count(DISTINCT payload LIKE ?) FROM journal WHERE kind = 'app.reconciled' AND at > ?"


class OtherApp(NamedTuple):
    """An app with a copy of the database, whose epoch is higher: the address of its API, its database and its log."""

    api: str
    database: Path
    log: Path


def test_a_woken_app_does_nothing_beside_the_one_that_leads(short_path: Path) -> None:
    async def main() -> None:
        async with stage(short_path) as here:
            rooms = await asyncio.gather(here.three_way(MAIN_SERVER, 0), here.three_way("b", 1))
            tree = [here.lab.pids["warmline"], *app_parts.children(here.lab.pids["warmline"])]
            _signal(tree, signal.SIGSTOP)
            try:
                async with other_app(here, short_path) as other:
                    _signal(tree, signal.SIGCONT)
                    await woken(here, other, rooms)
            finally:
                _signal(tree, signal.SIGCONT)

    asyncio.run(main())


async def woken(here: ServersStage, other: OtherApp, rooms: tuple[ThreeWay, ThreeWay]) -> None:
    """Check that commands to the woken app change nothing, and that the app that leads keeps both calls."""
    ear, since = Hearing(rooms[0].parties | rooms[1].parties), time.monotonic()
    asked = [asyncio.create_task(here.ask(room.user, "transfer_conference", "LEAVE_3WAY_CALL")) for room in rooms]
    while time.monotonic() < since + WATCHED:
        span = await ear.listen(1.0)
        hear_each_other(*rooms, span)
        hear_each_other(*rooms[::-1], span)
    await asyncio.gather(*asked, return_exceptions=True)
    log = (Path(here.lab.dir) / "log/warmline.log").read_text()
    assert "this app has epoch 1, and does nothing until it is started again" in log
    assert log.count("connected to Asterisk") == len(here.lab.servers), "it was never connected again"
    for room in rooms:
        answer = await here.ask_at(other.api, room.user, "transfer_conference", "LEAVE_3WAY_CALL")
        assert answer.startswith("SUCCESS"), answer
    span = await ear.listen(1.0)
    for room in rooms:
        has_left(room, span)
        await room.customer.hang_up()
        await room.third.ended(WITHIN)


@asynccontextmanager
async def other_app(here: ServersStage, folder: Path) -> AsyncIterator[OtherApp]:
    """Start an app with the same servers and a copy of the database; it has adopted the calls of both servers."""
    run = folder / "other"
    run.mkdir()
    made = OtherApp(f"http://127.0.0.1:{free_port()}", run / "warmline.db", run / "serve.log")
    with closing(sqlite3.connect(here.lab.db)) as database, closing(sqlite3.connect(made.database)) as copy:
        database.backup(copy)
    lab = Path(here.lab.dir)
    text = (lab / "warmline.toml").read_text()
    changed: dict[str, object] = {"db": made.database, "run": run, "spool": run / "spool"}
    changed |= {"queue_log": run / "queue_log", "fastagi": f"127.0.0.1:{free_port()}"}
    for key, value in changed.items():
        text = re.sub(rf'(?m)^{key} = ".*"$', f'{key} = "{value}"', text)
    text = re.sub(r"(?m)^listen_port = .*$", f"listen_port = {made.api.rpartition(':')[2]}", text)
    (run / "warmline.toml").write_text(text)
    (run / "secrets.toml").write_text((lab / "secrets.toml").read_text())
    environment = os.environ | {"WARMLINE_CONFIG": str(run / "warmline.toml")}
    since = time.time_ns() // 1000
    process.start([WARMLINE, "serve"], made.log, run / "pid", environment)
    try:

        async def adopted() -> bool | None:
            with closing(sqlite3.connect(made.database)) as database:
                return database.execute(RECONCILED, (OF_B, since)).fetchone() == (2,) or None

        await until(adopted, "the other app has not adopted the calls of both servers", START)
        yield made
    finally:
        await asyncio.to_thread(process.stop, run / "pid")


def _signal(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        os.kill(pid, number)
