"""The second factors of users: enrolled with a first code, asked for at each login, removed, and reset.

The history has each change and each use of a recovery code, without any secret.
"""

import sqlite3
import time
from pathlib import Path

from msgspec import Struct

from warmline.access import one_time_codes
from warmline.access.rights import REQUIRED_OF, UserRole
from warmline.options.user_options import USER
from warmline.store.configuration import config_rows, users
from warmline.store.configuration.config_history import SECOND_FACTOR
from warmline.store.configuration.users import StoredUser
from warmline.store.database.errors import Conflict
from warmline.store.database.login_refusals import CodeNeeded, CodeWrong, refused
from warmline.store.database.passwords import hashed_token, matches
from warmline.store.database.reading import reading, rows
from warmline.store.database.writing import writing
from warmline.text.coded_error import CodedError

PENDING = 3600  # seconds from the begin of an enrolment to its first code
FIND = "SELECT salt, key, begun, enrolled, last_step FROM second_factor WHERE user = ?"
NOW = """
    SELECT enrolled, (SELECT count(*) FROM recovery_code WHERE user = :user) AS left
    FROM second_factor WHERE user = :user AND enrolled > 0
"""
REQUIRED = "SELECT 1 FROM setting WHERE second_factor_required = 'Y'"
KEYS = "SELECT key, count(*) AS users FROM second_factor WHERE enrolled > 0 GROUP BY key"
STILL = """
    SELECT 1 FROM user JOIN user_session ON user_session.user = user.id
    WHERE user.id = ? AND pass = ? AND active = 'Y' AND token = ? AND ends > ?
"""
BEGIN = """
    INSERT INTO second_factor (user, salt, key, begun) VALUES (?, ?, ?, ?)
    ON CONFLICT (user) DO UPDATE
    SET salt = excluded.salt, key = excluded.key, begun = excluded.begun, enrolled = 0, last_step = 0
"""
ENROL = "UPDATE second_factor SET enrolled = ?, last_step = ? WHERE user = ?"
USED = "UPDATE second_factor SET last_step = ? WHERE user = ?"
DELETE = "DELETE FROM second_factor WHERE user = ?"
NEW_CODE = "INSERT INTO recovery_code (user, hash) VALUES (?, ?)"
USE_CODE = "DELETE FROM recovery_code WHERE user = ? AND hash = ?"
LEFT = "SELECT count(*) FROM recovery_code WHERE user = ?"


class FactorRefused(CodedError):
    """A second factor cannot be enrolled or removed now; the text names the step to take first."""


class NewFactor(Struct, frozen=True):
    """The secret for the authenticator app of a user. It is shown once."""

    user: str
    secret: str


class FactorEnrolled(Struct, frozen=True):
    """The recovery codes of a user, which are shown once, and the number of other sessions that have ended."""

    recovery_codes: list[str]
    ended: int


class FactorNow(Struct, frozen=True):
    """The time at which a user enrolled in microseconds UTC, or 0. `recovery_codes` is the number of unused ones."""

    enrolled: int = 0
    recovery_codes: int = 0


def of_user(path: str | Path, user: str) -> FactorNow:
    """Return the second factor of a user. Raises StoreError."""
    with reading(path) as db:
        return next((FactorNow(row["enrolled"], row["left"]) for row in rows(db, NOW, user=user)), FactorNow())


def is_required(path: str | Path, role: UserRole) -> bool:
    """Return whether the site requires a second factor of the users with this role. Raises StoreError."""
    with reading(path) as db:
        return role in REQUIRED_OF and bool(rows(db, REQUIRED))


def keys(path: str | Path) -> dict[str, int]:
    """Return the marks of the keys with which users have enrolled, and how many users each has. Raises StoreError."""
    with reading(path) as db:
        return {row["key"]: row["users"] for row in rows(db, KEYS)}


def begin(path: str | Path, key: str, token: str, password: str) -> NewFactor:
    """Begin an enrolment of the user whose session has this token. Takes about 25 ms.

    Raises LoginRefused (a wrong password, or no session), FactorRefused, StoreError.
    """
    found = _proved(path, token, password)
    if len(key) < one_time_codes.SHORTEST_KEY:
        raise FactorRefused(
            "second_factor_key_missing",
            "no user can enrol, because this server has no second_factor_key of {least} characters or more; as root: "
            "warmline doctor --only 'second factor'",
            least=one_time_codes.SHORTEST_KEY,
        )
    user, salt = found.user.name, one_time_codes.new_salt()
    with writing(path) as db:
        _check_session(db, found, token)
        row = db.execute(FIND, [user]).fetchone()
        if row and row["enrolled"]:
            raise FactorRefused(
                "second_factor_enrolled",
                "user {user} has a second factor; remove it first: warmline second-factor remove, or DELETE "
                "/api/v1/me/second-factor",
                user=user,
            )
        db.execute(BEGIN, [user, salt, one_time_codes.key_id(key), _now()])
    return NewFactor(user, one_time_codes.secret(key, user, salt))


