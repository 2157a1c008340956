"""Measures a read of the database in a process that keeps connections open, beside one that opens it each time.

A database with the whole schema has a writer beside the reads, as the app has its journal. Both ways read the same row
in the same process, in turn, each after a commit of the writer. A second row has the memory of the kept connections.
"""

import sqlite3
import tempfile
import time
from contextlib import closing, nullcontext
from pathlib import Path
from statistics import median

from bench.tools.bench_progress import Step
from bench.tools.result import BenchResult, Figures, ResultRow, percentile
from lab import configure
from warmline.store.database.database import connect
from warmline.store.database.kept_connections import MOST
from warmline.store.database.reading import keeping, reading

COUNT = 500
SHARE = 0.1  # of the baseline's time
CONNECTIONS = 20  # opened to measure the memory of one
READ = "SELECT count(*) FROM dnc"
WRITE = "INSERT INTO meta VALUES ('bench', 1) ON CONFLICT (key) DO UPDATE SET value = value + 1"
STATM = Path("/proc/self/statm")
PAGE = 4096  # bytes


async def measure(count: int, step: Step) -> BenchResult:
    """Read `count` times each way, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "warmline.db")
        configure.fill(path, [])
        with closing(connect(path)) as writer, keeping():
            kept, opened = list[float](), list[float]()
            for turn in range(count + 1):
                for found, keep in ((kept, True), (opened, False)):
                    writer.execute(WRITE)
                    found.append(_microseconds(path, keep=keep))
                if turn:  # the first round is a warm-up
                    step()
            each = _memory(path)
    return judge(_figures(kept[1:]), _figures(opened[1:]), each)


def judge(kept: Figures, opened: Figures, each: float) -> BenchResult:
    """Return the row of the times, and that of the memory; `each` is of one connection in MB."""
    goal = f"at most {SHARE:g} times the baseline"
    time_of_read = ResultRow("a read of one row", "µs", kept, opened, goal, kept["median"] <= SHARE * opened["median"])
    memory = ResultRow(f"memory of {MOST} kept connections", "MB", {"all": each * MOST}, {"all": 0.0})
    return BenchResult("reads", "opening each time", [time_of_read, memory])


def _microseconds(path: Path, *, keep: bool) -> float:
    with nullcontext() if keep else keeping(0):
        begun = time.perf_counter()
        with reading(path) as db:
            db.execute(READ).fetchone()
        return (time.perf_counter() - begun) * 1e6


def _memory(path: Path) -> float:
    """Return the memory of a connection that has read, in MB."""
    before = _resident()
    opened = [connect(path) for _ in range(CONNECTIONS)]
    for one in opened:
        one.execute(READ).fetchone()
    taken = (_resident() - before) / CONNECTIONS
    _close(opened)
    return taken


def _resident() -> float:
    return int(STATM.read_text().split()[1]) * PAGE / 1e6


def _close(opened: list[sqlite3.Connection]) -> None:
    for one in opened:
        one.close()


def _figures(took: list[float]) -> Figures:
    return {"median": median(took), "p99": percentile(took, 0.99), "largest": max(took), "n": len(took)}
