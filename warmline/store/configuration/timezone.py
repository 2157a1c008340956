"""The time zone of the configuration: by its clock call times are kept and people read times."""

import sqlite3
from contextlib import closing
from pathlib import Path

from warmline.store.database.database import unreadable


def timezone(path: str | Path) -> str:
    """The setting's timezone, read without any check of the rest. Raises StoreError."""
    try:
        with closing(sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True)) as db:
            found = db.execute("SELECT timezone FROM setting").fetchone()
    except (sqlite3.Error, OSError) as error:
        raise unreadable(path, error) from None
    return str(found[0]) if found else ""
