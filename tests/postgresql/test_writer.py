"""The journal's writer on PostgreSQL: it survives a lost connection, and writes nothing once another app leads."""

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path

import psycopg
import pytest

from tests.postgresql.at_night import at_night
from tests.store.records import CALL, OPEN, entry
from warmline.store.database import lease
from warmline.store.database.database import StoreError, connect
from warmline.store.journal import hash_chain
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


def test_second_writer_is_refused(database: DatabaseAddress, tmp_path: Path) -> None:
    with opened(database, tmp_path / "spill"), pytest.raises(StoreError, match=r"is in use by process \d+ on"):
        JournalWriter(database, tmp_path / "other").open()


@at_night
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


def test_second_writer_by_force_writes_alone(
    database: DatabaseAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the moment at which the second one leads, the journal has no turn of the first."""

    async def write() -> None:
        with opened(database, tmp_path / "spill") as first:
            await first.record(turns("before", 3))
            monkeypatch.setattr(lease, "take", partial(lease.take, by_force=True))
            with opened(database, tmp_path / "other") as second:
                await second.record(turns("second", 3))
                with pytest.raises(StoreError, match="another app leads"):
                    await first.record(turns("first", 3))
                await second.record(turns("third", 3))

    asyncio.run(write())
    expected = [turn.kind for name in ("before", "second", "third") for turn in turns(name, 3)]
    assert kinds(database) == expected and hash_chain.verify(database) == []
