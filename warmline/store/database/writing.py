"""Changes the database in one short transaction."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warmline.store.database import database
from warmline.store.database.database import StoreError
from warmline.store.database.kept_connections import WRITES
from warmline.store.database.reading import connections
from warmline.store.database.schema_text import refuse_strange_triggers


@contextmanager
def writing(path: str | Path) -> Iterator[sqlite3.Connection]:
    """Open the database in one transaction, which is rolled back if the block raises. Raises StoreError.

    The block must not change settings of the connection that outlast a transaction, because a later block may use it.
    """
    kept = connections()
    one = None
    try:
        one = kept.begin(str(path), database.mode(), WRITES)
        one.connection.row_factory = sqlite3.Row
        if not one.has_known_triggers:
            refuse_strange_triggers(one.connection, path)
            one.has_known_triggers = True
        yield one.connection
        one.connection.execute("COMMIT")
        done, one = one, None
        kept.end(done)
    except sqlite3.Error as error:
        raise StoreError(
            "write_failed", "database {path}: {why}; nothing was changed, try again", path=path, why=error
        ) from None
    finally:
        if one:
            one.close()  # an open transaction is rolled back
