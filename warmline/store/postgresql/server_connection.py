"""A connection to PostgreSQL that offers what the store uses of a connection to SQLite.

Statements are those of SQLite (see statements.py), and errors are SQLite's (see sqlstates.py). One writer at a time
has the lock of BEGIN IMMEDIATE, as with SQLite, so a transaction may read first and then write.
"""

import os
import select
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import count
from typing import Any, Self

import psycopg
from psycopg import Cursor, RawCursor
from psycopg.abc import RV, PQGen
from psycopg.pq import TransactionStatus
from psycopg.rows import tuple_row

from warmline.store.postgresql import dialect, sqlstates, write_epoch
from warmline.store.postgresql.pairs import LEADER
from warmline.store.postgresql.rows import by_name
from warmline.store.postgresql.server_mark import OfServer
from warmline.store.postgresql.statements import Statement, translated
from warmline.store.postgresql.values import adapt
from warmline.system.database_address import UNCLEAR, DatabaseAddress

CONNECT_WITHIN = 5  # seconds
GONE_WITHIN = 2000  # milliseconds, for each of these seconds, until a server that does not answer counts as gone
LOOKS = 0.02  # seconds between two questions whether a statement must be interrupted
AT_ONCE = 500  # rows of a statement that is read as its rows are needed
SHORTEST_WAIT = 1  # ms for a lock, if the caller wants none; for PostgreSQL, 0 means to wait for ever

NO_ANSWER = "no answer, or an unclear address; write / ? # @ of a password as %2F %3F %23 %40"

ONLY_READ = "SET default_transaction_read_only = on"
# A commit that does not wait for the disk would confirm what a server that dies forgets. Stronger values stay.
WAITS_FOR_DISK = """
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
"""
HOLDER = f"""
    SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid)
    WHERE locktype = 'advisory' AND objid = {LEADER} AND granted AND database = (
        SELECT oid FROM pg_database WHERE datname = current_database()
    )
"""  # noqa: S608 - a number

Values = Sequence[Any] | Mapping[str, Any]

_numbers = count(1)


class _Session(psycopg.Connection[Any]):
    """A connection of psycopg whose statements are interrupted when `is_over` says so."""

    is_over: Callable[[], bool] | None = None

    def wait(self, gen: PQGen[RV], *args: Any, **named: Any) -> RV:
        """Wait for an answer of the server."""
        return super().wait(gen, *args, **named) if self.is_over is None else self._wait_unless(gen, self.is_over)

    def _wait_unless(self, gen: PQGen[RV], is_over: Callable[[], bool]) -> RV:
        asked, poll = False, select.poll()
        try:
            wants = next(gen)
            while True:
                poll.register(self.fileno(), _events(wants))
                ready = _ready(poll.poll(LOOKS * 1000))
                if not ready and not asked and is_over():
                    asked = True
                    self.cancel_safe(timeout=CONNECT_WITHIN)
                wants = gen.send(psycopg.waiting.Ready(ready))
        except StopIteration as end:
            answer: RV = end.value
            return answer


def _events(wants: int) -> int:
    return (select.POLLIN if wants & psycopg.waiting.Wait.R else 0) | (
        select.POLLOUT if wants & psycopg.waiting.Wait.W else 0
    )


def _ready(found: list[tuple[int, int]]) -> int:
    ready = 0
    for _, event in found:
        if event & ~select.POLLOUT:
            ready |= psycopg.waiting.Ready.R
        if event & ~select.POLLIN:
            ready |= psycopg.waiting.Ready.W
    return ready


