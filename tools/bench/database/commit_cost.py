"""Measures what a commit costs in PostgreSQL beside a file: its time, its processor time, and calls a second.

The server is Debian's, with a synchronous standby. Between the app, the primary and the standby are relays, which
deliver each packet 0.3 ms later, as the network of a building does. The turns are those of real calls on a simulated
Asterisk, and both engines write the same ones, in turn.
"""

import asyncio
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tools.bench.core import call_round
from tools.bench.core.call_round import CALLS, CallRound
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, CannotMeasureError, ResultRow, spread, times
from tools.simulation.postgresql import cluster
from tools.simulation.postgresql.relay import relay
from tools.simulation.postgresql.replicated import pair
from warmline.core.engine.engine import Input
from warmline.core.world.turn import Turn
from warmline.store.database import lease
from warmline.store.database.database import connect
from warmline.store.journal import hash_chain
from warmline.store.journal.journal_codec import entry_of
from warmline.store.journal.journal_entry import JournalEntry, Known, append, commit_function, head
from warmline.store.journal.journal_writer import JournalWriter
from warmline.store.maintenance.move import move
from warmline.system.database_address import DatabaseAddress

NAME = "database"
COUNT = 40  # rounds of calls, of which a few are written turn by turn, and the others as fast as possible
BEGIN = 1_790_000_000_000_000  # microseconds
ONE_BY_ONE = 3  # rounds
NETWORK = 0.0003  # seconds, each way
STATEMENTS = 500  # that show the network's time
IN_A_ROW = 5
LATEST, LATER, DEARER, SLOWEST = 5.0, 4.0, 1.3, 0.8  # the goals: ms, times, times, share
FILE, SERVER = "file", "server"


class _HandedRound(CallRound):
    """Gives the entry of each turn to `hand`."""

    def __init__(self, database: Path) -> None:
        self.kept: list[JournalEntry] = []
        self.hand: Callable[[JournalEntry], object] = self.kept.append
        super().__init__(database, BEGIN)

    def record(self, entry: Input, turn: Turn, base: str) -> None:
        if written := entry_of(entry, turn, base):
            self.hand(written)


class CommitTimes(NamedTuple):
    """Of each commit of one turn in one engine: milliseconds, and milliseconds of this process's processor."""

    took: list[float]
    worked: list[float]


async def measure(count: int, step: Step) -> BenchResult:
    """Write `count` rounds of calls in both engines. Raises CannotMeasureError, LabError."""
    if not cluster.is_installed():
        raise CannotMeasureError("it needs Debian's package postgresql-15")
    return await asyncio.to_thread(_measured, max(count, 1 + ONE_BY_ONE), step)


def _measured(count: int, step: Step) -> BenchResult:
    with TemporaryDirectory(prefix="warmline-database-") as folder, ExitStack() as stack:
        before, lives = _begun(Path(folder))
        primary, _ = stack.enter_context(pair(NETWORK))
        port = stack.enter_context(relay(primary.port, NETWORK))
        primary.run("CREATE DATABASE bench")
        address, direct = (
            DatabaseAddress(primary.address("bench", one), str(Path(folder, "server.db")))
            for one in (port, primary.port)
        )
        move(Path(shutil.copy(before, Path(folder, "source.db"))), address)
        databases: dict[str, str | Path] = {FILE: before, SERVER: address}
        for number in range(ONE_BY_ONE):
            for life in lives.values():
                life.live(number)
        took = _one_by_one(databases, lives[FILE].kept)
        rates = _rates(databases, lives, range(ONE_BY_ONE, count), step)
        network = times("statement without work, through the relay and without", _asked(address), _asked(direct))
        if hash_chain.heads(before) != hash_chain.heads(address):
            raise CannotMeasureError("the two databases have different journals")
        return BenchResult(NAME, "SQLite, in the same run", [*judge(took, rates), network])


