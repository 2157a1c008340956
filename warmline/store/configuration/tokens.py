"""The bearer tokens of the JSON API and the programs that hold them."""

import json
from dataclasses import dataclass
from pathlib import Path

from warmline.store.database.passwords import hashed_token
from warmline.store.database.reading import reading

ALL = "ALL"  # the scope that includes all others


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A program that may use the JSON API, and its permissions."""

    name: str
    scopes: frozenset[str]

    @property
    def client(self) -> str:
        """Return the name of the program in receipts, logs and limits."""
        return f"token:{self.name}"

    def may(self, scope: str) -> bool:
        """Return whether the program has a scope."""
        return bool(self.scopes & {ALL, scope})

    def bound(self, _scope: str) -> None:
        """Return None: a program sees and commands all agents."""
        return


def read_all(path: str | Path) -> dict[str, ApiToken]:
    """Return every program with a token, by the token's hash. Raises StoreError."""
    with reading(path) as connection:
        rows = connection.execute("SELECT token, id, scopes FROM api_token ORDER BY id DESC").fetchall()
    return {row[0]: ApiToken(row[1], frozenset(json.loads(row[2]))) for row in rows}


def find(path: str | Path, token: str) -> ApiToken | None:
    """Return the program that holds a token, or None. Raises StoreError."""
    with reading(path) as db:
        row = db.execute("SELECT id, scopes FROM api_token WHERE token = ?", [hashed_token(token)]).fetchone()
    return ApiToken(row["id"], frozenset(json.loads(row["scopes"]))) if row else None
