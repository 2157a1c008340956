"""Who a bearer token of the JSON API belongs to."""

import hmac
import json
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from warmline.store.database import connect
from warmline.store.passwords import hashed_token


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A program that may use the JSON API, and for what."""

    name: str
    scopes: frozenset[str]


def find(path: str | Path, token: str) -> ApiToken | None:
    """The program whose token this is. Every stored hash is compared, each in the same time.

    Raises StoreError, sqlite3.Error.
    """
    with closing(connect(path)) as connection:
        rows = connection.execute("SELECT id, scopes, token FROM api_token ORDER BY id").fetchall()
    given = hashed_token(token)
    found = [row for row in rows if hmac.compare_digest(given, row[2])]
    return ApiToken(found[0][0], frozenset(json.loads(found[0][1]))) if found else None
