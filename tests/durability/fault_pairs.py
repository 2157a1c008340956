"""Random pairs of faults that can take confirmed records away: nothing is missing without a word.

`python -m tests.durability.fault_pairs PAIRS [FIRST SEED]` tries so many on files, and half as many on PostgreSQL.
"""

import os
import random
import resource
import select
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.copied_database import new_database
from tests.durability import confirming_app
from tests.durability.simulated_disk import dice_of
from warmline.store.database.database import StoreError, connect
from warmline.store.database.reading import reading
from warmline.store.journal import hash_chain, noted_heads, spill_contents
from warmline.store.maintenance import backup_and_vacuum, database_restore
from warmline.store.postgresql.pairs import WRITER
from warmline.store.postgresql.schema import columns
from warmline.system.database_address import DatabaseAddress

WITHIN = 30.0  # seconds until an app has started or ended
LIVED = (0.15, 0.4)  # seconds before a fault, and behind it
HELD = (0.1, 0.8)  # seconds for which a lock is held, or the disk is full
RECEIPTS = "SELECT id FROM receipt"
LAST = "SELECT xmin::text::bigint FROM journal ORDER BY seq DESC LIMIT {}"  # the transactions of the last rows
FORGET = 'DELETE FROM "{}" WHERE xmin::text::bigint >= {}'
OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@dataclass
class Pair:
    """The result of a pair of faults: its commands, how many are missing, and what is said of that."""

    faults: tuple[str, ...]
    confirmed: int = 0
    missing: int = 0
    refused: int = 0  # starts that were refused
    too_late: int = 0  # commands confirmed although the app said that it confirms none
    words: list[str] = field(default_factory=list)

    @property
    def is_silent(self) -> bool:
        return bool(self.missing) and not self.words

    @property
    def is_wrong(self) -> bool:
        return self.is_silent or self.too_late > 0

    def __str__(self) -> str:
        said = f"; {self.words[0]}" if self.words else ""
        return f"{' + '.join(self.faults)}: confirmed {self.confirmed}, missing {self.missing}{said}"


