"""Reports of webhooks: the attempts to send each one."""

import json
from pathlib import Path

from warmline.store.database.reading import Row, reading, rows

TRIED = """
    SELECT * FROM webhook WHERE queued >= :since AND (:call = '' OR call = :call) ORDER BY queued DESC, id DESC
"""


def tried(path: str | Path, since: int, call: str = "") -> list[Row]:
    """Return the webhooks queued since a time, or of one call, newest first, with their attempts."""
    with reading(path) as db:
        return [row | {"tries": json.loads(row["tries"])} for row in rows(db, TRIED, since=since, call=call)]
