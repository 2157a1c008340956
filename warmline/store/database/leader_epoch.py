"""The epoch of the app that leads: a number that each start raises.

With a database in a file it is in table `meta`, and only an app with several servers has one. With PostgreSQL it is
that of the lease (lease.py), which each app takes.
"""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from warmline.store.database import lease
from warmline.store.database.database import StoreError, connect
from warmline.store.database.reading import reading
from warmline.store.database.writing import writing
from warmline.store.postgresql import write_epoch
from warmline.system.database_address import is_address

READ = "SELECT value FROM meta WHERE key = 'leader_epoch'"
NOTE = "INSERT INTO meta VALUES ('leader_epoch', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
RAISE = """
    INSERT INTO meta VALUES ('leader_epoch', '1')
    ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(meta.value AS INTEGER) + 1 AS TEXT)
"""


def read(path: str | Path) -> int:
    """Return the epoch of the last start; 0 if there was none with several servers. Raises StoreError."""
    with reading(path) as db:
        if is_address(path):
            return lease.epoch_of(db)
        row = db.execute(READ).fetchone()
    return int(row[0]) if row else 0


def of_process(path: str | Path) -> int:
    """Return the epoch for which this process works; that of the last start if it has none. Raises StoreError."""
    return write_epoch.current() or read(path)


def before_start(path: str | Path) -> int:
    """Return the epoch of the start before that of this process. Raises StoreError."""
    return write_epoch.current() - 1 if is_address(path) else read(path)


def must_lead(path: str | Path) -> None:
    """Raise StoreError if this process works for an app that does not lead, before a deed that is no write.

    A database in a file has one app, and a command of an administrator works for none.
    """
    if is_address(path) and (own := write_epoch.current()) and read(path) != own:
        raise StoreError("app_leads_no_more", "another app leads database {path}; this one does nothing", path=path)


def raise_to(path: str | Path, epoch: int) -> int:
    """Raise the epoch to this number if it is lower, in a commit; return the number that it has. Raises StoreError.

    The database may be one of another Warmline.
    """
    with closing(connect(path, any_schema=True)) as db:
        try:
            row = db.execute(READ).fetchone()
            if (known := int(row[0]) if row else 0) >= epoch:
                return known
            db.execute(NOTE, (str(epoch),))
            return epoch
        except sqlite3.Error as error:
            raise StoreError(
                "epoch_not_raised", "the epoch in database {path} is not raised: {why}", path=path, why=error
            ) from None


def of_any(path: str | Path) -> int:
    """Return the epoch in a database that may be missing, damaged or another Warmline's; 0 if it has none."""
    if not is_address(path) and not Path(path).exists():
        return 0
    with suppress(StoreError, sqlite3.Error, ValueError), closing(connect(path, any_schema=True)) as db:
        row = db.execute(READ).fetchone()
        return int(row[0]) if row else 0
    return 0


def begin_next(path: str | Path) -> int:
    """Raise the epoch in a commit, and return it; that of a lease was raised when it was taken. Raises StoreError.

    It is noted in `meta`, too, because it goes with a database that moves: gates do not obey a lower one.
    """
    with writing(path) as db:
        if is_address(path):
            db.execute(NOTE, (str(write_epoch.current()),))
            return write_epoch.current()
        db.execute(RAISE)
        return int(db.execute(READ).fetchone()[0])
