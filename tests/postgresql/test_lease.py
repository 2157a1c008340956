"""The lease of the app that leads: taken, renewed, lost, and asked by every commit."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from warmline.store.database import leader_epoch, lease, lease_renewal
from warmline.store.database.database import StoreError, connect
from warmline.store.database.lease_renewal import HeldLease
from warmline.store.journal.journal_entry import ChainHead, JournalEntry, append, commit_function, head
from warmline.system.database_address import DatabaseAddress

OVER = "UPDATE lease SET until = clock_timestamp() - interval '1 s'"
SOON = "UPDATE lease SET until = clock_timestamp() + interval '1 s' RETURNING until"
ENDED = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture
def first(database: DatabaseAddress) -> Iterator[sqlite3.Connection]:
    """Provide the connection of an app that leads."""
    with closing(connect(database)) as db:
        db.execute(commit_function())
        lease.take(db, "first")
        yield db


def written(db: sqlite3.Connection, last: ChainHead, kind: str) -> ChainHead:
    return append(db, last, [JournalEntry(1, kind, payload={})], {})


def kinds(db: sqlite3.Connection) -> list[str]:
    return [kind for (kind,) in db.execute("SELECT kind FROM journal ORDER BY seq")]


def test_lease_held_is_refused(first: sqlite3.Connection, database: DatabaseAddress) -> None:
    with closing(connect(database)) as second:
        with pytest.raises(StoreError) as refused:
            lease.take(second, "second")
        assert str(refused.value) == "the database is in use by first; stop that app first"
        assert lease.epoch_of(second) == 1


def test_lease_of_ended_session_is_free_at_once(first: sqlite3.Connection, database: DatabaseAddress) -> None:
    with closing(connect(database)) as second:
        first.close()
        taken: list[int] = []
        while not taken:  # the server ends the session a moment later
            try:
                taken.append(lease.take(second, "second"))
            except StoreError:
                continue
        assert taken == [2]


def test_lease_not_renewed_is_free(first: sqlite3.Connection, database: DatabaseAddress) -> None:
    first.execute(OVER)
    with closing(connect(database)) as second:
        assert lease.take(second, "second") == 2
        assert not lease.renew(first, 1) and lease.renew(second, 2)


def test_commit_of_older_epoch_is_refused(first: sqlite3.Connection, database: DatabaseAddress) -> None:
    last = written(first, head(first), "of.first")
    with closing(connect(database)) as second:
        lease.take(second, "second", by_force=True)
        with pytest.raises(sqlite3.OperationalError, match="another app leads"):
            written(first, last, "late")
        written(second, head(second), "of.second")
        assert kinds(second) == ["of.first", "of.second"]


def test_commit_without_lease_is_refused(first: sqlite3.Connection, database: DatabaseAddress) -> None:
    with closing(connect(database)) as other, pytest.raises(sqlite3.OperationalError, match="another app leads"):
        written(other, head(other), "of.other")


def test_lease_is_not_taken_within_a_commit(first: sqlite3.Connection, database: DatabaseAddress) -> None:
    """An epoch begins behind the last commit of the epoch before."""
    first.execute("BEGIN IMMEDIATE")
    first.execute('SELECT commit_turns(\'{"journal": [], "rows": []}\')')
    with closing(connect(database)) as second:
        second.execute("SET lock_timeout = 100")
        with pytest.raises(sqlite3.OperationalError, match="database is locked"):
            lease.take(second, "second", by_force=True)
        first.execute("COMMIT")
        assert lease.take(second, "second", by_force=True) == 2


def test_commit_repeated_after_lost_answer_writes_once(first: sqlite3.Connection) -> None:
    before = head(first)
    assert written(first, before, "once") == written(first, before, "once") == head(first)
    assert kinds(first) == ["once"]


def test_holder_renews_until_its_end(database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease_renewal, "RENEWED", 0.01)
    held = HeldLease(database)
    with psycopg.connect(database.whole, autocommit=True) as db:
        [soon] = db.execute(SOON).fetchone() or [None]
        while db.execute("SELECT until FROM lease").fetchone() == (soon,):
            assert not held.lost.is_set()
        held.close()
        assert db.execute("SELECT until = '-infinity', epoch FROM lease").fetchone() == (True, 1)


def test_holder_survives_lost_connection(database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease_renewal, "RENEWED", 0.01)
    with closing(HeldLease(database)) as held, psycopg.connect(database.whole, autocommit=True) as db:
        db.execute(ENDED)
        [soon] = db.execute(SOON).fetchone() or [None]
        while db.execute("SELECT until FROM lease").fetchone() == (soon,):
            assert not held.lost.is_set()
        assert db.execute("SELECT epoch FROM lease").fetchone() == (1,)


def test_holder_notices_loss(database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease_renewal, "RENEWED", 0.01)
    with closing(HeldLease(database)) as held, closing(connect(database)) as second:
        lease.take(second, "second", by_force=True)
        assert held.lost.wait(20)


def test_gates_know_app_by_epoch_of_lease(database: DatabaseAddress) -> None:
    """The number goes on from the file that was moved there, and a way back to a file takes it along."""
    with psycopg.connect(database.whole) as db:
        db.execute("INSERT INTO meta VALUES ('leader_epoch', '41')")
    with closing(HeldLease(database)) as held:
        assert held.epoch == leader_epoch.begin_next(database) == leader_epoch.read(database) == 42
        assert leader_epoch.before_start(database) == 41
        with closing(connect(database)) as other:
            assert lease.take(other, "other", by_force=True) == leader_epoch.read(database) == 43
            assert leader_epoch.of_process(database) == 42
            [noted] = other.execute("SELECT value FROM meta WHERE key = 'leader_epoch'").fetchone()
            assert noted == "42"
        with pytest.raises(StoreError, match="another app leads"):
            leader_epoch.must_lead(database)
    leader_epoch.must_lead(database)  # a command of an administrator
