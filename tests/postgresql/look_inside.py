"""Opens a database of either engine for a test that looks into it with sqlite3."""

import sqlite3
from collections.abc import Iterator
from typing import Any

from warmline.store.postgresql.schema import columns
from warmline.store.postgresql.server_connection import Connection, opened
from warmline.system.database_address import DatabaseAddress

_of_file = sqlite3.connect


OF_TRIGGER = "SELECT tgrelid::regclass FROM pg_trigger WHERE tgname = $1"
DROP = "DROP TRIGGER "


class _Inside(Connection):
    def execute(self, sql: str, values: Any = ()) -> Any:
        """Run a statement; PostgreSQL wants to know the table of a trigger."""
        if sql.startswith(DROP):
            found = super().execute(OF_TRIGGER, [sql.removeprefix(DROP)]).fetchone()
            return self.as_written(f"{sql} ON {found and found[0]}")
        return super().execute(sql, values)

    def iterdump(self) -> Iterator[str]:
        """Yield each row as a text."""
        for table in columns():
            for row in sorted(map(repr, self.execute(f'SELECT * FROM "{table}"'))):  # noqa: S608 - tables of schema.sql
                yield f"{table} {row}"

    def __enter__(self) -> "_Inside":
        if not self.in_transaction:
            self.execute("BEGIN IMMEDIATE")
        return self

    def __exit__(self, *error: object) -> None:
        if error[0] is None:
            self.commit()
        else:
            self.rollback()


def connect(place: Any, *given: Any, **named: Any) -> Any:
    """Open a database: `sqlite3.connect` with an address, too."""
    if not isinstance(place, DatabaseAddress):
        return _of_file(place, *given, **named)
    connection = opened(place, named.get("timeout", 5.0))
    connection.__class__ = _Inside
    return connection
