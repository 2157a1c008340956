"""The rates and times that the dialler has learnt of each campaign, kept over its stops and restarts of the app."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from warmline.store.database.reading import reading, rows
from warmline.store.database.writing import writing

READ = "SELECT at, body FROM pacing WHERE campaign = :campaign"
WRITE = """
    INSERT INTO pacing (campaign, at, body) VALUES (?, ?, ?)
    ON CONFLICT (campaign) DO UPDATE SET at = excluded.at, body = excluded.body
"""


class LearntPacing(NamedTuple):
    """A record of `Pacer.as_record`, and when it was kept, in microseconds UTC."""

    at: int
    record: dict[str, Any]


def load(path: str | Path, campaign: str) -> LearntPacing | None:
    """Return what was learnt of a campaign, or None. Raises StoreError, and ValueError if it is no JSON."""
    with reading(path) as db:
        found = rows(db, READ, campaign=campaign)
    return LearntPacing(found[0]["at"], json.loads(found[0]["body"])) if found else None


def keep(path: str | Path, campaign: str, learnt: LearntPacing) -> None:
    """Keep what was learnt of a campaign in place of the previous record. Raises StoreError."""
    with writing(path) as db:
        db.execute(WRITE, (campaign, learnt.at, json.dumps(learnt.record)))
