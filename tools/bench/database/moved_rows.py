"""Moves a database of many leads and past calls to PostgreSQL and back, and kills the command in the middle.

The first move there and back is timed without a kill. The second one is killed (-9) at shares of that time on each way,
and begun again until it ends. The files that come back must have the rows of the one that went.
"""

import asyncio
import os
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.bench.dialling import million_leads
from tools.bench.million import past_calls
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, CannotMeasureError, ResultRow
from tools.simulation.postgresql import cluster
from tools.simulation.postgresql.cluster import DatabaseServer
from warmline.store.configuration import config
from warmline.store.database.database import StoreError, connect
from warmline.store.journal import hash_chain
from warmline.store.maintenance import table_chunks
from warmline.store.postgresql.schema import columns
from warmline.system.database_address import DatabaseAddress
from warmline.system.program_files import CODE

NAME = "move"
COUNT = 3  # kills on each way
ROWS = 1_000_000  # leads, and calls
OF_COUNT = 20_000  # rows of each, in a run with fewer kills
CACHE = CODE / ".cache/bench"
LISTS = million_leads.LISTS
# Its last line has its largest memory in kB; what the system counts of a child begins with the memory of its parent.
PROGRAM = """
import sys
from cli.main import main
try:
    main(sys.argv[1:])
finally:
    print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""
GOAL = "the same rows"
MOST_MEMORY = 300  # MB of a command, whose rows are moved in parts


async def measure(count: int, step: Step, rows: int = 0) -> BenchResult:
    """Move a database with so many leads and calls, and kill each way `count` times. Raises CannotMeasureError."""
    if not cluster.is_installed():
        raise CannotMeasureError("it needs Debian's package postgresql-15")
    return await asyncio.to_thread(_measured, count, rows or (ROWS if count >= COUNT else OF_COUNT), step)


def _measured(count: int, rows: int, step: Step) -> BenchResult:
    with TemporaryDirectory(prefix="warmline-move-", dir=_large()) as name, ExitStack() as stack:
        folder, server = Path(name), stack.enter_context(cluster.server())
        source = folder / "source.db"
        _make(source, rows)
        copied, usual = _copied(source, folder)
        there, again = _new(server, "there", folder), _new(server, "again", folder)
        whole, back = folder / "whole.db", folder / "back.db"
        (took, first), (took_back, second) = _moved(source, there), _moved(there, whole)
        _same(source, whole)
        whole.unlink()
        server.run("DROP DATABASE there")
        shares = [(number + 1) / (count + 1) for number in range(count)]
        killed_there, kills = _killed(source, again, [share * took for share in shares], step)
        _same(source, again)
        killed_back, more = _killed(again, back, [share * took_back for share in shares], step)
        _same(source, back)
        memory = max(first, second)
        what = f"{rows:,} leads and {rows:,} calls"
        return BenchResult(
            NAME,
            "a copy of the file, db backup",
            [
                _row(f"{what} to PostgreSQL", took, copied),
                _row(f"{what} back", took_back, copied),
                _row(f"there, killed {kills} times", killed_there, copied, kills == count),
                _row(f"back, killed {more} times", killed_back, copied, more == count),
                ResultRow(
                    "largest memory of a command",
                    "MB",
                    {"whole": memory},
                    {"whole": usual},
                    f"{MOST_MEMORY} or less",
                    memory <= MOST_MEMORY,
                ),
            ],
        )


def _row(what: str, seconds: float, copied: float, met: bool = True) -> ResultRow:
    return ResultRow(what, "s", {"whole": seconds}, {"whole": copied}, GOAL, met)


def _large() -> Path:
    """Return a folder on a disk: several copies of the database are made."""
    CACHE.mkdir(parents=True, exist_ok=True)
    return CACHE


def _make(path: Path, rows: int) -> None:
    """Make the database. Raises CannotMeasureError, LabError, StoreError."""
    past_calls.make(path, rows)
    for name in LISTS:
        config.create(path, "list", name, {"campaign": "C1", "country": "JP"}, who="benchmark")
    with closing(connect(path)) as db:
        million_leads.add(db, rows)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        counts = [table_chunks.size(db, table) for table in ("lead", "call")]
    if min(counts) < rows:
        raise CannotMeasureError(f"the database has {counts} leads and calls, and not {rows} of each")


def _copied(source: Path, folder: Path) -> tuple[float, float]:
    """Copy a file; return what it took, as `_run` does."""
    taken = _run(_command("db", "backup", str(folder / "copy.db")), source)
    (folder / "copy.db").unlink()
    return taken


def _new(server: DatabaseServer, name: str, folder: Path) -> DatabaseAddress:
    server.run(f"CREATE DATABASE {name}")
    return DatabaseAddress(server.address(name), str(folder / f"{name}.db"))


def _command(*words: str) -> list[str]:
    return [sys.executable, "-c", PROGRAM, *words]


def _run(command: list[str], source: str | Path) -> tuple[float, float]:
    """Run a command; return its seconds and its largest memory in MB. Raises CannotMeasureError."""
    begun = time.monotonic()
    done = subprocess.run(command, env=_environment(source), capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotMeasureError(f"{' '.join(command[3:5])} failed: {done.stderr.strip()}")
    return time.monotonic() - begun, int(done.stdout.split()[-1]) / 1024


def _environment(source: str | Path) -> dict[str, str]:
    whole = source.whole if isinstance(source, DatabaseAddress) else str(source)
    return os.environ | {"WARMLINE_DB": whole, "WARMLINE_SPOOL": str(CACHE / "spool")}


def _move_command(target: str | Path) -> list[str]:
    return _command("db", "move", target.whole if isinstance(target, DatabaseAddress) else str(target))


def _moved(source: str | Path, target: str | Path) -> tuple[float, float]:
    return _run(_move_command(target), source)


def _killed(source: str | Path, target: str | Path, after: list[float], step: Step) -> tuple[float, int]:
    """Move, and kill the command after these seconds of its whole work; return the seconds, and the kills.

    A command that was begun again has less to do, so each one gets the time from one kill to the next.
    """
    begun, kills, before = time.monotonic(), 0, 0.0
    for moment in after:
        with subprocess.Popen(
            _move_command(target), env=_environment(source), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as command:
            try:
                command.wait(moment - before)
            except subprocess.TimeoutExpired:
                command.kill()
                kills += 1
        before = moment
        step()
    _run(_move_command(target), source)
    return time.monotonic() - begun, kills


def _same(source: str | Path, other: str | Path) -> None:
    """Raise CannotMeasureError if two databases differ in a row or in a hash chain."""
    try:
        with closing(connect(source)) as one, closing(connect(other)) as two:
            for table in columns():
                table_chunks.compare(one, two, table, lambda _: None)
    except StoreError as error:
        raise CannotMeasureError(f"the moved database differs: {error}") from None
    if hash_chain.heads(source) != hash_chain.heads(other):
        raise CannotMeasureError("the moved database has other hash chains")
