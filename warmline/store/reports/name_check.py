"""Whether a report is asked about something that there is, or was: a wrong name is not to look like an empty day."""
# ruff: noqa: S608 - names of our own

from pathlib import Path

from warmline.store.database.errors import unknown
from warmline.store.database.reading import reading

# Where a name may still stand that is configured no longer.
RECORDS = {
    "ingroup": "SELECT 1 FROM queue_wait WHERE ingroup = ? LIMIT 1",
    "agent": "SELECT 1 FROM agent_session WHERE agent = ? LIMIT 1",
    "campaign": "SELECT 1 FROM agent_session WHERE campaign = ? LIMIT 1",
    "disposition": "SELECT 1 FROM disposition_entry WHERE status = ? LIMIT 1",
}


def check(path: str | Path, **names: str) -> None:
    """Each name, by what it is of: a key of RECORDS; "" is none. Raises NotFound with the nearest, StoreError."""
    if not any(names.values()):
        return
    with reading(path) as db:
        for kind, name in names.items():
            asked = (f"SELECT 1 FROM {kind} WHERE id = ?", RECORDS[kind])
            if not name or any(db.execute(sql, [name]).fetchone() for sql in asked):
                continue
            raise unknown(kind, name, [str(row["id"]) for row in db.execute(f"SELECT id FROM {kind} ORDER BY id")])
