"""A database with a campaign and a million leads, in 200 groups of list, status and place."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from zoneinfo import available_timezones

from lab import configure, demo_config
from warmline.store.database.database import connect
from warmline.system.program_files import SCHEMA

LEADS = 1_000_000
CAMPAIGN, LISTS = "DIALCAMP", ("901", "902")
STATUSES = ("NEW", "NI")
ZONES = 50  # places of leads
NUMBER = 8_130_000_000  # the first one
OPTIONS = {
    **demo_config.CAMPAIGN,
    "dial_method": "PROGRESSIVE",
    "campaign_cid": "4930999888",
    "safe_harbor_audio": "vm-nobodyavail",
    "local_call_time": "ALLDAY",
    "dial_statuses": ",".join(STATUSES),
}
INSERT = """
    INSERT INTO lead (list_id, entry_date, modify_date, status, phone_code, phone_number, time_zones, jurisdictions)
    WITH RECURSIVE serial (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM serial WHERE n < :last)
    SELECT iif(n % 2, :one, :other), :now, :now, iif(n / 2 % 2, :new, :again), '', :number + n,
        (SELECT name FROM zone WHERE rowid = n / 4 % :zones + 1), 'JP'
    FROM serial
"""


def kept(folder: Path, leads: int) -> Path:
    """Return the database with so many leads in a folder; create it if it is not there, or was made in another way."""
    made_by = hashlib.sha256(SCHEMA.read_bytes() + Path(__file__).read_bytes()).hexdigest()[:12]
    path = folder / f"leads-{leads}-{made_by}.db"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        make(new := path.with_suffix(".new"), leads)
        new.rename(path)
    return path


def make(path: Path, leads: int = LEADS) -> None:
    """Create the database. The law of no place here limits the hours, so the campaign dials at any time."""
    configure.fill(
        path,
        [
            ("call-time", "ALLDAY", {"ct_default_start": "0", "ct_default_stop": "2400"}),
            ("campaign", CAMPAIGN, OPTIONS),
            *(("list", name, {"campaign": CAMPAIGN, "country": "JP"}) for name in LISTS),
        ],
    )
    with closing(connect(path)) as db:
        db.execute("PRAGMA synchronous=OFF")  # the file is new
        add(db, leads)
        db.execute("ANALYZE")


def add(db: sqlite3.Connection, leads: int) -> None:
    """Add so many leads to LISTS, which must be there. Raises sqlite3.Error."""
    db.execute("CREATE TEMP TABLE zone (name TEXT)")
    db.executemany("INSERT INTO zone VALUES (?)", [(name,) for name in _zones()])
    db.execute("BEGIN")
    values = {"last": leads - 1, "one": LISTS[0], "other": LISTS[1], "now": 1, "number": NUMBER}
    db.execute(INSERT, values | {"new": STATUSES[0], "again": STATUSES[1], "zones": ZONES})
    db.execute("COMMIT")


def _zones() -> list[str]:
    return sorted(name for name in available_timezones() if name.startswith("Asia/"))[:ZONES]
