"""A writer in a hurry gets the lock soon after it is free, and waits no longer than it may."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from warmline.store.database import urgent_write


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "some.db"
    with closing(sqlite3.connect(made)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE some (value)")
    return made


@pytest.fixture
def hurried(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as db:
        yield db


def test_a_lock_is_taken_once_its_holder_has_ended(path: Path, hurried: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        later = threading.Timer(0.05, holder.execute, ["ROLLBACK"])
        later.start()
        urgent_write.begin(hurried, 10.0)
        later.join()  # sqlite3 crashes if a connection is closed while another thread is still in execute
        assert hurried.in_transaction and not holder.in_transaction


def test_a_lock_that_stays_taken_is_an_error_in_time(path: Path, hurried: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            urgent_write.begin(hurried, 0.1)
        assert time.monotonic() - began >= 0.1 and not hurried.in_transaction
