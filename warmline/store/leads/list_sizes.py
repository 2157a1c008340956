"""Counts the leads of all lists."""

from pathlib import Path

from warmline.store.database.reading import each, reading

SIZES = "SELECT list_id, count(*) AS leads FROM lead GROUP BY list_id"


def sizes(path: str | Path) -> dict[str, int]:
    """Return how many leads each list has; a list without leads is left out. Raises StoreError."""
    with reading(path) as db:
        return {str(row["list_id"]): row["leads"] for row in each(db, SIZES)}
