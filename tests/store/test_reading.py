"""A long read is interrupted at its time limit, at any point."""

import sqlite3
import time
from pathlib import Path

import pytest

from warmline.store.database import database
from warmline.store.database.database import StoreError
from warmline.store.database.reading import Reader, ReadInterrupted, reading, within
from warmline.store.leads import dnc, leads
from warmline.store.migrations import migrate

LONG = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most) SELECT count(*) FROM n"
MOST = 5_000_000


@pytest.fixture
def db(tmp_path: Path) -> Path:
    migrate(str(path := tmp_path / "warmline.db"))
    return path


def test_a_time_that_ends_before_the_query_begins_ends_it_too(db: Path) -> None:
    with pytest.raises(ReadInterrupted), within(time.monotonic()), reading(db) as open_one:
        open_one.execute(LONG, {"most": MOST}).fetchall()


def test_a_query_that_is_interrupted_leaves_the_next_one_alone(db: Path) -> None:
    with pytest.raises(ReadInterrupted), within(time.monotonic()), reading(db) as open_one:
        with pytest.raises(sqlite3.OperationalError):
            open_one.execute(LONG, {"most": MOST})
        assert open_one.execute("SELECT 1").fetchone()[0] == 1
        open_one.execute(LONG, {"most": MOST})
    with reading(db) as open_one:
        assert open_one.execute(LONG, {"most": MOST // 100}).fetchone()[0] == MOST // 100


def listed(db: sqlite3.Connection) -> int:
    """Return how many numbers are on the do-not-call lists."""
    return int(db.execute("SELECT count(*) FROM dnc").fetchone()[0])


def test_a_reader_keeps_the_database_open_and_sees_each_commit(db: Path) -> None:
    reader = Reader(db)
    with reader.reading() as first:
        assert listed(first) == 0
    dnc.add(db, "7275551212", who="test")
    with reader.reading() as second:
        assert (listed(second), first is second) == (1, True)
    with pytest.raises(StoreError), reader.reading() as failed:
        failed.execute("SELECT nothing FROM nowhere")
    with reader.reading() as third:
        assert (listed(third), third is second) == (1, False)
    reader.close()


def test_a_reader_reads_the_file_that_has_the_path_now(db: Path) -> None:
    reader = Reader(db)
    with reader.reading() as open_one:
        assert listed(open_one) == 0
    db.unlink()
    with pytest.raises(StoreError, match="does not exist"), reader.reading():
        pass
    migrate(str(db))
    dnc.add(db, "7275551212", who="test")
    with reader.reading() as open_one:
        assert listed(open_one) == 1
    reader.close()


def test_the_api_process_opens_the_database_to_read_only(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_mode", "rw")  # restored after the test
    database.only_read()
    with pytest.raises(StoreError, match="readonly database"):
        leads.create(db, "999", {"phone_number": "7275551212"}, who="crm")
    assert leads.page(db) == []
