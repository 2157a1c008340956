"""Measures connect and leave beside other work: a program that keeps one processor busy, then reports and backups.

The reports and the backups are of a database with a million calls, which is the lab's own. They are commands of
Warmline, one after the other without a pause. Calls and baselines are those of connect.py and leave.py, in turn.
"""

import asyncio
import os
import sys
import tempfile
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from lab.sip import SipPhone, TrunkCustomer, tones
from tools.bench.calls import connect, leave
from tools.bench.core.cli_speed import CACHE, SMALL, WARMLINE, history
from tools.bench.core.make_history import COUNT as CALLS
from tools.bench.tools import bare_room
from tools.bench.tools.background import Background
from tools.bench.tools.bench_dialplan import MEMBER, QUEUED
from tools.bench.tools.bench_lab import BenchLab, stage
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.handoff import HandoffSide
from tools.bench.tools.result import BenchResult, CannotMeasureError, ResultRow, times

COUNT = 40
CONNECT, LEAVE = 1.0, 5.0  # times the baseline
BUSY = "while True:\n    pass"


class BothSides(NamedTuple):
    """Both sides of both measurements, in one lab."""

    here: BenchLab
    desk: HandoffSide
    script: bare_room.BareRoomScript
    member: SipPhone
    caller: TrunkCustomer


async def measure(count: int, step: Step) -> BenchResult:
    """Connect and leave `count` times in turn, half of it beside each work; the usual count has a million calls.

    Raises CannotMeasureError.
    """
    with tempfile.TemporaryDirectory(prefix="warmline-bench-") as folder:
        usual = count >= COUNT
        path = await asyncio.to_thread(history, CACHE if usual else Path(folder), CALLS if usual else SMALL)
        async with _parties(path) as parties:
            await _round(parties)  # a warm-up
            rows = []
            for name, work in (
                ("a busy processor", busy_processor()),
                ("reports and backups", reports_and_backups(parties.here.lab.db, Path(folder))),
            ):
                async with work:
                    rows += await _rows(parties, name, max(1, count // 2), step)
    return BenchResult("busy", "app_queue, and a bare removeChannel", rows)


async def _rows(parties: BothSides, work: str, count: int, step: Step) -> list[ResultRow]:
    found = []
    for n in range(count):
        found.append(await _round(parties, n))
        step()
    connected, queued, left, removed = zip(*found, strict=True)
    return [
        times(f"entering → both hear each other, beside {work}", connected, queued, ratio=CONNECT),
        times(f"leave: request → ChannelLeftBridge, beside {work}", left, removed, ratio=LEAVE),
    ]


async def _round(parties: BothSides, n: int = 0) -> tuple[float, float, float, float]:
    here, desk, script, member, caller = parties
    await connect.phase(n)
    connected = await connect.by_warmline(here, desk)
    await connect.phase(n)
    queued = await connect.by_queue(here, caller, QUEUED, member)
    left = await leave.by_warmline(here.ari, desk)
    removed = await leave.by_script(here.ari, script)
    return connected.entered, queued.entered, left.left, removed.left


@asynccontextmanager
async def _parties(database: Path) -> AsyncIterator[BothSides]:
    async with stage(database=database) as here, HandoffSide(here) as desk:
        script = bare_room.BareRoomScript(here)
        await script.seat()
        account = here.lab.phones[MEMBER]
        member = await here.parties.phone(account["user"], account["password"], sip=here.lab.sip, tone=tones.AGENT)
        yield BothSides(here, desk, script, member, await here.parties.customer(here.lab.sip, number="15551230003"))


@asynccontextmanager
async def busy_processor() -> AsyncIterator[None]:
    """Let a program compute without end during the block."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", BUSY)
    try:
        yield
    finally:
        await _end(process)


@asynccontextmanager
async def reports_and_backups(database: str, folder: Path) -> AsyncIterator[None]:
    """Let commands report the week's calls, and copy the database into the folder, during the block.

    Raises CannotMeasureError if a command fails.
    """
    copy = folder / "backup.db"
    async with Background() as work:
        work.start(_without_end(database, ("report", "day", "--since", "7d")))
        work.start(_without_end(database, ("db", "backup", str(copy)), copy))
        yield


async def _without_end(database: str, command: tuple[str, ...], file: Path | None = None) -> None:
    """Run a command again and again; its file, if any, is deleted before each time."""
    while True:
        if file:
            await asyncio.to_thread(file.unlink, missing_ok=True)
        environ = os.environ | {"WARMLINE_DB": database}
        process = await asyncio.create_subprocess_exec(WARMLINE, *command, stdout=DEVNULL, env=environ)
        try:
            if await process.wait():
                raise CannotMeasureError(f"warmline {' '.join(command)} ended with {process.returncode}")
        finally:
            await _end(process)


async def _end(process: Process) -> None:
    if process.returncode is None:
        process.kill()
        await process.wait()
