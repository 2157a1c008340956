"""The sessions of users: each begins with a password, and is known by the hash of its token."""

import secrets
import time
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from warmline.store.configuration import second_factors, users, wallboards
from warmline.store.database.login_refusals import refused
from warmline.store.database.passwords import hashed_token, matches
from warmline.store.database.writing import writing

LASTS = 30 * 86_400 * 1_000_000  # microseconds
MOST = 20  # sessions of one user; the oldest ends when another begins

STILL = "SELECT 1 FROM user WHERE id = ? AND pass = ? AND active = 'Y'"
OLDEST = """
    DELETE FROM user_session WHERE token IN (
        SELECT token FROM user_session WHERE user = ? ORDER BY created DESC, token LIMIT -1 OFFSET ?
    )
"""


class NewSession(Struct, frozen=True):
    """A session that has begun: its token, which is stored nowhere, and its end in microseconds UTC.

    `recovery_codes` is the number of those that are left if one of them was used, or else None.
    """

    token: str
    ends: int
    recovery_codes: int | None = None


class SentCode(NamedTuple):
    """A code of a second factor, the key of the server, and the time in seconds from 1970."""

    code: str
    key: str
    now: float


def begin(
    path: str | Path,
    user: str,
    password: str,
    program: str,
    lasts: int = LASTS,
    address: str = "",
    code: SentCode | None = None,
) -> NewSession:
    """Begin a session of `lasts` microseconds, from an address, if the password is correct. Takes about 25 ms.

    A user with a second factor needs a code too. Raises LoginRefused, StoreError.
    """
    sent = code or SentCode("", "", time.time())
    found = users.find(path, user)
    if not (found and found.active and matches(password, found.pass_hash)):
        raise refused()
    wallboards.check(user, found.user.role, program)
    token, now = secrets.token_urlsafe(32), time.time_ns() // 1000
    with writing(path) as db:
        if not db.execute(STILL, [user, found.pass_hash]).fetchone():  # changed since it was read
            raise refused()
        left = second_factors.use_code(db, sent.key, user, sent.code, sent.now)
        db.execute("DELETE FROM user_session WHERE ends <= ?", [now])
        db.execute(
            "INSERT INTO user_session (token, user, program, created, ends, address) VALUES (?, ?, ?, ?, ?, ?)",
            [hashed_token(token), user, program, now, now + lasts, address],
        )
        db.execute(OLDEST, [user, MOST])
    return NewSession(token, now + lasts, left)


def end(path: str | Path, token: str) -> bool:
    """End the session with this token; return whether there was one. Raises StoreError."""
    with writing(path) as db:
        return db.execute("DELETE FROM user_session WHERE token = ?", [hashed_token(token)]).rowcount > 0
