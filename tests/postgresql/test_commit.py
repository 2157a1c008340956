"""The same turns written into both engines: every table is equal, cell by cell."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from itertools import cycle
from pathlib import Path

import pytest

from tests.postgresql.day_of_calls import lived
from tests.soak import examples
from warmline.store.database import lease
from warmline.store.database.database import connect
from warmline.store.journal import hash_chain
from warmline.store.journal.journal_entry import JournalEntry, Known, append, commit_function, head
from warmline.store.maintenance import table_chunks
from warmline.store.maintenance.move import move
from warmline.store.postgresql.schema import columns
from warmline.system.database_address import DatabaseAddress


def written(db: sqlite3.Connection, entries: Sequence[JournalEntry]) -> None:
    """Write entries in commits of one, three and seven turns."""
    known: Known = {}
    last, done = head(db), 0
    for size in cycle((1, 3, 7)):
        if done >= len(entries):
            return
        last = append(db, last, entries[done : done + size], known)
        done += size


def rows(db: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return [table_chunks.storable(row) for some in table_chunks.chunks(db, table) for row in some]


@pytest.mark.parametrize("seed", range(1, 1 + examples(1)))
def test_tables_of_both_engines_equal(tmp_path: Path, empty: DatabaseAddress, seed: int) -> None:
    before, entries = lived(tmp_path, seed, steps=45)
    move(before, empty)
    with closing(connect(before)) as lite, closing(connect(empty)) as server:
        lease.take(server, "test")
        written(lite, entries)
        written(server, entries)
        for table in columns():
            assert rows(server, table) == rows(lite, table), table
        assert hash_chain.verify(empty) == []
        count = dict.fromkeys(("attempt", "callback", "dnc", "disposition_entry", "fallback", "queue_wait"), 0)
        assert all(rows(lite, table) for table in count), "the day has every kind of record"
        again = "SELECT count(*) FROM lead WHERE next_try IS NOT NULL AND next_number <> ''"
        assert lite.execute(again).fetchone()[0], "triggers have changed leads"


def test_other_work_is_in_the_commit_of_turns(database: DatabaseAddress) -> None:
    with closing(connect(database)) as db:
        db.execute(commit_function())
        lease.take(db, "test")

        def fails(connection: sqlite3.Connection) -> None:
            raise ValueError

        with pytest.raises(ValueError):
            append(db, head(db), [JournalEntry(1, "app.started", payload={})], {}, fails)
        db.execute("ROLLBACK")
        assert head(db).seq == 0

        def works(connection: sqlite3.Connection) -> None:
            connection.execute("INSERT INTO dnc VALUES ('1', '', 1, 'test', '')")

        append(db, head(db), [JournalEntry(1, "app.started", payload={})], {}, works)
        assert (head(db).seq, len(rows(db, "dnc"))) == (1, 1)
