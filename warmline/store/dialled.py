"""Whom agents have dialled."""

from pathlib import Path

from warmline.store.reading import reading, rows

# Those that were refused have no call.
COUNT = """
    SELECT count(*) AS times FROM receipt
    WHERE requested >= :since AND agent = :agent AND kind = 'DIAL' AND call <> ''
"""


def since(path: str | Path, agent: str, since: int) -> int:
    """How many customers an agent has dialled since then, in microseconds UTC. Raises StoreError."""
    with reading(path) as db:
        [found] = rows(db, COUNT, agent=agent, since=since)
    return int(found["times"])