class Connection(OfServer):
    """A connection in autocommit: callers begin each transaction themselves. Errors are those of sqlite3."""

    def __init__(self, session: _Session) -> None:
        self._session = session
        self._changes = 0
        self._by_name = False
        self._epoch = write_epoch.current()
        self.text_factory: type = str

    @property
    def row_factory(self) -> type | None:
        """Return sqlite3.Row if rows can be read by name, None if they are tuples."""
        return sqlite3.Row if self._by_name else None

    @row_factory.setter
    def row_factory(self, wanted: type | None) -> None:
        self._by_name = wanted is not None
        self._session.row_factory = by_name if wanted else tuple_row

    @property
    def in_transaction(self) -> bool:
        """Return whether a transaction has begun and not ended."""
        return self._session.info.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR)

    @property
    def total_changes(self) -> int:
        """Return how many rows the statements of this connection have written or deleted."""
        return self._changes

    def execute(self, sql: str, values: Values = ()) -> "Cursor[Any]":
        """Run a statement of the store. Raises sqlite3.Error."""
        statement = translated(sql)
        if statement.begins_writing:
            return self._begin(statement)
        try:
            cursor = self._session.execute(statement.text, statement.in_order(values) or None)
        except psycopg.Error as error:
            raise sqlstates.translated(error) from None
        if statement.commits and cursor.statusmessage == "ROLLBACK":
            why = "a statement of the transaction failed, so nothing was changed"
            raise sqlstates.failed(why, sqlite3.SQLITE_ERROR)
        if statement.changes:
            self._changes += max(0, cursor.rowcount)
        return cursor

    def stream(self, sql: str, values: Values = ()) -> "Iterator[Any]":
        """Yield the rows of a SELECT as they are needed; the server keeps the others. Raises sqlite3.Error.

        Without a transaction, all rows are read together. The server forgets the others at the end of the transaction.
        """
        if not self.in_transaction:
            yield from self.execute(sql, values)
            return
        statement, name = translated(sql), f"rows_{next(_numbers)}"
        declared = f"DECLARE {name} NO SCROLL CURSOR FOR {statement.text}"
        try:
            self._session.execute(declared.encode(), statement.in_order(values) or None, prepare=False)
            more = True
            while more:
                fetched = self._session.execute(f"FETCH {AT_ONCE} FROM {name}".encode(), prepare=False).fetchall()
                more = len(fetched) == AT_ONCE
                yield from fetched
        except psycopg.Error as error:
            raise sqlstates.translated(error) from None

    def as_written(self, sql: str) -> "Cursor[Any]":
        """Run statements that are PostgreSQL's own, as they are. Raises sqlite3.Error."""
        try:
            return self._session.execute(sql)
        except psycopg.Error as error:
            raise sqlstates.translated(error) from None

    def executemany(self, sql: str, rows: "Iterable[Values]") -> "Cursor[Any]":
        """Run a statement with each of these values. Raises sqlite3.Error."""
        statement = translated(sql)
        cursor = self._session.cursor()
        try:
            cursor.executemany(statement.text, [statement.in_order(values) for values in rows])
        except psycopg.Error as error:
            raise sqlstates.translated(error) from None
        self._changes += max(0, cursor.rowcount)
        return cursor

    def executescript(self, script: str) -> None:
        """Run statements that a semicolon ends. Raises sqlite3.Error."""
        for statement in dialect.each_statement(script, str):
            self.execute(statement)

    def copy_in(self, statement: str, rows: "Iterable[Sequence[Any]]") -> None:
        """Write rows by a COPY statement, which takes less time than INSERT. Raises sqlite3.Error."""
        try:
            with self._session.cursor().copy(statement.encode()) as copy:
                for row in rows:
                    copy.write_row(row)
        except psycopg.Error as error:
            raise sqlstates.translated(error) from None

    def _begin(self, statement: Statement) -> "Cursor[Any]":
        """Begin a transaction that writes; it is ended if the lock is not free in time.

        The process may have another epoch than when it opened this connection.
        """
        try:
            if self._epoch != (epoch := write_epoch.current()):
                self._session.execute("SELECT set_config('warmline.epoch', $1, false)", [str(epoch or "")])
                self._epoch = epoch
            return self._session.execute(statement.text)
        except psycopg.Error as error:
            with suppress(psycopg.Error):
                self._session.execute("ROLLBACK")
            raise sqlstates.translated(error) from None

    def rollback(self) -> None:
        """End the transaction, if there is one, without its changes. Raises sqlite3.Error."""
        if self.in_transaction:
            self.execute("ROLLBACK")

    def commit(self) -> None:
        """Commit the transaction, if there is one. Raises sqlite3.Error."""
        if self.in_transaction:
            self.execute("COMMIT")

    def set_progress_handler(self, is_over: Callable[[], Any] | None, steps: int) -> None:
        """Interrupt statements once `is_over` returns True; None ends that. `steps` is for SQLite."""
        self._session.is_over = is_over

    def interrupt(self) -> None:
        """Do nothing: between two statements, none runs, because rows are read as soon as they arrive."""

    def create_function(self, name: str, arguments: int, function: Callable[..., Any], **how: bool) -> None:
        """Do nothing: functions.sql has the functions that SQLite gets from Python."""

    def app(self) -> str:
        """Return the name of the process that leads; "" if none does. Raises sqlite3.Error."""
        found = self.as_written(HOLDER).fetchone()
        return str(found[0]) if found else ""

    def app_runs(self) -> bool:
        """Return whether a process leads. Raises sqlite3.Error."""
        return bool(self.app())

    def close(self) -> None:
        """End the connection; an open transaction is rolled back."""
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def opened(
    address: DatabaseAddress, busy: float, *, only_read: bool = False, name: str = "", within: int = CONNECT_WITHIN
) -> Connection:
    """Open a database of PostgreSQL. `busy` is how long to wait for a lock, in seconds. Raises sqlite3.Error.

    A session that may write waits for the disk at each commit, whatever the server's setting is. The server shows
    `name` in its list of connections. It must answer a connection `within` so many seconds.
    """
    wait = max(SHORTEST_WAIT, round(busy * 1000))
    settings = f"-c lock_timeout={wait} -c client_min_messages=error -c datestyle=ISO"
    if epoch := write_epoch.current():
        settings += f" -c warmline.epoch={epoch}"
    try:
        session = _Session.connect(
            address.whole,
            autocommit=True,
            cursor_factory=RawCursor,
            connect_timeout=within,
            tcp_user_timeout=within * GONE_WITHIN,
            application_name=name or f"warmline {os.getpid()}",
            options=settings,
        )
        # not before: libpq would then find no server for target_session_attrs=read-write
        session.execute(ONLY_READ if only_read else WAITS_FOR_DISK)
    except psycopg.ProgrammingError:  # its text repeats parts of the address
        raise sqlstates.failed("it is no valid address of PostgreSQL", sqlite3.SQLITE_CANTOPEN) from None
    except psycopg.Error as error:
        if address == UNCLEAR and not error.sqlstate:  # this text may repeat them, too
            raise sqlstates.failed(NO_ANSWER, sqlite3.SQLITE_CANTOPEN) from None
        raise sqlstates.translated(error) from None
    adapt(session.adapters)
    return Connection(session)
