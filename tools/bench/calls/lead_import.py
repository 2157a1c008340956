"""Measures the import of leads: its speed beside SQLite's `.import`, its memory, and its effect on a live leave.

The bare `.import` puts the same lines into a table without a key; it checks nothing and skips no existing lead. Leaves
are timed in turn, without an import and during one by another process. Then the same file is imported again, and a file
with broken lines.
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

from tools.bench.tools.bench_lab import BenchLab, stage
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.handoff import HandoffSide
from tools.bench.tools.result import BenchResult, CannotMeasureError, ResultRow, spread, times

COUNT = 30
LINES = 100_000
SMALL, LARGE = 10, 3  # the small file has ten times fewer lines, the large one three times more
BROKEN = 10  # every tenth line of the last file is broken
BREAKS = ("3125550100\n", ",No,Number,,,,,\n", "call me,Last,Town,,,,,\n", '3125550101,"open,Last,Town,,,,\n')
BESIDE = 6_000  # lines imported during a leave
MORE_MEMORY = 1.15
DELAYED = 50.0  # ms
HEAD = "phone_number,first_name,last_name,city,postal_code,email,vendor_lead_code,comments\n"
LIST = "999"

CHILD = """
import json, re, sys
from pathlib import Path
from warmline.store.leads.lead_import import LeadImport
report = LeadImport(Path(sys.argv[1]), sys.argv[2], sys.argv[3], "bench").run()
[peak] = re.findall(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())  # getrusage has the parent's in it
told = {name: getattr(report, name) for name in ("imported", "rejected", "seconds", "longest_held_ms")}
print(json.dumps(told | {"peak": int(peak) / 1024}))
"""
Told = dict[str, float]
_numbers = itertools.count(3_000_000_000)


async def measure(count: int, step: Step) -> BenchResult:
    """Time `count` leaves each way; import the whole file only with the usual count. Raises CannotMeasureError."""
    lines = LINES if count >= COUNT else 1000 * count
    async with stage() as here, HandoffSide(here) as desk:
        files = Path(here.lab.dir)
        rows = await asyncio.to_thread(_files, here, files, lines)
        alone, beside = [], []
        for _ in range(count):
            alone.append(await _leave(here, desk))
            beside.append(await _leave_beside(here, desk, min(lines, BESIDE)))
            step()
    during = "request → ChannelLeftBridge during an import"
    return BenchResult(
        "import",
        "beside it",
        [_delay(during, beside, alone), times(f"{during}, median", beside, alone, beyond=DELAYED), *rows],
    )


def _files(here: BenchLab, files: Path, lines: int) -> list[ResultRow]:
    """Return rows about three files of leads of different sizes, and about lines that are not new leads."""
    small, usual, large = (
        _imported(here, _file(files / f"{count}.csv", count)) for count in (lines // SMALL, lines, LARGE * lines)
    )
    again = _imported(here, files / f"{lines}.csv")
    spoiled = _imported(here, _spoiled(files / "spoiled.csv", lines // SMALL))
    good = lines // SMALL - lines // SMALL // BROKEN
    lost = good - spoiled["imported"]
    bare = _bare(files, files / f"{lines}.csv")
    return [
        ResultRow(f"{lines} leads beside `.import`", "lines/s", _only(lines / usual["seconds"]), _only(lines / bare)),
        ResultRow(  # .import holds the write lock from the first line to the last
            "the same: the longest hold of the database's write lock",
            "ms",
            {"largest": usual["longest_held_ms"]},
            {"largest": 1000 * bare},
        ),
        _memory(usual, small, lines, lines // SMALL),
        _memory(large, small, LARGE * lines, lines // SMALL),
        ResultRow(
            "the same file again", "new leads", _only(again["imported"]), _only(lines), "0", not again["imported"]
        ),
        ResultRow(
            "a broken line in ten: the others", "leads", _only(spoiled["imported"]), _only(good), "all", not lost
        ),
    ]


def _only(figure: float) -> dict[str, float]:
    return {"median": figure}


def _memory(more: Told, small: Told, lines: int, fewer: int) -> ResultRow:
    met = more["peak"] <= MORE_MEMORY * small["peak"]
    what, goal = f"peak memory with {lines} lines, beside {fewer}", f"{MORE_MEMORY:g} times or less"
    return ResultRow(what, "MB", _only(more["peak"]), _only(small["peak"]), goal, met)


def _delay(what: str, beside: Sequence[float], alone: Sequence[float]) -> ResultRow:
    """Return the slowest leave during an import, compared with the usual one."""
    ours, theirs = spread(beside), spread(alone)
    slowest = {"largest": ours["largest"], "p95": ours["p95"], "n": ours["n"]}
    usual = {"largest": theirs["largest"], "p95": theirs["p95"], "n": theirs["n"]}
    goal = f"baseline + {DELAYED:g} ms or less"
    met = ours["largest"] <= theirs["largest"] + DELAYED
    return ResultRow(f"{what}, slowest", "ms", slowest, usual, goal, met)


def _file(path: Path, lines: int) -> Path:
    """Write new leads."""
    with path.open("w", newline="") as file:
        file.write(HEAD)
        for number in itertools.islice(_numbers, lines):
            file.write(f'{number},First{number % 997},Last,Town,12345,a{number}@example.org,,"said, once"\n')
    return path


def _spoiled(path: Path, lines: int) -> Path:
    """Write new leads, and broken lines between them."""
    whole = _file(path, lines)
    head, *good = whole.read_text().splitlines(keepends=True)
    broken = itertools.cycle(BREAKS)
    path.write_text(head + "".join(next(broken) if n % BROKEN == 0 else line for n, line in enumerate(good)))
    return path


def _program(here: BenchLab, file: Path) -> list[str]:
    return [sys.executable, "-c", CHILD, str(file), here.lab.db, LIST]


def _imported(here: BenchLab, file: Path) -> Told:
    done = subprocess.run(_program(here, file), capture_output=True, text=True)
    if done.returncode:
        raise CannotMeasureError(f"the import ends with {done.stderr.strip()[-300:]}")
    told: Told = json.loads(done.stdout)
    return told


def _bare(files: Path, lines: Path) -> float:
    """Return the seconds for the same lines with the command sqlite3, or Python's sqlite3 if it is missing."""
    target = files / "bare.db"
    columns = ", ".join(f"{name} TEXT" for name in HEAD.strip().split(","))
    with closing(sqlite3.connect(target)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute(f"CREATE TABLE lead ({columns})")
    began = time.monotonic()
    if shell := shutil.which("sqlite3"):
        subprocess.run([shell, target, f".import --csv --skip 1 {lines} lead"], check=True, capture_output=True)
    else:
        print("there is no sqlite3 command here: Python's sqlite3 in one transaction instead", file=sys.stderr)
        with lines.open(newline="") as file, closing(sqlite3.connect(target)) as db:
            rows = csv.reader(file)
            next(rows)
            db.executemany(f"INSERT INTO lead VALUES ({', '.join('?' * len(HEAD.split(',')))})", rows)  # noqa: S608 - marks
            db.commit()
    return time.monotonic() - began


async def _leave(here: BenchLab, desk: HandoffSide) -> float:
    """Return milliseconds from the request until the agent's channel has left the bridge."""
    room = await desk.three_way()
    await here.ari.watch(f"bridge:{await here.ari.bridge_of(desk.leg)}")
    took = await _timed(here, desk, room.leg)
    await desk.finish(room.customer)
    return took


async def _leave_beside(here: BenchLab, desk: HandoffSide, lines: int) -> float:
    """Return the same in the middle of an import."""
    file = await asyncio.to_thread(_file, Path(here.lab.dir) / "beside.csv", lines)
    room = await desk.three_way()
    await here.ari.watch(f"bridge:{await here.ari.bridge_of(desk.leg)}")
    before = await asyncio.to_thread(_leads, here)
    importing: Any = await asyncio.create_subprocess_exec(*_program(here, file), stdout=subprocess.DEVNULL)
    while await asyncio.to_thread(_leads, here) == before:
        if importing.returncode is not None and await asyncio.to_thread(_leads, here) == before:
            raise CannotMeasureError("the import has ended before it began")
    took = await _timed(here, desk, room.leg)
    if await importing.wait():
        raise CannotMeasureError("the import beside a leave has failed")
    await desk.finish(room.customer)
    return took


async def _timed(here: BenchLab, desk: HandoffSide, leg: str) -> float:
    left = here.ari.next("ChannelLeftBridge", lambda event: event["channel"]["id"] == leg)
    asked = time.monotonic()
    await desk.leave()
    return 1000 * ((await left).at - asked)


def _leads(here: BenchLab) -> int:
    with closing(sqlite3.connect(here.lab.db)) as db:
        return int(db.execute("SELECT ifnull(max(lead_id), 0) FROM lead").fetchone()[0])
