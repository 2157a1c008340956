"""A read has one transaction, ends at its time limit, and leaves its connection clean for the next read."""

import os
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier, Lock

import pytest

from tests.wording.said import refused
from warmline.store.agi.routing_facts import KeptDatabase
from warmline.store.database import database
from warmline.store.database.database import StoreError, connect
from warmline.store.database.errors import NotFound
from warmline.store.database.kept_connections import MOST
from warmline.store.database.reading import ReadInterrupted, each, keeping, reading, within
from warmline.store.database.writing import writing
from warmline.store.leads import dnc, leads
from warmline.store.migrations.schema_migration import migrate

LONG = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most) SELECT count(*) FROM n"
MANY = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
MOST_ROWS = 5_000_000


@pytest.fixture
def kept(db: Path) -> Iterator[Path]:
    """Keep connections, beside a writer that keeps the log of writes."""
    with closing(connect(db)), keeping():
        yield db


def listed(db: sqlite3.Connection) -> int:
    """Return how many numbers are on the do-not-call lists."""
    return int(db.execute("SELECT count(*) FROM dnc").fetchone()[0])


def last(path: Path) -> sqlite3.Connection:
    """Return the connection of a read that has just ended."""
    with reading(path) as used:
        assert listed(used) >= 0
    return used


def is_closed(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return True
    return False


def shortened(path: Path) -> bool:
    """Return whether a checkpoint could empty the log of writes, which every open read prevents."""
    dnc.add(path, f"72755512{time.monotonic_ns() % 100:02}", who="test")
    with closing(sqlite3.connect(path, timeout=0)) as other:
        return bool(other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)


def test_a_connection_is_kept_and_sees_each_commit(kept: Path) -> None:
    first = last(kept)
    dnc.add(kept, "7275551212", who="test")
    with reading(kept) as second:
        assert (listed(second), second is first) == (1, True)


def test_a_file_that_was_replaced_is_noticed(kept: Path, tmp_path: Path) -> None:
    before = last(kept)
    migrate(str(other := tmp_path / "other.db"))
    with keeping(0):
        dnc.add(other, "7275551212", who="test")
    with closing(sqlite3.connect(other)) as closes:
        closes.execute("PRAGMA journal_mode=DELETE")
    other.replace(kept)
    for ending in ("-wal", "-shm"):
        kept.with_name(kept.name + ending).unlink(missing_ok=True)
    with reading(kept) as open_one:
        assert (listed(open_one), open_one is before, is_closed(before)) == (1, False, True)
    kept.unlink()
    with refused(StoreError, "database_missing", path=kept), reading(kept):
        pass


def test_the_scripts_of_fastagi_read_the_file_that_has_the_path_now(db: Path, tmp_path: Path) -> None:
    migrate(str(other := tmp_path / "other.db"))
    dnc.add(other, "7275551212", who="test")
    with closing(KeptDatabase(str(db))) as kept:
        assert (kept.read(listed), kept.read(id)) == (0, kept.read(id))
        other.replace(db)
        assert kept.read(listed) == 1


@pytest.mark.parametrize(
    "error", [NotFound("call_unknown", "call {call!r}", call="X"), KeyboardInterrupt(), ValueError()]
)
def test_an_exception_in_the_block_leaves_no_transaction(kept: Path, error: BaseException) -> None:
    with pytest.raises(type(error)), reading(kept) as used:
        assert listed(used) == 0
        raise error
    assert is_closed(used) or not used.in_transaction
    assert shortened(kept)


def test_a_read_that_is_interrupted_closes_the_connection(kept: Path) -> None:
    with pytest.raises(ReadInterrupted), within(time.monotonic()), reading(kept) as used:
        used.execute(LONG, {"most": MOST_ROWS}).fetchall()
    assert is_closed(used)
    with reading(kept) as next_one:
        assert next_one.execute(LONG, {"most": MOST_ROWS // 100}).fetchone()[0] == MOST_ROWS // 100


def test_a_statement_that_still_runs_is_not_kept(kept: Path) -> None:
    """A generator that was not read to its end would hold its moment of the database, and the log would grow."""
    with reading(kept) as used:
        rows = each(used, MANY)
        assert next(rows) == {"i": 1}
    assert is_closed(used)
    assert last(kept) is not used
    del rows
    assert shortened(kept)


def test_no_two_threads_have_one_connection_at_once(kept: Path) -> None:
    threads, rounds = MOST * 2, 200
    together, lock = Barrier(threads), Lock()
    held: set[int] = set()
    shared = []

    def read() -> None:
        together.wait(30)
        for _ in range(rounds):
            with reading(kept) as used:
                with lock:
                    shared.append(id(used)) if id(used) in held else held.add(id(used))
                listed(used)
                with lock:
                    held.discard(id(used))

    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(read) for _ in range(threads)]:
            done.result()
    assert shared == []
    assert open_files(kept) <= threads + 1, "SQLite uses the file of a closed connection for the next one"


def open_files(path: Path) -> int:
    """Return how often this process has the file open."""
    links = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return sum(link.readlink() == path for link in links)


def test_a_log_of_writes_is_emptied_beside_kept_connections(kept: Path) -> None:
    reads = [reading(kept) for _ in range(MOST)]
    for one in reads:
        listed(one.__enter__())
    assert not shortened(kept), "a read is open"
    for one in reads:
        one.__exit__(None, None, None)
    assert shortened(kept)
    assert kept.with_name("warmline.db-wal").stat().st_size == 0


def test_a_kept_connection_writes_nothing_into_a_deleted_log(kept: Path) -> None:
    with writing(kept) as db:
        db.execute("INSERT INTO dnc VALUES ('1', '', 1, 'test', '')")
    kept.with_name("warmline.db-wal").unlink()
    for _ in range(2):
        with pytest.raises(StoreError, match="-wal was deleted or replaced while it was in use"), writing(kept):
            pytest.fail("nothing is written")
    with reading(kept) as db:
        assert db.execute("SELECT count(*) FROM dnc").fetchone()[0] == 1


def test_a_connection_is_not_used_after_a_fork(kept: Path) -> None:
    before = last(kept)
    child = os.fork()
    if child == 0:  # the parent's connections must not be closed here either
        try:
            with reading(kept) as mine:
                good = mine is not before and listed(mine) == 0
            os._exit(0 if good and not is_closed(before) and last(kept) is mine else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert last(kept) is before and shortened(kept)


def test_the_api_process_opens_the_database_to_read_only(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_mode", "rw")  # restored after the test
    database.only_read()
    with pytest.raises(StoreError, match="readonly database"):
        leads.create(db, "999", {"phone_number": "7275551212"}, who="crm")
    assert leads.page(db) == []
