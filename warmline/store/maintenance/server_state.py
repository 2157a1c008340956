"""Asks a server of PostgreSQL about itself, as far as it matters to calls."""

import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass

from warmline.store.database import lease
from warmline.store.database.database import connect, unreadable
from warmline.system.database_address import is_address

OLDEST = 150_000  # the number of PostgreSQL 15.0
STATE = """
    SELECT current_setting('server_version_num'), current_setting('server_version'),
        current_setting('synchronous_commit'), current_setting('synchronous_standby_names'),
        extract(epoch FROM clock_timestamp()), pg_has_role(current_user, 'pg_monitor', 'USAGE'),
        current_setting('fsync'),
        (SELECT reset_val FROM pg_settings WHERE name = 'synchronous_commit')
"""
STANDBYS = """
    SELECT count(*) FILTER (WHERE sync_state IN ('sync', 'quorum')),
        max(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)) FROM pg_stat_replication
"""


@dataclass(frozen=True, slots=True)
class ServerState:
    """The state of a server.

    `number` is its version as a number, such as 150018 for 15.18. With `waits`, a commit waits for a standby.
    `forgets` are settings with which a server that dies can forget what it has committed: `fsync`,
    `synchronous_commit`. `synchronous` is how many standbys are connected for which a commit waits, and the last
    standby is `behind` by so many bytes. Both are known if the user of the database `sees_standbys`. `ahead` is how far
    the server's clock is ahead of this machine's, and `answered` how long an answer took, both in seconds. `holder` is
    the process that leads, or led last.
    """

    number: int
    version: str
    waits: bool
    sees_standbys: bool
    synchronous: int
    behind: int
    ahead: float
    answered: float
    holder: str
    forgets: tuple[str, ...] = ()

    @property
    def is_old(self) -> bool:
        """Return whether Warmline does not support this version."""
        return self.number < OLDEST


def of(path: str) -> ServerState | None:
    """Return the state of the server of a database; None for a file. Raises StoreError."""
    if not is_address(path):
        return None
    with closing(connect(path)) as db:
        try:
            began, before = time.monotonic(), time.time()
            number, version, commits, names, clock, sees, fsync, usual = db.execute(STATE).fetchone()
            took = time.monotonic() - began
            synchronous, behind = db.execute(STANDBYS).fetchone()
            holder = str(db.execute(lease.HELD).fetchone()[0])
        except sqlite3.Error as error:
            raise unreadable(path, error) from None
    return ServerState(
        int(number),
        str(version),
        bool(names) and commits not in ("off", "local"),
        bool(sees),
        int(synchronous),
        int(behind or 0),
        float(clock) - before - took / 2,
        took,
        holder,
        tuple(name for name, value in (("fsync", fsync), ("synchronous_commit", usual)) if value == "off"),
    )
