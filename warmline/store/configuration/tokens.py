"""The bearer tokens of the JSON API and the programs that hold them."""

import json
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from warmline.store.database.database import connect


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A program that may use the JSON API, and its permissions."""

    name: str
    scopes: frozenset[str]


def read_all(path: str | Path) -> dict[str, ApiToken]:
    """Return every program with a token, by the token's hash. Raises StoreError, sqlite3.Error."""
    with closing(connect(path)) as connection:
        rows = connection.execute("SELECT token, id, scopes FROM api_token ORDER BY id DESC").fetchall()
    return {row[0]: ApiToken(row[1], frozenset(json.loads(row[2]))) for row in rows}
