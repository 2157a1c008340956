"""Connections that stay open between two transactions: SQLite parses the whole schema at each opening.

AGI scripts load this module too, so it imports little.
"""

import os
import sqlite3

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 6  # connections that wait for the next transaction: about 0.4 MB each, and at most 2 MB of cached pages

WRITES = "BEGIN IMMEDIATE"

_of_parent: "list[sqlite3.Connection]" = []  # never closed: closing could end a lock of the parent process


class OpenConnections:
    """Opens connections, and keeps up to `most` of them between their transactions. Threads may share it.

    `opened(path, mode)` makes a connection in autocommit that threads may share.
    """

    __slots__ = ("_idle", "_opened", "most")

    def __init__(self, opened: "Callable[[str, str], sqlite3.Connection]", most: int = 0) -> None:
        self._opened, self.most = opened, most
        self._idle: list[BegunTransaction] = []

    def begin(self, path: str, mode: str = "ro", how: str = "BEGIN") -> "BegunTransaction":
        """Begin a transaction of the file that has this path now, by the statement `how`.

        Raises what `opened` raises, and sqlite3.Error.
        """
        if not self.most:
            return self._begun(path, mode, (), how)
        if type(path) is not str:  # the address of a server
            return self._kept(path, mode, (path, mode, os.getpid()), how)
        try:
            found = os.stat(path)  # noqa: PTH116 - pathlib costs an AGI script 5 ms
        except OSError:
            return self._begun(path, mode, (), how)  # reports why
        return self._kept(path, mode, (path, mode, found.st_dev, found.st_ino, os.getpid()), how)

    def _kept(self, path: str, mode: str, place: "tuple[object, ...]", how: str) -> "BegunTransaction":
        """Begin in a connection of this place that waits, or in a new one."""
        while self._idle:
            try:
                one = self._idle.pop()
            except IndexError:  # another thread took it
                break
            if one.place == place and how == WRITES and one.lost_log():
                self._idle.append(one)  # a new connection would make another log of writes besides that of the others
                raise _log_gone(path)
            if one.place == place and self._begins(one, how):
                return one
            one.close()
        return self._begun(path, mode, place, how)

    def _begins(self, one: "BegunTransaction", how: str) -> bool:
        try:
            return one.begins(how)
        except sqlite3.Error:
            one.close()
            raise

    def end(self, one: "BegunTransaction") -> None:
        """End the transaction, and keep the connection for the next one."""
        if not self.most or not one.place or not one.ends():
            one.close()
            return
        self._idle.append(one)
        self._close_above(self.most)

    def close(self) -> None:
        """Keep no connections any more, and close those that no thread is using."""
        self.most = 0
        self._close_above(0)

    def _close_above(self, most: int) -> None:
        while len(self._idle) > most:
            try:
                self._idle.pop(0).close()
            except IndexError:  # another thread took it
                return

    def _begun(self, path: str, mode: str, place: "tuple[object, ...]", how: str) -> "BegunTransaction":
        connection = self._opened(path, mode)
        one = BegunTransaction(connection, place)
        try:
            connection.execute(how)
            if place:
                one.note_schema()
        except sqlite3.Error:
            connection.close()
            raise
        return one


class BegunTransaction:
    """A connection, with its place: path, mode, device, inode and process; () for one that is not kept.

    `has_known_triggers` says that the schema has no trigger but ours.
    """

    __slots__ = ("_log", "_schema", "connection", "has_known_triggers", "place")

    def __init__(self, connection: sqlite3.Connection, place: "tuple[object, ...]") -> None:
        self.connection, self.place = connection, place
        self.has_known_triggers = False
        self._schema = 0  # grows with each change of the schema, so that the next opening checks its version again
        self._log: tuple[int, int] | None = None  # the file of the log of writes; None without one

    def note_schema(self) -> None:
        """Remember the schema that was checked at the opening. Raises sqlite3.Error."""
        [self._schema] = self.connection.execute("PRAGMA schema_version").fetchone()
        self._log = self._log_at_path()

    def _log_at_path(self) -> "tuple[int, int] | None":
        if type(self.place[0]) is not str:  # the address of a server
            return None
        try:
            found = os.stat(f"{self.place[0]}-wal")  # noqa: PTH116 - pathlib costs an AGI script 5 ms
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def lost_log(self) -> bool:
        """Return whether another program deleted or replaced the log of writes while it was open."""
        return self._log is not None and self._log_at_path() != self._log

    def begins(self, how: str) -> bool:
        """Begin the next transaction; return False if the file cannot be read or has another schema.

        Raises sqlite3.Error if another program's transaction has lasted too long.
        """
        try:
            self.connection.execute(how)
            [schema] = self.connection.execute("PRAGMA schema_version").fetchone()
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
                raise
            return False
        return bool(schema == self._schema)

    def ends(self) -> bool:
        """End the transaction, with the settings of a new connection; return False if a part of it remains.

        A statement that still runs, such as that of a generator, would keep the log of writes from being shortened.
        `interrupt` affects only statements that run, and the statements that begin before these end: the next one.
        """
        db = self.connection
        try:
            db.row_factory, db.text_factory = None, str
            db.set_progress_handler(None, 0)
            db.interrupt()
            db.execute("ROLLBACK" if db.in_transaction else "SELECT 1")
        except sqlite3.Error:
            return False
        return True

    def close(self) -> None:
        """Close the connection, unless it belongs to the process that forked this one."""
        if self.place and self.place[-1] != os.getpid():
            _of_parent.append(self.connection)
        else:
            self.connection.close()


def _log_gone(path: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(f"{path}-wal was deleted or replaced while it was in use; stop all of Warmline")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    return error
