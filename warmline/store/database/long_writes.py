"""Long writes to a database in use: many short transactions, with pauses in which other programs can write.

While no app holds the lock of the database, there are no pauses. The write-ahead log is copied into the database
between transactions. So no transaction and no commit of the app takes longer by it.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from warmline.store.database import database, leader_lock_file
from warmline.store.database.database import StoreError, connect
from warmline.store.database.kept_connections import OpenConnections
from warmline.store.postgresql.server_mark import OfServer

PATIENCE = 60.0  # seconds to wait for the write lock; long work is not urgent
LEAST, MOST = 20, 2000  # statements of one transaction
HELD, HELD_ALONE = 0.004, 0.02  # seconds for which a transaction holds the write lock, about; without an app
REST = 2.0  # pause after a transaction, as a multiple of its length
COPIED, COPIED_ALONE = 0.01, 0.1  # seconds of transactions, about, until the write-ahead log is copied; without an app
LEFT = 0.005  # seconds of transactions at the end that leave the copy to others

COPY = "PRAGMA wal_checkpoint(PASSIVE)"  # pages that readers still need stay in the log

Statement = tuple[str, Sequence[Any] | Mapping[str, Any]]
Item = TypeVar("Item")


class Batch(NamedTuple, Generic[Item]):
    """The items of one transaction; `held` is how long it kept the write lock, in seconds."""

    items: list[Item]
    changed: int
    held: float


@contextmanager
def importing(path: str | Path) -> Iterator[None]:
    """Import rows in the block. Raises StoreError if a database error ends it; the rows imported so far stay."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(
            "import_interrupted", "database {path}: {why}; import the same file again to continue", path=path, why=error
        ) from None


@contextmanager
def keeping() -> Iterator[None]:
    """Keep the connection of `opened` open until the end of the block, for a program that writes part after part.

    Each opening reads the whole schema, which takes as long as about twenty leads.
    """
    global _connections
    before, _connections = _connections, OpenConnections(_opened, 1)
    try:
        yield
    finally:
        of_block, _connections = _connections, before
        of_block.close()


@contextmanager
def opened(path: str | Path, *, synchronous: str = "FULL") -> Iterator[sqlite3.Connection]:
    """Open the database for long work, in autocommit. `synchronous` is that of its commits.

    A block that raises leaves no connection for the next one. Raises StoreError, sqlite3.Error.
    """
    kept = _connections
    one = kept.begin(str(path), database.mode(), "SELECT 1")
    try:
        one.connection.execute(f"PRAGMA synchronous={synchronous}")
        yield one.connection
    except BaseException:
        one.close()
        raise
    kept.end(one)


@contextmanager
def patient(path: str | Path) -> Iterator[sqlite3.Connection]:
    """Open the database for long work; erased content is overwritten in the file. Raises StoreError."""
    try:
        with opened(path) as db:
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA secure_delete=ON")
            yield db
    except sqlite3.Error as error:
        raise StoreError(
            "long_write_failed",
            "database {path}: {why}; the changes so far stay; run the command again to continue",
            path=path,
            why=error,
        ) from None


def run(db: sqlite3.Connection, statements: Iterable[Statement]) -> int:
    """Run the statements in order, in short transactions; return the number of changed rows. Raises sqlite3.Error."""

    def write(batch: list[Statement]) -> int:
        return sum(max(0, db.execute(sql, values).rowcount) for sql, values in batch)

    return sum(done.changed for done in batches(db, statements, write))


def batches(
    db: sqlite3.Connection,
    items: Iterable[Item],
    write: Callable[[list[Item]], int],
    *,
    least: int = LEAST,
    held_for: float = HELD,
    only_try: bool = False,
) -> Iterator[Batch[Item]]:
    """Write the items in order, in short transactions; yield each batch after its commit. Rest while an app runs.

    `write` gets a batch inside its transaction and returns how many rows it changed. The number of items in a batch
    follows the time for which the lock is held, which is about `held_for` seconds while an app runs. `least` is the
    smallest. With `only_try` the batches write temporary tables alone, so they take no lock and need no rest. Raises
    sqlite3.Error.
    """
    left, size, rests_until, uncopied = iter(items), least, 0.0, 0.0
    app_runs, copies = _app_runs(db), not only_try and not isinstance(db, OfServer)
    if copies:
        db.execute("PRAGMA wal_autocheckpoint=0")
    while batch := list(islice(left, size)):  # its reading counts as a rest
        if (rest := rests_until - time.monotonic()) > 0:
            time.sleep(rest)
        db.execute("BEGIN" if only_try else "BEGIN IMMEDIATE")
        began = time.monotonic()
        try:
            changed = write(batch)
        except BaseException:
            db.rollback()
            raise
        db.execute("COMMIT")
        ended = time.monotonic()
        held = max(1e-6, ended - began)
        yield Batch(batch, changed, held)
        is_beside = not only_try and app_runs()
        size = max(least, min(MOST, int(size * (held_for if is_beside else HELD_ALONE) / held), size * 2))
        rests_until = ended + held * REST if is_beside else 0.0
        uncopied += held
        if copies and uncopied >= (COPIED if is_beside else COPIED_ALONE):
            _copy_log(db)
            uncopied = 0.0
    if copies and uncopied >= LEFT:
        _copy_log(db)


def _opened(path: str, _mode: str) -> sqlite3.Connection:
    return connect(path, busy=PATIENCE)


_connections = OpenConnections(_opened)  # keeps none


def _copy_log(db: sqlite3.Connection) -> None:
    """Copy the write-ahead log into the database, if that is possible now, as after SQLite's own commits.

    It is not while the connection reads other rows, or while the disk is full. The rows are committed in any case.
    """
    with suppress(sqlite3.Error):
        db.execute(COPY)


def _app_runs(db: Any) -> Callable[[], bool]:
    """Return what tells whether an app holds the lock of the database."""
    if isinstance(db, OfServer):
        running: Callable[[], bool] = db.app_runs  # type: ignore[attr-defined] # of its class
        return running
    file = db.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()[0]
    return lambda: _may_be_held(file)


def _may_be_held(file: str) -> bool:
    """Return whether an app holds the lock, or may hold it because that cannot be seen."""
    try:
        return leader_lock_file.is_held(file)
    except StoreError:
        return True
