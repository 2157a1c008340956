"""Who may use the API, and which agent an API name means."""

import json
import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ApiUser:
    """One API user. `pass_hash` is for warmline.store.passwords.matches."""

    name: str
    pass_hash: str
    functions: frozenset[str]
    api_access: bool
    user_group: str
    addresses: tuple[str, ...] = ()  # and networks that he may come from; none: from anywhere
    active: bool = True


def find(connection: sqlite3.Connection, name: str) -> ApiUser | None:
    """The API user of that name, if there is one."""
    row = connection.execute(
        "SELECT id, pass, functions, api_access = 'Y', user_group, addresses, active = 'Y' FROM api_user WHERE id = ?",
        (name,),
    ).fetchone()
    if row is None:
        return None
    functions, addresses = frozenset(json.loads(row[2])), tuple(json.loads(row[5]))
    return ApiUser(row[0], row[1], functions, bool(row[3]), row[4], addresses, bool(row[6]))


def agent_called(connection: sqlite3.Connection, custom_three: str) -> str | None:
    """The agent whose custom_three this is: of several, the one of the lowest id; None if there is none."""
    row = connection.execute(
        "SELECT min(id) FROM agent WHERE custom_three = ? AND custom_three <> ''", (custom_three,)
    ).fetchone()
    return None if row is None or row[0] is None else str(row[0])
