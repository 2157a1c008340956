"""The sessions of users: each begins with a password, and is known by the hash of its token."""

import secrets
import time
from pathlib import Path

from msgspec import Struct

from warmline.store.configuration import users
from warmline.store.database.passwords import hashed_token, matches
from warmline.store.database.writing import writing
from warmline.text.coded_error import CodedError

LASTS = 30 * 86_400 * 1_000_000  # microseconds
MOST = 20  # sessions of one user; the oldest ends when another begins

STILL = "SELECT 1 FROM user WHERE id = ? AND pass = ? AND active = 'Y'"
OLDEST = """
    DELETE FROM user_session WHERE token IN (
        SELECT token FROM user_session WHERE user = ? ORDER BY created DESC, token LIMIT -1 OFFSET ?
    )
"""


class LoginRefused(CodedError):
    """The user or the password is wrong, or the user is not active."""


class LoginDelayed(LoginRefused):
    """The password is not checked, because it came too soon after wrong ones."""


class NewSession(Struct, frozen=True):
    """A session that has begun: its token, which is stored nowhere, and its end in microseconds UTC."""

    token: str
    ends: int


def begin(path: str | Path, user: str, password: str, program: str, lasts: int = LASTS) -> NewSession:
    """Begin a session of `lasts` microseconds if the password is correct. Takes about 25 ms.

    Raises LoginRefused, StoreError.
    """
    found = users.find(path, user)
    if not (found and found.active and matches(password, found.pass_hash)):
        raise refused()
    token, now = secrets.token_urlsafe(32), time.time_ns() // 1000
    with writing(path) as db:
        if not db.execute(STILL, [user, found.pass_hash]).fetchone():  # changed since it was read
            raise refused()
        db.execute("DELETE FROM user_session WHERE ends <= ?", [now])
        db.execute(
            "INSERT INTO user_session (token, user, program, created, ends) VALUES (?, ?, ?, ?, ?)",
            [hashed_token(token), user, program, now, now + lasts],
        )
        db.execute(OLDEST, [user, MOST])
    return NewSession(token, now + lasts)


def end(path: str | Path, token: str) -> bool:
    """End the session with this token; return whether there was one. Raises StoreError."""
    with writing(path) as db:
        return db.execute("DELETE FROM user_session WHERE token = ?", [hashed_token(token)]).rowcount > 0


def refused() -> LoginRefused:
    """Return the error for a wrong user or password, which does not say which."""
    return LoginRefused("login_refused", "the user or the password is wrong, or the user is not active")
