"""Persons whose login takes more than a password, and when a program used the agent API as one of them."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from warmline.access.rights import UserRole
from warmline.store.configuration.users import BESIDE_PASSWORD, User
from warmline.store.database.database import connect, unreadable

PEOPLE = f"SELECT id, role, {BESIDE_PASSWORD} FROM user WHERE active = 'Y' ORDER BY id"  # noqa: S608 - constants
# The JSON API names itself as the source; its sessions have shown all that a login takes.
USED = """
    SELECT "by", max(requested) FROM receipt
    WHERE requested >= :since AND "by" LIKE 'user:%' AND source <> 'api/v1' GROUP BY "by"
"""


class PasswordOnly(NamedTuple):
    """A person for whom the password alone is too little, and when a program sent it last, or 0; microseconds UTC."""

    user: str
    used: int


def people(path: str | Path, since: int) -> list[PasswordOnly]:
    """Return these persons, with the last command of the agent API since a time in microseconds UTC.

    A database of an older Warmline is read as well, so that they are known before an update. Raises StoreError.
    """
    with closing(connect(path, any_schema=True)) as db:
        try:
            used = dict(db.execute(USED, {"since": since}).fetchall())
            found = db.execute(PEOPLE).fetchall()
        except sqlite3.Error as error:
            raise unreadable(path, error) from None
    persons = [
        User(name, UserRole(role), must_change=bool(change), must_enrol=bool(enrol), has_factor=bool(factor))
        for name, role, change, enrol, factor in found
    ]
    return [PasswordOnly(one.name, used.get(one.client, 0)) for one in persons if one.needs_session]
