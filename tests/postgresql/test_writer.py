"""The journal's writer on PostgreSQL: it survives a lost connection, and writes nothing once another app leads."""

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path

import psycopg
import pytest

from tests.store.records import CALL, OPEN, entry
from warmline.store.database import lease
from warmline.store.database.database import StoreError, connect
from warmline.store.journal import hash_chain, noted_heads, written_history
from warmline.store.journal.journal_entry import JournalEntry
from warmline.store.journal.journal_writer import JournalWriter
from warmline.system.database_address import DatabaseAddress

ENDED = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@contextmanager
def opened(database: DatabaseAddress, spill: Path) -> Iterator[JournalWriter]:
    writer = JournalWriter(database, spill)
    writer.open()
    try:
        yield writer
    finally:
        writer.close()


def turns(name: str, count: int = 20) -> list[JournalEntry]:
    return [JournalEntry(serial, f"{name}.{serial}", payload={}) for serial in range(count)]


def kinds(database: DatabaseAddress) -> list[str]:
    with closing(connect(database)) as db:
        return [kind for (kind,) in db.execute("SELECT kind FROM journal ORDER BY seq")]


def test_writer_writes_turns_and_records(database: DatabaseAddress, tmp_path: Path) -> None:
    async def write() -> None:
        with opened(database, tmp_path / "spill") as writer:
            await writer.record([entry(1, *((record, True) for record in OPEN))])
            assert CALL in writer.load_open()

    asyncio.run(write())
    assert hash_chain.verify(database) == [] and len(kinds(database)) == 1


def test_writer_continues_after_lost_connection(database: DatabaseAddress, tmp_path: Path) -> None:
    """Each connection is ended while turns are written; none is lost, and none is written twice."""

    async def write() -> None:
        with opened(database, tmp_path / "spill") as writer, psycopg.connect(database.whole, autocommit=True) as db:
            done = []
            for turn in turns("turn"):
                done.append(writer.record([turn]))
                await asyncio.to_thread(db.execute, ENDED)
            await asyncio.gather(*done)

    asyncio.run(write())
    assert kinds(database) == [turn.kind for turn in turns("turn")] and hash_chain.verify(database) == []


FORGET = "SET session_replication_role = replica; DELETE FROM journal WHERE seq > {}; DELETE FROM open_state"


@pytest.mark.fault(
    "the database's server forgets its last commits",
    "nothing",
    "the rows of the last minute are written again; with older ones missing, the same as with deleted files",
)
def test_rows_that_the_server_forgot_are_written_again(database: DatabaseAddress, tmp_path: Path) -> None:
    async def write() -> list[tuple[object, ...]]:
        with opened(database, tmp_path / "spill") as writer, psycopg.connect(database.whole, autocommit=True) as db:
            await writer.record(turns("turn", 3))
            await writer.record([entry(1, *((record, True) for record in OPEN))])
            before = db.execute("SELECT * FROM journal ORDER BY seq").fetchall()
            db.execute(FORGET.format(3).encode())
            await writer.record(turns("later", 1))
            assert CALL in writer.load_open()
            assert db.execute("SELECT * FROM journal ORDER BY seq LIMIT 4").fetchall() == before
            return before

    assert len(asyncio.run(write())) == 4
    assert hash_chain.verify(database) == [] and kinds(database)[-1] == "later.0"


def test_nothing_is_written_over_forgotten_rows_that_are_not_in_memory(
    database: DatabaseAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(written_history, "MAX_KEPT", 1)

    async def write() -> None:
        with opened(database, tmp_path / "spill") as writer, psycopg.connect(database.whole, autocommit=True) as db:
            for turn in turns("turn", 3):
                await writer.record([turn])
            db.execute(FORGET.format(1).encode())
            written = writer.record(turns("later", 1))
            done, _ = await asyncio.wait({written}, timeout=1.0)
            assert not done and writer.history_lost and "ends with row 1" in writer.problem
            done, _ = await asyncio.wait({written, writer.durable()}, timeout=0.3)
            assert not done
            assert writer.spilled[0] == 1, "the turn is kept in the spill file"

    asyncio.run(write())
    assert kinds(database) == ["turn.0"]
    assert [one.text()[:22] for one in noted_heads.look(database)] == ["rows 2 to 3 were there"]


def test_second_writer_is_refused(database: DatabaseAddress, tmp_path: Path) -> None:
    with opened(database, tmp_path / "spill"), pytest.raises(StoreError, match=r"is in use by process \d+ on"):
        JournalWriter(database, tmp_path / "other").open()


@pytest.mark.parametrize("_", range(20))
def test_two_writers_by_force_never_mix(
    database: DatabaseAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _: int
) -> None:
    """Both write at once. The journal has all acknowledged turns of the first, then those of the second alone."""
    acknowledged: list[str] = []

    async def record(writer: JournalWriter, name: str) -> None:
        with suppress(StoreError):
            for turn in turns(name):
                await writer.record([turn])
                acknowledged.append(turn.kind)

    async def write() -> None:
        with opened(database, tmp_path / "spill") as first:
            await record(first, "before")
            writing = asyncio.create_task(record(first, "first"))
            monkeypatch.setattr(lease, "take", partial(lease.take, by_force=True))
            second = JournalWriter(database, tmp_path / "other")
            await asyncio.to_thread(second.open)
            await asyncio.gather(writing, record(second, "second"))
            second.close()

    asyncio.run(write())
    found = kinds(database)
    assert found == sorted(found, key=lambda kind: ("before", "first", "second").index(kind.split(".")[0]))
    assert found == [one for one in found if one in set(acknowledged)] and {*found} == {*acknowledged}
    assert found[-20:] == [turn.kind for turn in turns("second")] and hash_chain.verify(database) == []
