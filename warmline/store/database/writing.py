"""Changes the database in one short transaction."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warmline.store.database.database import StoreError, connect
from warmline.store.database.schema_text import refuse_strange_triggers


@contextmanager
def writing(path: str | Path) -> Iterator[sqlite3.Connection]:
    """Open the database in one transaction, which is rolled back if the block raises. Raises StoreError."""
    connection = connect(path)
    connection.row_factory = sqlite3.Row
    try:
        refuse_strange_triggers(connection, path)
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise StoreError(
            "write_failed", "database {path}: {why}; nothing was changed, try again", path=path, why=error
        ) from None
    finally:
        connection.close()  # an open transaction is rolled back
