"""What the AGI decisions read from the database, which is opened read-only; a script does so for a few milliseconds."""

import sqlite3

from warmline.core.routing import DidFacts, LoginFacts, target, through

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    T = TypeVar("T")

BUSY = 0.1  # seconds to wait for a lock: a caller hears nothing meanwhile


class FactsError(Exception):
    """The database cannot be read; the text names it, what is wrong, and the way out."""


class Kept:
    """A database whose connections stay open from one read to the next. Threads may share it.

    It stands for the path in every function here: opening reads the whole schema, 0.7 ms, which a script pays once.
    """

    __slots__ = ("_idle", "path")

    def __init__(self, path: str) -> None:
        self.path = path
        self._idle: list[sqlite3.Connection] = []

    def read(self, read: "Callable[[sqlite3.Connection], T]") -> "T":
        """What `read` finds, all of one moment. Raises FactsError."""
        db = None
        try:
            db = self._connection()
            db.execute("BEGIN")
            found = read(db)
            db.rollback()
        except (sqlite3.Error, UnicodeError) as error:
            if db:
                db.close()
            older = "; it may be older than the scripts: warmline db migrate" if "no such" in str(error) else ""
            raise FactsError(f"database {self.path} cannot be read: {error}{older}") from None
        self._idle.append(db)
        return found

    def close(self) -> None:
        """Close what no thread is reading from."""
        while self._idle:
            self._idle.pop().close()

    def _connection(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()
        except IndexError:
            return sqlite3.connect(
                _uri(self.path), uri=True, timeout=BUSY, isolation_level=None, check_same_thread=False
            )


LOGIN = """
    SELECT agent.id, agent.pin, campaign.id, campaign.phone_login
    FROM agent LEFT JOIN campaign ON campaign.id = agent.campaign
    WHERE agent.phone = ?
"""


def did(source: str | Kept, number: str) -> DidFacts:
    """What is configured for a dialled number. Raises FactsError."""

    def read(db: sqlite3.Connection) -> DidFacts:
        (route,) = _row(db, "SELECT route FROM did WHERE id = ?", number) or (None,)
        if route is None:
            return DidFacts(number)
        (active,) = _row(db, "SELECT active FROM ingroup WHERE id = ?", through(route)) or (None,)
        (agent,) = _row(db, "SELECT id FROM agent WHERE id = ?", target(route)[1]) or (None,)
        return DidFacts(number, route, active, agent)

    return _read(source, read)


def login(source: str | Kept, phone: str) -> LoginFacts:
    """Whose phone this is, and how he may log in from it. Raises FactsError."""
    return _read(source, lambda db: LoginFacts(phone, *_row(db, LOGIN, phone) or ()))


def _read(source: "str | Kept", read: "Callable[[sqlite3.Connection], T]") -> "T":
    if not isinstance(source, str):
        return source.read(read)
    once = Kept(source)
    try:
        return once.read(read)
    finally:
        once.close()


def _row(db: sqlite3.Connection, sql: str, name: str) -> "tuple[Any, ...] | None":
    row: tuple[Any, ...] | None = db.execute(sql, (name,)).fetchone()
    return row


def _uri(path: str) -> str:
    return "file:" + path.replace("%", "%25").replace("?", "%3f").replace("#", "%23") + "?mode=ro"
