"""Long work on a database that others write to: many short transactions, with time for the others in between."""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from warmline.store.database.database import StoreError, connect

PATIENCE = 60.0  # seconds to wait for the write lock: this work has time
LEAST, MOST = 20, 2000  # statements of one transaction
HELD = 0.005  # seconds for which the write lock is held, about
REST = 2.0  # times as long as it was held it is left to others

Statement = tuple[str, Sequence[Any]]


def import_interrupted(path: str | Path, why: object) -> StoreError:
    """Make the error for an import that the database ended; what was imported until then stays."""
    return StoreError(
        "import_interrupted", "database {path}: {why}; import the same file again to continue", path=path, why=why
    )


@contextmanager
def patient(path: str | Path) -> Iterator[sqlite3.Connection]:
    """The database, for long work. What is erased is overwritten, not only forgotten. Raises StoreError."""
    db = connect(path, busy=PATIENCE)
    db.row_factory = sqlite3.Row
    try:
        db.execute("PRAGMA secure_delete=ON")
        db.execute("PRAGMA wal_autocheckpoint=250")  # pages: so that no commit of the app has to do this work
        yield db
    except sqlite3.Error as error:
        raise StoreError(
            "long_write_failed",
            "database {path}: {why}; the changes so far stay: run the command again to continue",
            path=path,
            why=error,
        ) from None
    finally:
        db.close()


def run(db: sqlite3.Connection, statements: Iterable[Statement]) -> int:
    """Run the statements in order, a few a transaction; returns how many rows they changed. Raises sqlite3.Error."""
    left, size, changed = iter(statements), LEAST, 0
    while batch := list(islice(left, size)):
        db.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        try:
            changed += sum(max(0, db.execute(sql, values).rowcount) for sql, values in batch)
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")
        held = max(1e-6, time.monotonic() - began)
        size = max(LEAST, min(MOST, int(size * HELD / held), size * 2))
        time.sleep(held * REST)
    return changed
