"""When the journal was last written."""

from pathlib import Path

from warmline.store.database.reading import reading


def last_time(path: str | Path) -> int:
    """The time of its last row, microseconds UTC; 0 for an empty one. Raises StoreError."""
    with reading(path) as db:
        found = db.execute("SELECT at FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return int(found[0]) if found else 0
