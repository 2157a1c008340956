"""A long read is interrupted at its time limit, at any point."""

import sqlite3
import time
from pathlib import Path

import pytest

from warmline.store.database import database
from warmline.store.database.database import StoreError
from warmline.store.database.reading import ReadInterrupted, reading, within
from warmline.store.leads import leads
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


def test_the_api_process_opens_the_database_to_read_only(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_mode", "rw")  # restored after the test
    database.only_read()
    with pytest.raises(StoreError, match="readonly database"):
        leads.create(db, "999", {"phone_number": "7275551212"}, who="crm")
    assert leads.page(db) == []