def confirm(path: str | Path, key: str, token: str, code: str, now: float) -> FactorEnrolled:
    """Enrol with the first code, sent at `now` (seconds from 1970); the user's other sessions end.

    Raises LoginRefused (no session), CodeWrong, FactorRefused, StoreError.
    """
    user = users.of_token(path, token)
    if user is None:
        raise refused()
    with writing(path) as db:
        row = db.execute(FIND, [user.name]).fetchone()
        if row is None or row["enrolled"] or _now() - row["begun"] > PENDING * 1_000_000:
            raise FactorRefused(
                "second_factor_not_begun",
                "user {user} has not begun to enrol a second factor in the last hour; begin first: warmline "
                "second-factor enrol, or POST /api/v1/me/second-factor",
                user=user.name,
            )
        step = one_time_codes.step_of(_secret(row, key, user.name), one_time_codes.plain(code), now)
        if step is None:
            raise _wrong()
        codes = one_time_codes.new_recovery_codes()
        db.execute(ENROL, [_now(), step, user.name])
        hashes = [one_time_codes.hashed_recovery_code(row["salt"], one) for one in codes]
        db.executemany(NEW_CODE, [(user.name, one) for one in hashes])
        ended = db.execute(
            "DELETE FROM user_session WHERE user = ? AND token <> ?", [user.name, hashed_token(token)]
        ).rowcount
        _note(db, user.client, "create", user.name, {}, {"recovery_codes": len(codes)})
    return FactorEnrolled(codes, ended)


def remove(path: str | Path, key: str, token: str, password: str, code: str, now: float) -> None:
    """Remove the second factor of the user whose session has this token. Takes about 25 ms.

    Raises LoginRefused (a wrong password, or no session), CodeNeeded, CodeWrong, FactorRefused, StoreError.
    """
    found = _proved(path, token, password)
    user = found.user
    with writing(path) as db:
        _check_session(db, found, token)
        row = db.execute(FIND, [user.name]).fetchone()
        if row is None or not row["enrolled"]:
            raise FactorRefused("second_factor_none", "user {user} has no second factor", user=user.name)
        use_code(db, key, user.name, code, now)
        _delete(db, user.client, user.name)


def reset(path: str | Path, name: str, who: str) -> None:
    """Remove the second factor of a user, and end the user's sessions. Raises NotFound, Conflict, StoreError."""
    with writing(path) as db:
        config_rows.find(db, USER, name)
        row = db.execute(FIND, [name]).fetchone()
        if row is None or not row["enrolled"]:
            raise Conflict("second_factor_not_there", "user {user} has no second factor", user=name)
        _delete(db, who, name)
        db.execute("DELETE FROM user_session WHERE user = ?", [name])


def use_code(db: sqlite3.Connection, key: str, user: str, code: str, now: float) -> int | None:
    """Use a code of a user up, if the user has a second factor, in the transaction of the caller.

    Return the number of recovery codes that are left if it is one of them, or else None. `now` is in seconds from 1970.

    Raises CodeNeeded, CodeWrong.
    """
    row = db.execute(FIND, [user]).fetchone()
    if row is None or not row["enrolled"]:
        return None
    sent = one_time_codes.plain(code)
    if not sent:
        raise CodeNeeded(
            "code_needed",
            "user {user} has a second factor; send the field code too: six digits of the authenticator app, or a "
            "recovery code",
            user=user,
        )
    if one_time_codes.RECOVERY.fullmatch(sent):
        return _use_recovery_code(db, row, user, sent)
    step = one_time_codes.step_of(_secret(row, key, user), sent, now, row["last_step"])
    if step is None:
        raise _wrong()
    db.execute(USED, [step, user])
    return None


def _use_recovery_code(db: sqlite3.Connection, row: sqlite3.Row, user: str, code: str) -> int:
    if not db.execute(USE_CODE, [user, one_time_codes.hashed_recovery_code(row["salt"], code)]).rowcount:
        raise _wrong()
    (left,) = db.execute(LEFT, [user]).fetchone()
    _note(db, f"user:{user}", "set", user, {"recovery_codes": left + 1}, {"recovery_codes": left})
    return int(left)


def _secret(row: sqlite3.Row, key: str, user: str) -> str:
    """Return the secret of a user. Raises CodeWrong if the server has another key than at the enrolment."""
    if one_time_codes.key_id(key) != row["key"]:
        raise CodeWrong(
            "code_unchecked",
            "no code of an authenticator app can be checked: second_factor_key is not that of the enrolment; use a "
            "recovery code, or ask an administrator",
        )
    return one_time_codes.secret(key, user, row["salt"])


def _delete(db: sqlite3.Connection, who: str, user: str) -> None:
    (left,) = db.execute(LEFT, [user]).fetchone()
    db.execute(DELETE, [user])
    _note(db, who, "delete", user, {"recovery_codes": left}, {})


def _proved(path: str | Path, token: str, password: str) -> StoredUser:
    """Return the user of a session who has shown the password too. Raises LoginRefused, StoreError."""
    user = users.of_token(path, token)
    found = users.find(path, user.name) if user else None
    if not (found and found.active and matches(password, found.pass_hash)):
        raise refused()
    return found


def _check_session(db: sqlite3.Connection, found: StoredUser, token: str) -> None:
    """Check that neither password nor session has changed since they were read. Raises LoginRefused."""
    if not db.execute(STILL, [found.user.name, found.pass_hash, hashed_token(token), _now()]).fetchone():
        raise refused()


def _wrong() -> CodeWrong:
    return CodeWrong(
        "code_wrong",
        "the code is wrong, was used before, or is too old; wait for the next one, and check the clock of the phone",
    )


def _note(
    db: sqlite3.Connection, who: str, action: str, user: str, before: dict[str, int], after: dict[str, int]
) -> None:
    config_rows.note(db, who, config_rows.now(), (action, SECOND_FACTOR, user), before, after)


def _now() -> int:
    return time.time_ns() // 1000
