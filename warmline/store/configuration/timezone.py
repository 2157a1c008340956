"""The time zone of the configuration, for call times and for the times that people read."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from warmline.store.database.reading import reading
from warmline.system.database_address import DatabaseAddress

ZONE = "SELECT timezone FROM setting"


def timezone(path: str | Path) -> str:
    """Return the setting `timezone`, without checking other options. Raises StoreError."""
    if not isinstance(path, DatabaseAddress):
        address = f"{Path(path).absolute().as_uri()}?mode=ro"
        with suppress(sqlite3.Error, OSError), closing(sqlite3.connect(address, uri=True)) as db:
            return _zone(db)
    with reading(path) as checked:  # it says why a file cannot be read
        return _zone(checked)


def _zone(db: sqlite3.Connection) -> str:
    found = db.execute(ZONE).fetchone()
    return str(found[0]) if found else ""
