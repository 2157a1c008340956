"""Measures how soon commands answer on a database with a million calls, and their memory.

The baseline of a report is the bare SQL of the report in a running process, plus the start of `warmline --version`.
The baseline of `warmline --help` is `python -c "import typer"`. All are run in turn in one run, and timed by the clock.
"""

import asyncio
import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from tools.bench.core.make_history import COUNT as CALLS
from tools.bench.core.make_history import make
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, CannotMeasureError, ResultRow, times
from warmline.store.database.database import SCHEMA_VERSION
from warmline.store.migrations import schema_versions
from warmline.store.reports.call_filter import CallFilter
from warmline.store.reports.calls import statement
from warmline.store.reports.transfers import FIND, NEVER

COUNT = 30
SMALL = 1000  # calls for each measurement, if there are fewer than usual
DAY = 86_400_000_000  # microseconds
FRESH = DAY // 2  # the largest age of a history that is used again: it must cover yesterday until now
CACHE = Path(".cache/history")
MORE_MEMORY = 1.15
HELP, REPORT = 3.0, 2.0  # times the baseline
# getrusage can return the parent's peak for a child.
CHILD = """
import sys
from cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as ended:
    [peak] = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
    print(peak, file=sys.stderr)
    raise
"""
WARMLINE = str(Path(sys.executable).with_name("warmline"))


async def measure(count: int, step: Step) -> BenchResult:
    """Run each command `count` times; use a million calls only with the usual count. Raises CannotMeasureError."""
    with tempfile.TemporaryDirectory() as folder:
        calls = CALLS if count >= COUNT else SMALL * count
        where = CACHE if count >= COUNT else Path(folder)
        path = await asyncio.to_thread(history, where, calls)
        return await asyncio.to_thread(_measured, path, calls, count, step)


def history(folder: Path, calls: int) -> Path:
    """Return a history that ends about now: the previous one, or a new one."""
    schema = hashlib.sha256(schema_versions.schema(SCHEMA_VERSION).encode()).hexdigest()[:8]
    path = folder / f"{calls}-{schema}.db"
    folder.mkdir(parents=True, exist_ok=True)
    now = time.time_ns() // 1000
    if not path.exists() or now - _last(path) > FRESH:
        make(path, calls, now)
    return path


def _last(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("SELECT ifnull(max(arrived), 0) FROM call").fetchone()[0])


def _measured(path: Path, calls: int, count: int, step: Step) -> BenchResult:
    environ = _environ(path)
    timed: dict[str, Callable[[], float]] = {
        "version": lambda: run(environ, WARMLINE, "--version"),
        "typer": lambda: run(environ, sys.executable, "-c", "import typer"),
        "help": lambda: run(environ, WARMLINE, "--help"),
        "bare calls": lambda: _bare_calls(path),
        "calls": lambda: run(environ, WARMLINE, "audit", "calls", "--since", "yesterday"),
        "bare transfers": lambda: _bare_transfers(path),
        "transfers": lambda: run(environ, WARMLINE, "audit", "transfers"),
    }
    took: dict[str, list[float]] = {name: [] for name in timed}
    for turn in range(count + 1):
        for name, measure in timed.items():
            milliseconds = measure()
            if turn:  # the first round is a warm-up
                took[name].append(milliseconds)
        if turn:
            step()
    rows = [
        _report(f"audit calls --since yesterday, of {calls} calls", "calls", took),
        _report(f"audit transfers, of {calls} calls", "transfers", took),
        times("warmline --help, beside `import typer`", took["help"], took["typer"], ratio=HELP),
        _memory(path, calls),
    ]
    return BenchResult("cli", "bare SQL + --version", rows)


def _report(what: str, name: str, took: dict[str, list[float]]) -> ResultRow:
    """Compare a report with its bare SQL and `warmline --version`."""
    least = [sql + start for sql, start in zip(took[f"bare {name}"], took["version"], strict=True)]
    return times(what, took[name], least, ratio=REPORT)


def run(environ: Mapping[str, str], *command: str) -> float:
    """Return milliseconds of a command, from its start to its end. Raises CannotMeasureError."""
    began = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environ)
    if done.returncode:
        raise CannotMeasureError(f"{' '.join(command)} ends with {done.stderr.strip()[-300:]}")
    return 1000 * (time.perf_counter() - began)


def _midnight_of_yesterday() -> int:
    now = time.localtime()
    day = (now.tm_year, now.tm_mon, now.tm_mday - 1, 0, 0, 0, 0, 0, -1)
    return int(time.mktime(day)) * 1_000_000


def _bare_calls(path: Path) -> float:
    """Return milliseconds of the SQL of `audit calls --since yesterday`, with reading all its rows."""
    now = time.time_ns() // 1000
    found = statement(CallFilter(start=_midnight_of_yesterday(), end=now), now)
    return _bare(path, found.sql, found.values)


def _bare_transfers(path: Path) -> float:
    now = time.time_ns() // 1000
    return _bare(path, FIND, {"since": now - DAY, "until": NEVER, "agent": "", "kind": "", "outcome": ""})


def _bare(path: Path, sql: str, values: Mapping[str, object]) -> float:
    began = time.perf_counter()
    with closing(sqlite3.connect(path)) as db:
        db.execute(sql, values).fetchall()
    return 1000 * (time.perf_counter() - began)


def _memory(database: Path, calls: int) -> ResultRow:
    """Return the peak memory of a listing of all calls, beside that of one day's calls."""
    every, some = (_peak(database, "audit", "calls", "--csv", "--since", since) for since in ("10000d", "24h"))
    goal = f"{MORE_MEMORY:g} times or less"
    what = f"peak memory of audit calls --csv, {calls} calls beside those of a day"
    return ResultRow(what, "MB", {"median": every}, {"median": some}, goal, every <= MORE_MEMORY * some)


def _environ(database: Path) -> dict[str, str]:
    return os.environ | {"WARMLINE_DB": str(database.absolute())}


def _peak(database: Path, *arguments: str) -> float:
    """Return the peak memory of a command in MB. Raises CannotMeasureError."""
    command = [sys.executable, "-c", CHILD, *arguments]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=_environ(database))
    if done.returncode:
        raise CannotMeasureError(f"warmline {' '.join(arguments)} ends with {done.stderr.decode()[-300:]}")
    return int(done.stderr.split()[-2]) / 1024
