"""The users of the agent API, as the HTTP door asks for them."""

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ApiUser:
    """`functions` are names of API functions, or ALL_FUNCTIONS; `user_group` is shown in answers."""

    name: str
    pass_hash: str
    functions: frozenset[str]
    api_access: bool
    user_group: str


def find(connection: sqlite3.Connection, name: str) -> ApiUser | None:
    """The API user of that name. Raises sqlite3.Error."""
    query = "SELECT pass, functions, api_access, user_group FROM api_user WHERE id = ?"
    with closing(connection.execute(query, (name,))) as found:
        row = found.fetchone()
    if row is None:
        return None
    pass_hash, functions, access, group = row
    return ApiUser(name, pass_hash, frozenset(json.loads(functions)), access == "Y", group)
