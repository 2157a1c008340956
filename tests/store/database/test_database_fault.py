"""The kinds of SQLite's errors, each made by SQLite itself, as callers of the store see them."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.wording.said import refused
from warmline.store.database.database import StatementFailed, StoreError, connect
from warmline.store.database.database_fault import PASSING, Fault, fault_of
from warmline.store.database.reading import ReadInterrupted, reading, within
from warmline.store.database.writing import writing
from warmline.text.coded_error import CodedError

INSERT = "INSERT INTO list (id) VALUES (?)"
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


@contextmanager
def failing(fault: Fault) -> Iterator[None]:
    """Expect an error of SQLite of that kind, from a connection of the block."""
    with pytest.raises(sqlite3.Error) as raised:
        yield
    assert fault_of(raised.value) is fault
    assert StatementFailed(raised.value).fault is fault
    assert str(StatementFailed(raised.value)) == str(raised.value)


def fault_in(raised: pytest.ExceptionInfo[CodedError]) -> Fault | None:
    assert isinstance(raised.value, StoreError)
    return raised.value.fault


@pytest.mark.parametrize(
    "sql", ["SELECT 1 FROM nowhere", "SELECT nothing FROM list", "INSERT INTO list (id) VALUES (NULL)", "SELEC 1"]
)
def test_a_faulty_statement_is_never_tried_again(db: Path, sql: str) -> None:
    with closing(connect(db)) as opened, failing(Fault.OTHER):
        opened.execute(sql)
    assert Fault.OTHER not in PASSING


def test_a_file_that_is_no_database_tells_its_fault(tmp_path: Path) -> None:
    path = tmp_path / "warmline.db"
    path.write_bytes(b"no database" * 1000)
    with refused(StoreError, "database_not_opened") as error:
        connect(path)
    assert fault_in(error) is Fault.DAMAGED
    assert Fault.DAMAGED not in PASSING


def test_reads_and_writes_tell_the_fault(db: Path) -> None:
    with refused(StoreError, "database_unreadable") as read, reading(db) as opened:
        opened.execute("SELECT 1 FROM nowhere")
    with refused(StoreError, "write_failed") as written, writing(db) as opened:
        opened.execute("INSERT INTO nowhere VALUES (1)")
    assert fault_in(read) is fault_in(written) is Fault.OTHER


def test_an_interrupted_read_tells_the_fault(db: Path) -> None:
    with pytest.raises(ReadInterrupted) as error, within(time.monotonic()), reading(db) as opened:
        opened.execute(ENDLESS).fetchall()
    assert fault_in(error) is Fault.INTERRUPTED
