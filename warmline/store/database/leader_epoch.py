"""The epoch of the app that leads, with several servers: a number in table `meta` that each start raises."""

from pathlib import Path

from warmline.store.database.reading import reading
from warmline.store.database.writing import writing

READ = "SELECT value FROM meta WHERE key = 'leader_epoch'"
RAISE = """
    INSERT INTO meta VALUES ('leader_epoch', '1')
    ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(meta.value AS INTEGER) + 1 AS TEXT)
"""


def read(path: str | Path) -> int:
    """Return the epoch of the last start; 0 if there was none with several servers. Raises StoreError."""
    with reading(path) as db:
        row = db.execute(READ).fetchone()
    return int(row[0]) if row else 0


def begin_next(path: str | Path) -> int:
    """Raise the epoch in a commit, and return it. Raises StoreError."""
    with writing(path) as db:
        db.execute(RAISE)
        return int(db.execute(READ).fetchone()[0])
