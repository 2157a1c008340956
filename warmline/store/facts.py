"""What an AGI script reads from the database, which it opens read-only for a few milliseconds."""

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


LOGIN = """
    SELECT agent.id, agent.pin, campaign.id, campaign.phone_login
    FROM agent LEFT JOIN campaign ON campaign.id = agent.campaign
    WHERE agent.phone = ?
"""


def did(path: str, number: str) -> DidFacts:
    """What is configured for a dialled number. Raises FactsError."""

    def read(db: sqlite3.Connection) -> DidFacts:
        (route,) = _row(db, "SELECT route FROM did WHERE id = ?", number) or (None,)
        if route is None:
            return DidFacts(number)
        (active,) = _row(db, "SELECT active FROM ingroup WHERE id = ?", through(route)) or (None,)
        (agent,) = _row(db, "SELECT id FROM agent WHERE id = ?", target(route)[1]) or (None,)
        return DidFacts(number, route, active, agent)

    return _read(path, read)


def login(path: str, phone: str) -> LoginFacts:
    """Whose phone this is, and how he may log in from it. Raises FactsError."""
    return _read(path, lambda db: LoginFacts(phone, *_row(db, LOGIN, phone) or ()))


def _read(path: str, read: "Callable[[sqlite3.Connection], T]") -> "T":
    db = None
    try:
        db = sqlite3.connect(_uri(path), uri=True, timeout=BUSY, isolation_level=None)
        db.execute("BEGIN")  # all that is read is of one moment
        return read(db)
    except (sqlite3.Error, UnicodeError) as error:
        older = "; it may be older than the scripts: warmline db migrate" if "no such" in str(error) else ""
        raise FactsError(f"database {path} cannot be read: {error}{older}") from None
    finally:
        if db:
            db.close()


def _row(db: sqlite3.Connection, sql: str, name: str) -> "tuple[Any, ...] | None":
    row: tuple[Any, ...] | None = db.execute(sql, (name,)).fetchone()
    return row


def _uri(path: str) -> str:
    return "file:" + path.replace("%", "%25").replace("?", "%3f").replace("#", "%23") + "?mode=ro"
