"""The sessions of a user, as the user sees and ends them."""

import time
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from warmline.store.database.reading import reading, rows
from warmline.store.database.writing import writing

OF_USER = """
    SELECT id, program, address, created, max(seen, created) AS seen, ends, token FROM user_session
    WHERE user = :user AND ends > :now ORDER BY created DESC, id
"""
END_ONE = "DELETE FROM user_session WHERE id = ? AND user = ?"
END_OTHERS = "DELETE FROM user_session WHERE id <> ? AND user = ?"
SEEN = "UPDATE user_session SET seen = :at WHERE token = :token AND seen < :at"


class OwnSession(Struct, frozen=True):
    """A session: the program and the address of its login, and its times in microseconds UTC.

    `token` is the hash of its token.
    """

    id: str
    program: str
    address: str
    created: int
    seen: int
    ends: int
    token: str


def of_user(path: str | Path, user: str) -> list[OwnSession]:
    """Return the sessions of a user, the newest first. Raises StoreError."""
    with reading(path) as db:
        return [OwnSession(**row) for row in rows(db, OF_USER, user=user, now=_now())]


def end_one(path: str | Path, user: str, session: str) -> bool:
    """End the session with this id if it is of the user; return whether it is. Raises StoreError."""
    with writing(path) as db:
        return db.execute(END_ONE, [session, user]).rowcount > 0


def end_others(path: str | Path, user: str, session: str) -> int:
    """End the user's sessions but the one with this id; return how many there were. Raises StoreError."""
    with writing(path) as db:
        return db.execute(END_OTHERS, [session, user]).rowcount


def note_seen(path: str | Path, seen: Mapping[str, int]) -> None:
    """Store the times of the last requests, by the hashes of tokens. Raises StoreError."""
    with writing(path) as db:
        db.executemany(SEEN, [{"token": token, "at": at} for token, at in seen.items()])


def _now() -> int:
    return time.time_ns() // 1000