class Centre:
    """An app on a database, its faults, and the commands that it has confirmed."""

    def __init__(self, database: str | Path, folder: Path, dice: random.Random) -> None:
        self.database, self.folder, self.dice = database, folder, dice
        self.confirmed: list[str] = []
        self.too_late = 0
        self._confirms = True
        self.refusals: list[str] = []
        self.heal: list[Callable[[], None]] = []
        self._process, self._lines, self._rest = 0, -1, b""

    def start(self) -> bool:
        """Start the app; return whether it runs."""
        self._process, self._lines = confirming_app.start(self.database, self.folder / "log")
        self._confirms = True
        return self._read_until("started")

    def _read_until(self, wanted: str) -> bool:
        until = time.monotonic() + WITHIN
        while time.monotonic() < until:
            if self._read(until - time.monotonic(), wanted):
                return True
            if self._lines < 0:
                return False
        raise AssertionError(f"the app has not told {wanted!r}")

    def _read(self, seconds: float, wanted: str = "") -> bool:
        """Read what the app tells within this time; return whether it was the wanted line."""
        if self._lines < 0 or not select.select([self._lines], [], [], max(0.0, seconds))[0]:
            return False
        data = os.read(self._lines, 65536)
        if not data:
            os.close(self._lines)
            self._lines = -1
            os.waitpid(self._process, 0)
            return False
        *lines, self._rest = (self._rest + data).split(b"\n")
        found = False
        for line in lines:
            kind, _, text = line.decode().partition(" ")
            if kind == "confirmed":
                self.confirmed.append(text)
                self.too_late += not self._confirms
            elif kind == "storage":
                self._confirms = not text.startswith("nothing is confirmed")
            elif kind == "refused":
                self.refusals.append(text)
            found = found or kind == wanted
        return found

    def live(self, seconds: float) -> None:
        """Let the app confirm commands for a while."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and self._lines >= 0:
            self._read(left)

    def end(self, number: int) -> None:
        """End the app by a signal, and read what it told before."""
        if self._lines >= 0:
            os.kill(self._process, number)
            self._read_until("end")

    def run_for(self, seconds: float) -> None:
        if self.start():
            self.live(seconds)
        self.end(signal.SIGTERM)

    # -- faults of any database --

    def kill(self) -> None:
        """Kill the app; its supervisor starts it again."""
        self.end(signal.SIGKILL)
        self.start()

    def full(self) -> None:
        """Let no file of the app grow."""
        if self._lines < 0:
            return
        process = self._process
        sizes = [one.stat().st_size for one in self.folder.iterdir() if one.is_file()]
        with suppress(ProcessLookupError):
            resource.prlimit(process, resource.RLIMIT_FSIZE, (max(sizes) // 2, resource.RLIM_INFINITY))
        self.live(self.dice.uniform(*HELD))
        with suppress(ProcessLookupError):
            resource.prlimit(process, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def faults(self) -> dict[str, Callable[[], None]]:
        raise NotImplementedError

    def receipts(self) -> set[str]:
        with reading(self.database) as db:
            return {str(row[0]) for row in db.execute(RECEIPTS)}


class FileCentre(Centre):
    """An app on a database in a file."""

    def __init__(self, folder: Path, dice: random.Random) -> None:
        self.path, self.copy = folder / "warmline.db", folder / "yesterday.copy"
        new_database(self.path)
        super().__init__(self.path, folder, dice)

    def prepare(self) -> None:
        """Live for a while, and make a backup in it."""
        self.start()
        self.live(self.dice.uniform(*LIVED))
        backup_and_vacuum.backup(self.path, self.copy)
        self.live(self.dice.uniform(*LIVED))
        if self.dice.random() < 0.5:
            with closing(sqlite3.connect(self.path)) as other:
                other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.live(self.dice.uniform(*LIVED))

    def faults(self) -> dict[str, Callable[[], None]]:
        return {
            "WAL deleted": lambda: self._delete("-wal"),
            "another file there": self._replace,
            "overwritten by a copy": self._overwrite,
            "log and its index deleted": lambda: self._delete("-wal", "-shm"),
            "spill file deleted": lambda: self._delete("-spill"),
            "moved": self._move,
            "deleted": lambda: self._delete(""),
            "last rows gone": self._forget,
            "kill -9": self.kill,
            "full": self.full,
            "locked": self._lock,
        }

    def _delete(self, *endings: str) -> None:
        for ending in endings:
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)

    def _replace(self) -> None:
        new = self.path.with_name("new")
        shutil.copyfile(self.copy, new)
        new.replace(self.path)

    def _overwrite(self) -> None:
        shutil.copyfile(self.copy, self.path)

    def _move(self) -> None:
        if not self.path.exists():
            return
        away = self.path.with_name("away.db")
        self.path.rename(away)
        self.heal.append(lambda: None if self.path.exists() else shutil.move(away, self.path))

    def _forget(self) -> None:
        """Delete the last rows with another program."""
        with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{self.path}?mode=rw", uri=True, timeout=1)) as db:
            [stays] = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'journal_stays'").fetchone()
            db.execute("DROP TRIGGER journal_stays")
            db.execute("DELETE FROM receipt WHERE id IN (SELECT id FROM receipt ORDER BY id DESC LIMIT 3)")
            db.execute("DELETE FROM journal WHERE seq > (SELECT max(seq) FROM journal) - 9")
            db.execute(stays)
            db.commit()

    def _lock(self) -> None:
        with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{self.path}?mode=rw", uri=True, timeout=1)) as db:
            db.execute("BEGIN IMMEDIATE")
            self.live(self.dice.uniform(*HELD))
            db.execute("ROLLBACK")

    def bring_back(self) -> None:
        """Bring the backup back, as doctor and the refused start say."""
        database_restore.restore(self.path, self.copy)


class ServerCentre(Centre):
    """An app on a database of PostgreSQL."""

    def prepare(self) -> None:
        self.start()
        self.live(self.dice.uniform(*LIVED))

    def faults(self) -> dict[str, Callable[[], None]]:
        return {
            "server forgot its last rows": lambda: self._forget(self.dice.randint(1, 12)),
            "server forgot all rows": lambda: self._forget(1_000_000),
            "connections ended": lambda: self._run(OTHERS),
            "kill -9": self.kill,
            "locked": self._lock,
        }

    def _run(self, *statements: str) -> None:
        with closing(connect(self.database)) as db:
            for statement in statements:
                db.as_written(statement)  # type: ignore[attr-defined]

    def _forget(self, rows: int) -> None:
        """Take away all rows of the transactions that wrote the last rows of the journal, and end all connections."""
        with closing(connect(self.database)) as db:
            run = db.as_written  # type: ignore[attr-defined]
            run("BEGIN")
            run(f"SELECT pg_advisory_xact_lock({WRITER})")
            run(OTHERS)
            found = run(LAST.format(rows)).fetchall()
            run("SET LOCAL session_replication_role = replica")
            for table in columns():
                if found and table != "meta":
                    run(FORGET.format(table, found[-1][0]))
            run("COMMIT")

    def _lock(self) -> None:
        with closing(connect(self.database)) as db:
            run = db.as_written  # type: ignore[attr-defined]
            run("BEGIN")
            run(f"SELECT pg_advisory_xact_lock({WRITER})")
            self.live(self.dice.uniform(*HELD))
            run("ROLLBACK")


def play(centre: "FileCentre | ServerCentre", faults: tuple[str, ...]) -> Pair:
    """Let an app live beside these faults, start it again, and judge."""
    pair, all_faults = Pair(faults), centre.faults()
    centre.prepare()
    for name in faults:
        all_faults[name]()
        centre.live(centre.dice.uniform(*LIVED))
    centre.end(centre.dice.choice((signal.SIGKILL, signal.SIGTERM)))
    for heal in centre.heal:
        heal()
    centre.refusals.clear()
    centre.run_for(LIVED[0])
    if centre.refusals and isinstance(centre, FileCentre):
        pair.refused += 1
        centre.bring_back()
        centre.run_for(LIVED[0])
    pair.confirmed, pair.too_late = len(centre.confirmed), centre.too_late
    pair.missing = len(set(centre.confirmed) - centre.receipts())
    pair.words = list(_words(centre.database))
    return pair


def _words(database: str | Path) -> Iterator[str]:
    """Yield what `audit verify` says of a database."""
    yield from (f"{one.chain}: {one.text()}" for one in noted_heads.look(database))
    try:
        yield from (f"{one.journal} {one.seq}: {one.text}" for one in hash_chain.verify(database))
    except StoreError as error:
        yield str(error)
    yield from spill_contents.look(database).faults()


def on_files(seeds: range) -> Iterator[Pair]:
    """Try a random pair for each seed."""
    for seed in seeds:
        dice = dice_of(seed)
        with tempfile.TemporaryDirectory(
            dir=Path.cwd() / ".cache" if (Path.cwd() / ".cache").exists() else None
        ) as folder:
            centre = FileCentre(Path(folder), dice)
            yield play(centre, tuple(dice.sample(sorted(centre.faults()), 2)))


def on_server(seeds: range) -> Iterator[Pair]:
    """Try a random pair for each seed on a PostgreSQL of its own."""
    from tests.postgresql.template import TEMPLATE, make_template
    from tools.simulation.postgresql import cluster

    with cluster.server() as server:
        make_template(server)
        for seed in seeds:
            dice, name = dice_of(seed), f"pair_{seed}"
            server.run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
            with tempfile.TemporaryDirectory() as folder:
                address = DatabaseAddress(server.address(name), f"{folder}/warmline.db")
                centre = ServerCentre(address, Path(folder), dice)
                yield play(centre, tuple(dice.sample(sorted(centre.faults()), 2)))


def main(pairs: int, first: int) -> int:
    """Print each pair and the sums; return the exit status."""
    found: list[Pair] = []
    for played in (on_files(range(first, first + pairs)), on_server(range(first, first + pairs // 2))):
        for pair in played:
            print(pair, flush=True)
            found.append(pair)
    silent = [pair for pair in found if pair.is_silent]
    late = sum(pair.too_late for pair in found)
    print(
        f"{len(found)} pairs, {sum(pair.confirmed for pair in found)} commands confirmed, "
        f"{sum(pair.missing for pair in found)} missing in {sum(bool(pair.missing) for pair in found)} pairs, "
        f"missing without a word in {len(silent)}; confirmed after the app said that it confirms nothing: {late}"
    )
    return 1 if silent or late else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
