"""A user changes the own password. The history names the user; the other sessions end."""

import time
from pathlib import Path

from msgspec import Struct

from warmline.options import password_rules
from warmline.options.user_options import MUST_CHANGE, USER
from warmline.store.configuration import config_rows, users
from warmline.store.configuration.user_sessions import STILL
from warmline.store.database.login_refusals import refused
from warmline.store.database.passwords import hashed, hashed_token, matches
from warmline.store.database.writing import writing

IS_STILL = "SELECT 1 FROM user_session WHERE token = ? AND ends > ?"
END_OTHERS = "DELETE FROM user_session WHERE user = ? AND token <> ?"


class PasswordChanged(Struct, frozen=True):
    """The number of the user's other sessions, which have ended."""

    ended: int


def change(path: str | Path, token: str, former: str, new: str) -> PasswordChanged:
    """Change the password of the user whose session has this token. Takes about 50 ms.

    Raises LoginRefused (a wrong former password, or no session), PasswordRefused, StoreError.
    """
    user = users.of_token(path, token)
    found = users.find(path, user.name) if user else None
    if not (found and found.active and matches(former, found.pass_hash)):
        raise refused()
    name = found.user.name
    password_rules.check(name, former, new)
    columns: config_rows.Columns = {"pass": hashed(new)}
    if found.user.must_change:
        columns[MUST_CHANGE] = "N"
    with writing(path) as db:
        row, own, now = config_rows.find(db, USER, name), hashed_token(token), time.time_ns() // 1000
        is_unchanged = db.execute(STILL, [name, found.pass_hash]).fetchone()  # since it was read
        if not (is_unchanged and db.execute(IS_STILL, [own, now]).fetchone()):
            raise refused()
        ended = db.execute(END_OTHERS, [name, own]).rowcount
        config_rows.write(db, USER, name, columns)
        before = config_rows.told(USER, {option: row[option] for option in columns})
        what = "set", USER.kind, name
        config_rows.note(db, found.user.client, config_rows.now(), what, before, config_rows.told(USER, columns))
    return PasswordChanged(ended)
