"""A connection to PostgreSQL behind the doors of the store: as one of SQLite, with its errors."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.postgresql.databases import FINGERPRINT_ROW
from warmline.store.database.database import StoreError, connect
from warmline.store.database.database_fault import PASSING, Fault, fault_of
from warmline.store.database.reading import ReadInterrupted, reading, within
from warmline.store.database.writing import writing
from warmline.store.maintenance import server_state
from warmline.store.postgresql.server_connection import opened
from warmline.system.database_address import DatabaseAddress

SLOW = "SELECT count(*) FROM generate_series(1, 100000000)"


@pytest.fixture
def address(database: DatabaseAddress) -> DatabaseAddress:
    with closing(connect(database, any_schema=True)) as db:
        db.execute("DELETE FROM meta WHERE key = 'fingerprint'")
        db.execute(FINGERPRINT_ROW)
    return database


@pytest.fixture
def db(address: DatabaseAddress) -> "Iterator[Any]":
    with closing(connect(address, busy=0.05)) as connection:
        yield connection


def test_values_and_rows_are_as_of_sqlite(db: Any) -> None:
    db.row_factory = sqlite3.Row
    [found] = db.execute("SELECT ? AS a, sum(seconds) AS b, 1 = 1 AS c, ? FROM timezone_offset", (True, "x")).fetchall()
    assert (found["a"], found["b"], found["c"], found[3]) == (1, 0, 1, "x")
    assert dict(found).keys() >= {"a", "b", "c"} and not isinstance(found["c"], bool)


def test_writing_is_rolled_back_after_an_error(address: DatabaseAddress) -> None:
    with pytest.raises(ZeroDivisionError), writing(address) as db:
        db.execute("INSERT INTO list (id) VALUES ('7')")
        raise ZeroDivisionError
    with reading(address) as db:
        assert db.execute("SELECT count(*) FROM list WHERE id = '7'").fetchone()[0] == 0


def test_commit_after_a_failed_statement_is_an_error(db: Any) -> None:
    db.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("INSERT INTO list (id) VALUES ('999')")
    with pytest.raises(sqlite3.OperationalError, match="nothing was changed"):
        db.execute("COMMIT")


def test_one_writer_at_a_time(address: DatabaseAddress, db: Any) -> None:
    with writing(address):
        with pytest.raises(sqlite3.OperationalError, match="database is locked") as refused:
            db.execute("BEGIN IMMEDIATE")
        assert fault_of(refused.value) is Fault.LOCKED and not db.in_transaction
    db.execute("BEGIN IMMEDIATE")


def test_read_is_interrupted_in_time(address: DatabaseAddress) -> None:
    began = time.monotonic()
    with pytest.raises(ReadInterrupted), within(began + 0.2), reading(address) as db:
        db.execute(SLOW).fetchall()
    assert time.monotonic() - began < 20


def test_lost_connection_is_a_passing_fault(address: DatabaseAddress, db: Any) -> None:
    with closing(connect(address)) as other:
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    with pytest.raises(sqlite3.OperationalError) as lost:
        db.execute("SELECT 1")
    assert fault_of(lost.value) in PASSING


def test_each_session_that_writes_waits_for_the_disk(address: DatabaseAddress) -> None:
    name = address.rpartition("/")[2]
    with closing(opened(address, 1.0)) as other:
        for usual, ours, forgets in (("off", "on", True), ("remote_apply", "remote_apply", False), ("on", "on", False)):
            other.as_written(f"ALTER DATABASE {name} SET synchronous_commit = {usual}")
            with closing(connect(address)) as db:
                assert db.execute("SHOW synchronous_commit").fetchone() == (ours,)
            state = server_state.of(address)
            assert state and ("synchronous_commit" in state.forgets) is forgets and "fsync" in state.forgets


def test_errors_of_an_address_show_no_password(address: DatabaseAddress) -> None:
    wrong = DatabaseAddress(address.whole.replace("/warmline_", "/no_such_"))
    with pytest.raises(StoreError) as missing:
        connect(wrong)
    refused = DatabaseAddress("postgresql://warmline:secret word@127.0.0.1:1/x")
    with pytest.raises(StoreError) as away:
        connect(refused)
    assert fault_of(away.value.__cause__) in PASSING
    with pytest.raises(StoreError) as unclear:
        connect(DatabaseAddress("postgresql://user:secret/word@127.0.0.1:1/x"))
    assert "an unclear address; write / ? # @ of a password as %2F" in str(unclear.value)
    for said in (missing.value, away.value, unclear.value):
        assert "secret" not in str(said) and "not%20for" not in str(said) and "not for" not in str(said)


@pytest.mark.parametrize(
    ("whole", "shown"),
    [
        ("postgresql://u:p%40@h:5432/db", "postgresql://u@h:5432/db"),
        ("postgresql://u:p?w@h/db", "postgresql://..."),
        ("postgresql://u:p/w@h/db", "postgresql://..."),
        ("postgresql://h/db?password=secret", "postgresql://h/db"),
        ("postgresql://h/db?password=sec@ret", "postgresql://..."),
        ("postgres://a:b@h1:1,h2:2/x?target_session_attrs=read-write", "postgresql://a@h1:1,h2:2/x"),
    ],
)
def test_address_shows_no_password(whole: str, shown: str) -> None:
    address = DatabaseAddress(whole)
    assert f"{address}" == shown and address.whole == str(address).whole == whole  # type: ignore[attr-defined]


def test_reading_process_finds_the_server_that_writes(address: DatabaseAddress) -> None:
    """Such an address has two servers, as the page about a switch of the primary says."""
    both = DatabaseAddress(f"{address.whole}?target_session_attrs=read-write")
    with closing(opened(both, 1.0, only_read=True)) as db:
        assert db.execute("SELECT 1").fetchone() == (1,)
        with pytest.raises(sqlite3.OperationalError, match="read-only"):
            db.execute("DELETE FROM list")


def test_psycopg_is_loaded_for_an_address_alone(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom warmline.store.migrations.schema_migration import migrate\n"
        "from warmline.store.database.reading import reading\n"
        "from cli import main; import ari_app.app, ari_app.api_process\n"
        "migrate(sys.argv[1])\nwith reading(sys.argv[1]) as db: db.execute('SELECT 1')\n"
        "assert not [name for name in sys.modules if name.startswith('psycopg')]"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path / "warmline.db"], check=True, timeout=60)
