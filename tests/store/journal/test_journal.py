"""The writer: in order, complete, and patient with a locked file."""

import asyncio
import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.records import CALL, DISPOSITION, OPEN, TAKEN, entry
from tests.wording.said import refused
from warmline.store.database import database
from warmline.store.database.database import StatementFailed, StoreError
from warmline.store.database.database_fault import Fault
from warmline.store.journal import hash_chain, journal_writer
from warmline.store.journal.journal_entry import JournalEntry
from warmline.store.journal.journal_writer import JournalWriter

WAIT = 10.0  # seconds; only a failing test takes this long


@contextmanager
def opened(path: Path) -> Iterator[JournalWriter]:
    writer = JournalWriter(path)
    writer.open()
    try:
        yield writer
    finally:
        writer.close()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the write lock as another program."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(database.connect(path)) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Wait until the writer has logged that the file is locked, which it soon does."""
    monkeypatch.setattr(journal_writer, "BUSY", 0.01)
    said = threading.Event()

    class Listen(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if "wait for database" in record.getMessage():
                said.set()

    handler = Listen()
    journal_writer.log.addHandler(handler)
    yield said
    journal_writer.log.removeHandler(handler)


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[sqlite3.Connection]:
    """Return the connections that the journal opens."""
    made: list[sqlite3.Connection] = []

    def connect(path: Path, *, busy: float = 1.0) -> sqlite3.Connection:
        made.append(database.connect(path, busy=busy))
        return made[-1]

    monkeypatch.setattr(journal_writer, "connect", connect)
    return made


async def test_a_record_is_on_disk_when_its_future_is_done(db: Path) -> None:
    with opened(db) as writer:
        assert (writer.last_time(), writer.load_open()) == (0, [])
        await asyncio.wait_for(writer.record([entry(1), entry(2, *((record, True) for record in OPEN))]), WAIT)
        assert rows(db, "SELECT seq, at, kind, call, agent FROM journal") == [
            (1, 1, "leg.joined", "01CALL", "1000"),
            (2, 2, "leg.joined", "01CALL", "1000"),
        ]
        assert rows(db, "SELECT payload FROM journal WHERE seq = 1") == [('{"leg":"1700000000.1","bridge":"room-1"}',)]
        assert (writer.last_time(), writer.backlog) == (2, 0)
        assert sorted(writer.load_open(), key=str) == sorted(OPEN, key=str)


async def test_rows_are_derived_and_brought_up_to_date(db: Path) -> None:
    with opened(db) as writer:
        await writer.record([entry(1, (CALL, True), (DISPOSITION, False), (TAKEN, False))])
        await writer.record([entry(2, (replace(CALL.with_outcome(ended_by="customer"), ended=9), False))])
        assert rows(db, "SELECT id, arrived, ended, ended_by FROM call") == [("01CALL", 5, 9, "customer")]
        assert rows(db, "SELECT call, status FROM disposition_entry") == [("01CALL", "SALE")]
        assert rows(db, "SELECT id, at, number, reason FROM fallback") == [("01AWAY", 7, "5550000", "the app is away")]
        assert writer.load_open() == []


async def test_a_row_that_has_gone_is_written_whole(db: Path) -> None:
    with opened(db) as writer:
        await writer.record([entry(1, (CALL, True))])
        with closing(database.connect(db)) as other:
            other.execute("DELETE FROM call")
        await writer.record([entry(2, (replace(CALL, ended=9), True))])
    assert rows(db, "SELECT id, arrived, ended FROM call") == [("01CALL", 5, 9)]


async def test_a_lead_gets_the_last_agent_of_a_call_with_the_same_status(db: Path) -> None:
    with closing(database.connect(db)) as other:
        other.execute(
            "INSERT INTO lead (lead_id, list_id, entry_date, modify_date, phone_number) VALUES (7, '998', 1, 1, '1')"
        )
    known = replace(CALL.with_outcome(status="SALE", last_agent="1000"), lead=7)
    with opened(db) as writer:
        await writer.record([entry(1, (known, True))])
        await writer.record([entry(2, (known.with_outcome(last_agent="1001"), True))])
    assert rows(db, 'SELECT status, "user" FROM lead') == [("SALE", "1001")]


async def test_a_lead_who_opted_out_without_the_app_is_on_the_list(db: Path) -> None:
    with opened(db) as writer:
        await writer.record([entry(1)])
        assert rows(db, "SELECT * FROM dnc") == []
        await writer.record([replace(entry(2), opted_out="+49 30 555"), replace(entry(3), opted_out="+49 30 555")])
        why = "opted out in the safe harbour message"
        assert rows(db, "SELECT * FROM dnc") == [("4930555", "", 2, "lead", why)]


async def test_of_one_record_in_a_batch_the_last_form_stays(db: Path) -> None:
    with opened(db) as writer:
        await writer.record([entry(1, (CALL, True)), entry(2, (replace(CALL, ended=2), False))])
        await writer.record(
            [entry(3, (replace(CALL, id="01B"), True)), entry(4, (replace(CALL, id="01B", number="9"), True))]
        )
        found = rows(db, "SELECT id, number, ended FROM call ORDER BY id")
        assert found == [("01B", "9", None), ("01CALL", CALL.number, 2)]
        assert [record.id for record in writer.load_open()] == ["01B"]


async def test_a_locked_file_is_waited_for_and_order_kept(
    db: Path, waiting: threading.Event, connections: list[sqlite3.Connection]
) -> None:
    with opened(db) as writer:
        begun: list[str] = []
        connections[0].set_trace_callback(lambda sql: begun.append(sql) if sql == "COMMIT" else None)
        with locked(db):
            futures = [writer.record([entry(at)]) for at in range(1, 51)]
            assert await asyncio.to_thread(waiting.wait, WAIT)
            futures += [writer.record([entry(at)]) for at in range(51, 101)]
            assert not any(future.done() for future in futures)
            assert writer.backlog == 100
        await asyncio.wait_for(asyncio.gather(*futures), WAIT)
        assert rows(db, "SELECT seq, at FROM journal ORDER BY seq") == [(at, at) for at in range(1, 101)]
        assert len(begun) <= 3  # rows that arrived in this time are in one transaction
    assert hash_chain.verify(db) == []


@pytest.mark.fault(
    "the disk is full",
    "the same as with a locked database; without room for the spill file, commands have effect and are not confirmed",
    "all changes in order, when the disk has space",
)
async def test_the_journal_waits_for_space_on_a_full_disk(
    db: Path, waiting: threading.Event, connections: list[sqlite3.Connection]
) -> None:
    with opened(db) as writer:
        connections[0].execute("PRAGMA max_page_count = 1")  # SQLite uses the current size as the minimum
        futures = [writer.record([replace(entry(at), agent="x" * 500)]) for at in range(1, 101)]
        assert await asyncio.to_thread(waiting.wait, WAIT)
        connections[0].execute("PRAGMA max_page_count = 100000")
        await asyncio.wait_for(asyncio.gather(*futures), WAIT)
    assert rows(db, "SELECT count(*), max(seq) FROM journal") == [(100, 100)]
    assert hash_chain.verify(db) == []


@pytest.mark.fault(
    "the disk is read-only",
    "parties keep talking; commands have effect and are not confirmed",
    "all changes in order, when the disk is writable",
)
async def test_the_journal_waits_for_a_disk_that_became_read_only(
    db: Path, waiting: threading.Event, connections: list[sqlite3.Connection]
) -> None:
    with opened(db) as writer:
        connections[0].execute("PRAGMA query_only = ON")
        futures = [writer.record([entry(at)]) for at in range(1, 11)]
        assert await asyncio.to_thread(waiting.wait, WAIT)
        connections[0].execute("PRAGMA query_only = OFF")
        await asyncio.wait_for(asyncio.gather(*futures), WAIT)
    assert rows(db, "SELECT count(*), max(seq) FROM journal") == [(10, 10)]
    assert hash_chain.verify(db) == []


@pytest.mark.parametrize(
    "wrong",
    [JournalEntry(2, "Odd", payload=object()), entry(2, (CALL, True), (replace(CALL, id="01B", number=None), True))],  # type: ignore[arg-type]  # a bug in the core
    ids=["not to be encoded", "not to be stored"],
)
async def test_an_entry_that_cannot_be_written_fails_alone_without_a_trace(
    db: Path, wrong: JournalEntry, waiting: threading.Event
) -> None:
    with opened(db) as writer:
        with locked(db):  # so that all three are in one batch
            first = writer.record([entry(1)])
            assert await asyncio.to_thread(waiting.wait, WAIT)
            before, bad, after = (writer.record([one]) for one in (entry(10), wrong, entry(11)))
        await asyncio.wait_for(asyncio.wait([first, before, bad, after]), WAIT)
        error = bad.exception()
        assert isinstance(error, TypeError | StatementFailed)
        assert not isinstance(error, StatementFailed) or error.fault is Fault.OTHER
        assert [future.exception() for future in (first, before, after)] == [None] * 3
        assert rows(db, "SELECT seq, at FROM journal ORDER BY seq") == [(1, 1), (2, 10), (3, 11)]
        assert rows(db, "SELECT count(*) FROM call") == [(0,)]
        assert writer.backlog == 0
    assert hash_chain.verify(db) == []


async def test_closing_writes_the_remaining_entries(db: Path) -> None:
    with opened(db) as writer:
        future = writer.record([entry(at) for at in range(1, 1001)])
    await asyncio.wait_for(future, WAIT)
    assert rows(db, "SELECT count(*) FROM journal") == [(1000,)]


async def test_closing_does_not_wait_for_ever(db: Path, waiting: threading.Event) -> None:
    writer = JournalWriter(db)
    writer.open()
    with locked(db):
        future = writer.record([entry(1)])
        assert await asyncio.to_thread(waiting.wait, WAIT)
        writer.close(timeout=0.01)
        with pytest.raises(StatementFailed, match=r"^database is locked$") as raised:
            await asyncio.wait_for(future, WAIT)
        assert raised.value.fault is Fault.LOCKED
    with opened(db) as again:
        await again.record([entry(1)])


async def test_a_cancelled_future_affects_no_other_entry(db: Path) -> None:
    with opened(db) as writer:
        with locked(db):
            writer.record([entry(1)]).cancel()
            future = writer.record([entry(2)])
        await asyncio.wait_for(future, WAIT)
    assert rows(db, "SELECT count(*) FROM journal") == [(2,)]


def test_a_second_app_on_one_database_is_refused(db: Path) -> None:
    with opened(db), refused(StoreError, "database_in_use"):
        JournalWriter(db).open()
    with opened(db):
        pass


def test_a_database_that_cannot_be_opened_is_not_kept_locked(tmp_path: Path) -> None:
    for _ in range(2):
        with refused(StoreError, "database_missing"):
            JournalWriter(tmp_path / "none.db").open()


NEW_LIST = "INSERT INTO list (id) VALUES (?)"


async def test_other_work_is_on_disk_when_its_future_is_done(db: Path) -> None:
    with opened(db) as writer:
        recorded = writer.record([entry(1)])
        made = writer.do(lambda connection: connection.execute(NEW_LIST, ["A"]).rowcount)
        assert await asyncio.wait_for(made, WAIT) == 1
        assert recorded.done()
        assert rows(db, "SELECT count(*) FROM list WHERE id = 'A'") == [(1,)]


async def test_a_failing_task_changes_nothing_and_affects_no_other(db: Path) -> None:
    def fails(connection: sqlite3.Connection) -> None:
        connection.execute(NEW_LIST, ["B"])
        raise ValueError("no")

    with opened(db) as writer, locked(db):
        failed, also = writer.do(fails), writer.record([entry(1)])
        refused = writer.do(lambda connection: connection.execute("SELECT 1 FROM nowhere"))
        made = writer.do(lambda connection: connection.execute(NEW_LIST, ["C"]).rowcount)
    with pytest.raises(ValueError, match="no"):
        await failed
    with pytest.raises(StatementFailed, match=r"^no such table: nowhere$"):
        await refused
    await also
    assert await made == 1
    assert rows(db, "SELECT id FROM list WHERE id IN ('B', 'C')") == [("C",)]
    assert rows(db, "SELECT seq FROM journal") == [(1,)]
