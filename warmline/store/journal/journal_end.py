"""The time of the last write to the journal."""

from pathlib import Path

from warmline.store.database.reading import reading

LAST = """
    SELECT at + ifnull((SELECT correction FROM clock_correction ORDER BY at DESC LIMIT 1), 0) FROM journal
    ORDER BY seq DESC LIMIT 1
"""


def last_machine_time(path: str | Path) -> int:
    """Return what the machine's clock showed at the journal's last row, in microseconds UTC; 0 if it has no row.

    Raises StoreError.
    """
    with reading(path) as db:
        found = db.execute(LAST).fetchone()
    return int(found[0]) if found else 0
