"""Opens the database file with the same settings for every program, and reports why it cannot be opened."""

import os
import sqlite3
import stat
import time
from contextlib import closing
from pathlib import Path
from typing import cast

from warmline.store.database.database_fault import Fault, fault_of
from warmline.store.database.private_file import opened
from warmline.system.database_address import DatabaseAddress
from warmline.system.settings import may_not
from warmline.system.whole_file import way_out
from warmline.text.coded_error import CodedError

SCHEMA_VERSION = 6  # of schema.sql, written into meta
OLDEST_SCHEMA = 3  # of 0.9.0, the first release: older databases cannot be upgraded
# <fingerprint> of schema.sql, made by `python -m tools.pages` and written into meta
FINGERPRINT = "f2bf1280f9ae4722"
# </fingerprint>
BUSY = 5.0  # seconds to wait for another program's transaction
RETRY = 0.01  # seconds
READABLE_WITHIN = 1.0  # seconds

_mode = "rw"  # of connections of this process


Connection = sqlite3.Connection


class StoreError(CodedError):
    """The database cannot be used; the text names the file, the fault and the fix."""

    @property
    def fault(self) -> Fault | None:
        """Return what SQLite reported; None if SQLite is not the cause."""
        return fault_of(self.__cause__ or self.__context__)


class StatementFailed(StoreError):
    """SQLite refused a statement of a transaction; the text has SQLite's words alone."""

    def __init__(self, error: sqlite3.Error) -> None:
        super().__init__("database_unusable", "{why}", why=error)
        self.__cause__ = error


def unreadable(path: str | Path, why: object) -> StoreError:
    """Make the error for a database that SQLite cannot read."""
    why = f"{why}{way_out(why, path)}" if isinstance(why, sqlite3.Error) else why
    return StoreError("database_unreadable", "database {path} cannot be read: {why}", path=path, why=why)


def mode() -> str:
    """Return how `connect` opens databases: "rw" or "ro"."""
    return _mode


def only_read() -> None:
    """Let `connect` open every database of this process to read only, from now on."""
    global _mode
    _mode = "ro"


def connect(path: str | Path, *, busy: float = BUSY, any_schema: bool = False) -> sqlite3.Connection:
    """Open an existing database to read and write, in autocommit: callers begin each transaction themselves.

    `busy` is the time to wait for a lock, in seconds. `any_schema` also opens a database of another Warmline.

    Raises:
        StoreError: the file does not exist, cannot be opened, or has another schema.
    """
    if isinstance(path, DatabaseAddress):
        return _connect_to_server(path, busy, any_schema=any_schema)
    path = Path(path)
    try:
        path.stat()
        connection = _opened(path, busy)
        version, fingerprint = _schema_in_time(connection)
    except FileNotFoundError:
        raise _missing(path) from None
    except (OSError, sqlite3.Error) as error:
        raise _not_opened(path, _why(path, error)) from None
    if not any_schema and (version, fingerprint) != (SCHEMA_VERSION, FINGERPRINT):
        connection.close()
        raise _schema_differs(path, version, fingerprint)
    return connection


def create(path: str | Path) -> sqlite3.Connection:
    """Open a database to build or migrate it. Raises StoreError.

    Only the owner can read a new file (0600). In a folder with the set-group-ID bit, its group can read it, too (0640).
    """
    if isinstance(path, DatabaseAddress):
        return _of_server(path, BUSY)
    path = Path(path)
    try:
        new, real = not path.exists(), path.resolve()  # the path may be a link
        file = opened(real)
        if new and real.parent.stat().st_mode & stat.S_ISGID:
            os.fchmod(file, 0o640)
        os.close(file)
        connection = _opened(path, BUSY)
        _write_ahead(connection)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            "database_not_created", "database {path} cannot be created: {why}", path=path, why=_why(path, error)
        ) from None
    return connection


def _connect_to_server(address: DatabaseAddress, busy: float, *, any_schema: bool) -> sqlite3.Connection:
    connection = _of_server(address, busy)
    try:
        version, fingerprint = schema_of(connection)
    except sqlite3.Error as error:
        connection.close()
        raise unreadable(address, error) from None
    if not any_schema and (version, fingerprint) != (SCHEMA_VERSION, FINGERPRINT):
        connection.close()
        raise _schema_differs(address, version, fingerprint)
    return connection