def judge(took: dict[str, CommitTimes], rates: dict[str, list[float]]) -> list[ResultRow]:
    """Return the rows. `rates` are calls a second."""
    ours, theirs = spread(took[SERVER].took), spread(took[FILE].took)
    is_soon = ours["median"] <= min(LATEST, LATER * theirs["median"])
    connect_ours, connect_theirs = _in_a_row(took[SERVER].took), _in_a_row(took[FILE].took)
    fast, usual = ({"median": median(rates[name]), "n": len(rates[name])} for name in (SERVER, FILE))
    return [
        ResultRow("commit of one turn", "ms", ours, theirs, f"{LATEST:g} ms and {LATER:g} times, or less", is_soon),
        times("processor time of a commit", took[SERVER].worked, took[FILE].worked, ratio=DEARER),
        ResultRow(
            "calls a second, as fast as the core and the writer can",
            "calls/s",
            fast,
            usual,
            f"{SLOWEST:g} times or more",
            fast["median"] >= SLOWEST * usual["median"],
        ),
        times(f"{IN_A_ROW} commits in a row", connect_ours, connect_theirs),  # server_connect.py has whole calls
    ]


def _in_a_row(took: list[float]) -> list[float]:
    return [sum(took[place : place + IN_A_ROW]) for place in range(0, len(took) - IN_A_ROW + 1, IN_A_ROW)]


def _begun(folder: Path) -> tuple[Path, dict[str, _HandedRound]]:
    """Return the database before the calls, and for each engine a call centre that lives through the same ones."""
    before = folder / "before.db"
    call_round.configured(before)
    with closing(connect(before)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return before, {
        name: _HandedRound(Path(shutil.copy(before, folder / f"{name}-life.db"))) for name in (FILE, SERVER)
    }


def _one_by_one(databases: dict[str, str | Path], entries: list[JournalEntry]) -> dict[str, CommitTimes]:
    """Write each turn in a commit of its own, in both engines; return the times, those of the server first."""
    with ExitStack() as stack:
        ways = {name: stack.enter_context(closing(connect(one))) for name, one in databases.items()}
        ways[SERVER].execute(commit_function())
        lease.take(ways[SERVER], "benchmark")
        heads, known = {name: head(db) for name, db in ways.items()}, dict[str, Known]()
        found = {SERVER: CommitTimes([], []), FILE: CommitTimes([], [])}
        for number, entry in enumerate(entries):
            for name in (FILE, SERVER) if number % 2 else (SERVER, FILE):
                begun, worked = time.perf_counter(), time.thread_time()
                heads[name] = append(ways[name], heads[name], [entry], known.setdefault(name, {}))
                found[name].worked.append(1000 * (time.thread_time() - worked))
                found[name].took.append(1000 * (time.perf_counter() - begun))
        return found


def _asked(address: DatabaseAddress) -> list[float]:
    """Return the milliseconds of statements that do nothing: those of the network, and of both ends."""
    took = list[float]()
    with closing(connect(address)) as db:
        for _ in range(STATEMENTS):
            begun = time.perf_counter()
            db.execute("SELECT 1").fetchone()
            took.append(1000 * (time.perf_counter() - begun))
    return took


def _rates(
    databases: dict[str, str | Path], lives: dict[str, _HandedRound], rounds: Iterable[int], step: Step
) -> dict[str, list[float]]:
    """Live through rounds with the app's own writer, as fast as possible; return the calls a second of each round."""
    found: dict[str, list[float]] = {name: [] for name in databases}
    for number in rounds:
        for name in (FILE, SERVER) if number % 2 else (SERVER, FILE):
            with _writing(databases[name]) as writer:
                found[name].append(CALLS / asyncio.run(_lived(writer, lives[name], number)))
        step()
    return found


@contextmanager
def _writing(database: str | Path) -> Iterator[JournalWriter]:
    writer = JournalWriter(database)
    writer.open()
    try:
        yield writer
    finally:
        writer.close()


async def _lived(writer: JournalWriter, life: _HandedRound, number: int) -> float:
    """Live through a round while the writer's thread writes it; return the seconds until all is on disk."""
    handed: list[asyncio.Future[None]] = []
    life.hand = lambda entry: handed.append(writer.record([entry]))
    begun = time.perf_counter()
    life.live(number)
    await asyncio.gather(*handed)
    return time.perf_counter() - begun
