"""The lease of the app that leads: a row in PostgreSQL, as leader_lock_file.py is for a database in one file.

The row has an epoch, which each app that takes the lease raises. The function that writes turns refuses those of an
older epoch, so the records of one app alone are written. An app that takes the lease waits for the end of a commit, and
a renewal waits for nothing. The time is PostgreSQL's.
"""

import sqlite3

from warmline.store.database.database import StoreError
from warmline.store.postgresql.pairs import LEADER, WRITER

LENGTH = 2.0  # seconds that a lease is valid after it was renewed

IS_FREE = f"SELECT CASE WHEN pg_try_advisory_lock({LEADER}) THEN 1 ELSE 0 END"
KEEP_FREE = f"SELECT pg_try_advisory_xact_lock({LEADER})"
TAKE = """
    UPDATE lease SET epoch = 1 + greatest(epoch, coalesce((SELECT CAST(value AS bigint) FROM meta
        WHERE key = 'leader_epoch'), 0)), holder = ?, until = clock_timestamp() + ? * interval '1 s'
    WHERE until < clock_timestamp() OR ? = 1 RETURNING epoch
"""
BEGIN, LOCK = "BEGIN READ WRITE", f"SELECT pg_advisory_xact_lock({WRITER})"
RENEW = "UPDATE lease SET until = clock_timestamp() + ? * interval '1 s' WHERE epoch = ? RETURNING epoch"
RELEASE = "UPDATE lease SET until = '-infinity' WHERE epoch = ?"
USE = "SELECT set_config('warmline.epoch', ?, false)"
HELD = "SELECT holder FROM lease"
EPOCH = "SELECT epoch FROM lease"


def take(connection: sqlite3.Connection, holder: str, *, by_force: bool = False) -> int:
    """Take the lease for the session of this connection, and return the new epoch.

    It is free immediately when the session of its holder has ended; otherwise, when it was not renewed in time. With
    `by_force`, it is taken from a holder who renews it.

    Raises:
        StoreError: another app leads, which the text names.
        sqlite3.Error: PostgreSQL does not answer.
    """
    free = guard_session(connection)
    taken = _taken(connection, (holder, LENGTH, int(free or by_force)))
    if not taken:
        raise StoreError(
            "lease_held",
            "the database is in use by {holder}; stop that app first",
            holder=connection.execute(HELD).fetchone()[0],
        )
    use(connection, taken)
    return taken


def _taken(connection: sqlite3.Connection, values: tuple[str, float, int]) -> int:
    """Raise the epoch between two writers, and return it; 0 if the lease is not free."""
    connection.execute(BEGIN)
    try:
        connection.execute(LOCK)
        found = connection.execute(TAKE, values).fetchone()
    except sqlite3.Error:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return int(found[0]) if found else 0


def must_be_free(connection: sqlite3.Connection) -> None:
    """Keep apps and writers out until the end of the transaction of this connection.

    Raises:
        StoreError: an app leads.
        sqlite3.Error: a writer does not end in time, or PostgreSQL does not answer.
    """
    if not connection.execute(KEEP_FREE).fetchone()[0]:
        raise StoreError("lease_in_use", "the app leads; stop it first")
    connection.execute(LOCK)


def guard_session(connection: sqlite3.Connection) -> bool:
    """Let the lease end as soon as the session of this connection ends; return whether no other session does.

    Raises sqlite3.Error.
    """
    return bool(connection.execute(IS_FREE).fetchone()[0])


def use(connection: sqlite3.Connection, epoch: int) -> None:
    """Let the commits of another connection be those of this epoch. Raises sqlite3.Error."""
    connection.execute(USE, (str(epoch),))


def renew(connection: sqlite3.Connection, epoch: int) -> bool:
    """Renew the lease; return whether this epoch still leads. Raises sqlite3.Error."""
    return connection.execute(RENEW, (LENGTH, epoch)).fetchone() is not None


def release(connection: sqlite3.Connection, epoch: int) -> None:
    """End the lease, if this epoch still leads. Raises sqlite3.Error."""
    connection.execute(RELEASE, (epoch,))


def epoch_of(connection: sqlite3.Connection) -> int:
    """Return the epoch that leads, or led last. Raises sqlite3.Error."""
    return int(connection.execute(EPOCH).fetchone()[0])
