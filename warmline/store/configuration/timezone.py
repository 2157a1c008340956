"""The time zone of the configuration, for call times and for the times that people read."""

import sqlite3
from contextlib import closing
from pathlib import Path

from warmline.store.database.database import unreadable


def timezone(path: str | Path) -> str:
    """Return the setting `timezone`, without checking other options. Raises StoreError."""
    try:
        with closing(sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True)) as db:
            found = db.execute("SELECT timezone FROM setting").fetchone()
    except (sqlite3.Error, OSError) as error:
        raise unreadable(path, error) from None
    return str(found[0]) if found else ""
