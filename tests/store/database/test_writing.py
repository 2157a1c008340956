"""A write shares the connections that a program keeps open, and leaves each one clean for the next block."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.wording.said import refused
from warmline.store.database import database
from warmline.store.database.database import StoreError
from warmline.store.database.reading import keeping, reading
from warmline.store.database.writing import writing

ADD = """INSERT INTO dnc (phone_number, campaign, at, "by", why) VALUES (?, '', 0, 'test', '')"""


@pytest.fixture
def kept(db: Path) -> Iterator[Path]:
    """Keep connections, beside one that keeps the log of writes."""
    with closing(database.connect(db)), keeping():
        yield db


def added(path: Path, number: str) -> sqlite3.Connection:
    """Write a number, and return the connection of the write."""
    with writing(path) as used:
        used.execute(ADD, [number])
    return used


def numbers(path: Path) -> list[str]:
    with reading(path) as used:
        return [row["phone_number"] for row in used.execute("SELECT phone_number FROM dnc ORDER BY phone_number")]


def test_a_block_that_raises_changes_nothing_and_the_next_one_does(kept: Path) -> None:
    with pytest.raises(ZeroDivisionError), writing(kept) as failed:
        failed.execute(ADD, ["1"])
        _ = 1 / 0
    assert added(kept, "2") is not failed
    assert numbers(kept) == ["2"]


def test_a_statement_that_refuses_a_row_changes_nothing(kept: Path) -> None:
    added(kept, "1")
    with refused(StoreError, "write_failed", path=kept), writing(kept) as used:
        used.execute(ADD, ["2"])
        used.execute(ADD, ["1"])
    assert numbers(kept) == ["1"]


def test_a_trigger_of_another_program_is_refused_at_the_next_write(kept: Path) -> None:
    added(kept, "1")
    with closing(sqlite3.connect(kept)) as other:
        other.execute("CREATE TRIGGER theirs AFTER INSERT ON dnc BEGIN DELETE FROM dnc; END")
    for _ in range(2):
        with refused(StoreError, "database_trigger_unknown", path=kept, name="theirs"), writing(kept):
            pytest.fail("a strange trigger would run")
    assert numbers(kept) == ["1"]


def test_a_write_waits_once_for_a_lock(kept: Path) -> None:
    with writing(kept) as used:
        used.execute("PRAGMA busy_timeout = 200")
    with closing(sqlite3.connect(kept, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        with refused(StoreError, "write_failed", path=kept), writing(kept):
            pytest.fail("another program has the lock")
        assert 0.15 < time.monotonic() - begun < database.BUSY
