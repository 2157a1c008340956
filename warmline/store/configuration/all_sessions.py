"""The sessions of all users, as an administrator sees and ends them."""

import time
from pathlib import Path

from warmline.store.configuration import config_rows
from warmline.store.configuration.config_history import SESSION
from warmline.store.configuration.own_sessions import OwnSession
from warmline.store.database.reading import reading, rows
from warmline.store.database.writing import writing

OPEN = """
    SELECT id, user, program, address, created, max(seen, created) AS seen, ends, token FROM user_session
    WHERE ends > :now ORDER BY created DESC, id
"""
ONE = "SELECT user, program FROM user_session WHERE id = :id AND ends > :now"


class OpenSession(OwnSession, frozen=True):
    """A session with its user."""

    user: str


def sessions(path: str | Path) -> list[OpenSession]:
    """Return the sessions of all users, the newest first. Raises StoreError."""
    with reading(path) as db:
        return [OpenSession(**row) for row in rows(db, OPEN, now=_now())]


def end(path: str | Path, wanted: str, *, who: str) -> bool:
    """End the session with this id, and note it in the history; return whether there was one. Raises StoreError.

    The note also tells the processes to read the sessions again.
    """
    with writing(path) as db:
        if (found := db.execute(ONE, {"id": wanted, "now": _now()}).fetchone()) is None:
            return False
        db.execute("DELETE FROM user_session WHERE id = ?", [wanted])
        config_rows.note(db, who, config_rows.now(), ("delete", SESSION, wanted), dict(found), {})
        return True


def _now() -> int:
    return time.time_ns() // 1000
