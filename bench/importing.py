"""Importing leads: how fast beside SQLite's own `.import`, in how much memory, and what a live leave feels of it.

The bare `.import` puts the same lines into a table without a key, checks nothing and skips no lead that is there
already. Leaves are timed in turn: one while nothing else goes on, one while another process imports.
"""

import asyncio
import csv
import itertools
import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.handoff import Desk
from bench.progress import Step
from bench.result import CannotMeasureError, Result, Row, spread, times
from bench.stage import Stage, stage

COUNT = 30
LINES = 100_000
SMALL = 10  # the small file has so many times fewer
BESIDE = 15_000  # lines that are imported beside a leave
MORE_MEMORY = 1.15
DELAYED = 50.0  # ms
HEAD = "phone_number,first_name,last_name,city,postal_code,email,vendor_lead_code,comments\n"
LIST = "999"

CHILD = """
import json, resource, sys
from pathlib import Path
from warmline.store.lead_import import Job
report = Job(Path(sys.argv[1]), sys.argv[2], sys.argv[3], "bench").run()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"imported": report.imported, "seconds": report.seconds, "peak": peak / 1024}))
"""
_numbers = itertools.count(3_000_000_000)


async def measure(count: int, step: Step) -> Result:
    """`count` leaves each way; the whole file only from the usual count on. Raises CannotMeasureError."""
    lines = LINES if count >= COUNT else 1000 * count
    async with stage() as here, Desk(here) as desk:
        files = Path(here.lab.dir)
        speed, bare = await asyncio.to_thread(_speeds, here, files, lines)
        alone, beside = [], []
        for _ in range(count):
            alone.append(await _leave(here, desk))
            beside.append(await _leave_beside(here, desk, min(lines, BESIDE)))
            step()
    small, large = speed["small"]["peak"], speed["large"]["peak"]
    rows = [
        Row(
            f"{lines} leads beside `.import`",
            "lines/s",
            {"median": speed["large"]["imported"] / speed["large"]["seconds"]},
            {"median": lines / bare},
            "told, not judged",
        ),
        Row(
            f"peak memory with {lines} lines, beside {lines // SMALL}",
            "MB",
            {"median": large},
            {"median": small},
            f"{MORE_MEMORY:g} times or less",
            large <= MORE_MEMORY * small,
        ),
        _delay(beside, alone),
        times("request → ChannelLeftBridge during an import, median", beside, alone, beyond=DELAYED),
    ]
    return Result("import", "beside it", rows)


def _delay(beside: Sequence[float], alone: Sequence[float]) -> Row:
    """The slowest leave during an import, beside the usual one."""
    ours, theirs = spread(beside), spread(alone)
    slowest = {"largest": ours["largest"], "p95": ours["p95"], "n": ours["n"]}
    usual = {"largest": theirs["largest"], "p95": theirs["p95"], "n": theirs["n"]}
    goal = f"baseline + {DELAYED:g} ms or less"
    met = ours["largest"] <= theirs["largest"] + DELAYED
    return Row("request → ChannelLeftBridge during an import, slowest", "ms", slowest, usual, goal, met)


def _speeds(here: Stage, files: Path, lines: int) -> tuple[dict[str, dict[str, float]], float]:
    """A small file and a large one imported, and the seconds that the bare import of the large one takes."""
    small, large = _file(files / "small.csv", lines // SMALL), _file(files / "large.csv", lines)
    return {"small": _imported(here, small), "large": _imported(here, large)}, _bare(files, large)


def _file(path: Path, lines: int) -> Path:
    """Leads as there are none yet."""
    with path.open("w", newline="") as file:
        file.write(HEAD)
        for number in itertools.islice(_numbers, lines):
            file.write(f'{number},First{number % 997},Last,Town,12345,a{number}@example.org,,"said, once"\n')
    return path


def _program(here: Stage, file: Path) -> list[str]:
    return [sys.executable, "-c", CHILD, str(file), here.lab.db, LIST]


def _imported(here: Stage, file: Path) -> dict[str, float]:
    done = subprocess.run(_program(here, file), capture_output=True, text=True)
    if done.returncode:
        raise CannotMeasureError(f"the import ends with {done.stderr.strip()[-300:]}")
    told: dict[str, float] = json.loads(done.stdout)
    return told


def _bare(files: Path, large: Path) -> float:
    """Seconds for the same lines, with the command sqlite3, or with Python's sqlite3 where there is none."""
    target = files / "bare.db"
    columns = ", ".join(f"{name} TEXT" for name in HEAD.strip().split(","))
    with closing(sqlite3.connect(target)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute(f"CREATE TABLE lead ({columns})")
    began = time.monotonic()
    if shell := shutil.which("sqlite3"):
        subprocess.run([shell, target, f".import --csv --skip 1 {large} lead"], check=True, capture_output=True)
    else:
        print("there is no sqlite3 command here: Python's sqlite3 in one transaction instead", file=sys.stderr)
        with large.open(newline="") as file, closing(sqlite3.connect(target)) as db:
            rows = csv.reader(file)
            next(rows)
            db.executemany(f"INSERT INTO lead VALUES ({', '.join('?' * len(HEAD.split(',')))})", rows)  # noqa: S608 - marks
            db.commit()
    return time.monotonic() - began


async def _leave(here: Stage, desk: Desk) -> float:
    """Milliseconds from the request until the agent's channel has left the room."""
    room = await desk.three_way()
    await here.ari.watch(f"bridge:{await here.ari.bridge_of(desk.leg)}")
    took = await _timed(here, desk, room.leg)
    await desk.finish(room.customer)
    return took


async def _leave_beside(here: Stage, desk: Desk, lines: int) -> float:
    """The same in the middle of an import."""
    file = await asyncio.to_thread(_file, Path(here.lab.dir) / "beside.csv", lines)
    room = await desk.three_way()
    await here.ari.watch(f"bridge:{await here.ari.bridge_of(desk.leg)}")
    before = await asyncio.to_thread(_leads, here)
    importing: Any = await asyncio.create_subprocess_exec(*_program(here, file), stdout=subprocess.DEVNULL)
    while await asyncio.to_thread(_leads, here) == before:
        if importing.returncode is not None:
            raise CannotMeasureError("the import has ended before it began")
    took = await _timed(here, desk, room.leg)
    if await importing.wait():
        raise CannotMeasureError("the import beside a leave has failed")
    await desk.finish(room.customer)
    return took


async def _timed(here: Stage, desk: Desk, leg: str) -> float:
    left = here.ari.next("ChannelLeftBridge", lambda event: event["channel"]["id"] == leg)
    asked = time.monotonic()
    await desk.leave()
    return 1000 * ((await left).at - asked)


def _leads(here: Stage) -> int:
    with closing(sqlite3.connect(here.lab.db)) as db:
        return int(db.execute("SELECT ifnull(max(lead_id), 0) FROM lead").fetchone()[0])