def _of_server(address: DatabaseAddress, busy: float) -> sqlite3.Connection:
    """Open a database of PostgreSQL. The connection offers what the store uses of one of SQLite. Raises StoreError."""
    try:
        from warmline.store.postgresql.server_connection import opened  # loads psycopg, which only an address needs
    except ImportError as error:
        raise StoreError(
            "postgresql_not_installed",
            "database {path} needs psycopg, which is not installed ({why}); install it with: "
            "pip install warmline[postgresql]",
            path=address,
            why=error,
        ) from None
    try:
        return cast(sqlite3.Connection, opened(address, busy, only_read=_mode == "ro"))
    except sqlite3.Error as error:
        raise _not_opened(address, error) from error


def _not_opened(path: str | Path, why: object) -> StoreError:
    return StoreError("database_not_opened", "database {path} cannot be opened: {why}", path=path, why=why)


def _missing(path: Path) -> StoreError:
    if Path(f"{path}-heads").exists():  # an app has written its rows (noted_heads.py)
        return StoreError(
            "database_gone",
            "database {path} is no longer there; stop all of Warmline, and bring it or a backup back: "
            "warmline db restore FILE",
            path=path,
        )
    return StoreError(
        "database_missing", "database {path} does not exist; to create it: warmline db migrate", path=path
    )


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log. If two programs switch in parallel, SQLite refuses one immediately, so retry."""
    until = time.monotonic() + BUSY
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(RETRY)
        else:
            return


def schema_of(connection: sqlite3.Connection) -> tuple[int, str]:
    """Return the version and the fingerprint of the schema; 0 or "" for a database without it. Raises sqlite3.Error."""
    with closing(connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'meta'")) as found:
        if found.fetchone() is None:
            return 0, ""
    rows = connection.execute("SELECT key, value FROM meta WHERE key IN ('schema', 'fingerprint')")
    written = {row[0]: row[1] for row in rows}
    return int(written.get("schema", 0)), written.get("fingerprint", "")


def _schema_differs(path: str | Path, version: int, fingerprint: str) -> StoreError:
    """Make the error for a database of another Warmline. Only the fingerprint tells commits between releases apart."""
    if version == SCHEMA_VERSION:
        return StoreError(
            "database_fingerprint_differs",
            "database {path} has another schema {schema} than this Warmline (fingerprint {fingerprint}, here {ours}); "
            "{way_out}",
            path=path,
            schema=version,
            fingerprint=fingerprint or "missing",
            ours=FINGERPRINT,
            way_out=_way_out(version),
        )
    return StoreError(
        "database_schema_differs",
        "database {path} has schema {schema}, this Warmline has {ours}; {way_out}",
        path=path,
        schema=version,
        ours=SCHEMA_VERSION,
        way_out=_way_out(version),
    )


def _opened(path: Path, busy: float) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={_mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=busy, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    return connection


def _schema_in_time(connection: sqlite3.Connection) -> tuple[int, str]:
    """Return the version and the fingerprint of the schema.

    A user who may only read waits for a moment in which no writer has prepared the log of writes for readers.
    """
    until = time.monotonic() + READABLE_WITHIN
    while True:
        try:
            return schema_of(connection)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_READONLY_CANTINIT or time.monotonic() > until:
                raise
            time.sleep(RETRY)


def _way_out(version: int) -> str:
    if version > SCHEMA_VERSION:
        return "install the newer Warmline"
    if 0 < version < OLDEST_SCHEMA:
        return "upgrade it with Warmline 0.9.0 first"
    return "bring it up to date with: warmline db migrate"


def _why(path: Path, error: Exception) -> str:
    """Return why the database cannot be opened, with the fix if it is known."""
    match error:
        case PermissionError():
            return f"{error.strerror}; {may_not()}"
        case FileNotFoundError():
            return f"{error.strerror} (folder {path.parent} does not exist)"
        case IsADirectoryError():
            return f"{error.strerror} (it is a folder)"
        case OSError():
            return str(error.strerror)
    if path.is_dir():
        return f"{error} (it is a folder)"
    if not os.access(path, os.R_OK | os.W_OK):
        return f"{error} (no permission); {may_not()}"
    return f"{error}{way_out(error, path)}"
