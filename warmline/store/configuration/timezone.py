"""The time zone of the configuration, for call times and for the times that people read."""

import sqlite3
from contextlib import closing
from pathlib import Path

from warmline.store.database.database import unreadable
from warmline.store.database.reading import reading
from warmline.system.database_address import DatabaseAddress

ZONE = "SELECT timezone FROM setting"


def timezone(path: str | Path) -> str:
    """Return the setting `timezone`, without checking other options. Raises StoreError."""
    if isinstance(path, DatabaseAddress):
        with reading(path) as server:
            return str(server.execute(ZONE).fetchone()[0])
    try:
        with closing(sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True)) as db:
            found = db.execute(ZONE).fetchone()
    except (sqlite3.Error, OSError) as error:
        raise unreadable(path, error) from None
    return str(found[0]) if found else ""
