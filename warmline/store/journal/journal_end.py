"""The time of the last write to the journal."""

from pathlib import Path

from warmline.store.database.reading import reading


def last_time(path: str | Path) -> int:
    """Return the time of the journal's last row in microseconds UTC; 0 if the journal is empty. Raises StoreError."""
    with reading(path) as db:
        found = db.execute("SELECT at FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return int(found[0]) if found else 0
