"""Checks the names in a report's filter, so that a wrong name does not look like an empty day."""
# ruff: noqa: S608 - only constants of the code

from pathlib import Path

from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.store.database.errors import unknown
from warmline.store.database.reading import reading

# The tables in which a deleted name may still appear.
RECORDS = {
    "ingroup": "SELECT 1 FROM queue_wait WHERE ingroup = ? LIMIT 1",
    "agent": "SELECT 1 FROM agent_session WHERE agent = ? LIMIT 1",
    "campaign": "SELECT 1 FROM agent_session WHERE campaign = ? LIMIT 1",
    "user_group": "SELECT 1 FROM agent WHERE user_group = ? LIMIT 1",
    "server": "SELECT 1 FROM asterisk WHERE server = ? LIMIT 1",
    "disposition": "SELECT 1 FROM disposition_entry WHERE status = ? LIMIT 1",
}
# Tables of another name than their kind. A server is known when the app has found its Asterisk.
TABLES = {"server": f"(SELECT '{MAIN_SERVER}' AS id UNION SELECT server FROM asterisk)"}


def check(path: str | Path, **names: str) -> None:
    """Check names by kind, a key of RECORDS; "" is not checked. Raises NotFound with the nearest name, StoreError."""
    if not any(names.values()):
        return
    with reading(path) as db:
        for kind, name in names.items():
            table = TABLES.get(kind, kind)
            asked = (f"SELECT 1 FROM {table} WHERE id = ?", RECORDS[kind])
            if not name or any(db.execute(sql, [name]).fetchone() for sql in asked):
                continue
            known = [str(row["id"]) for row in db.execute(f"SELECT id FROM {table} ORDER BY id")]
            raise unknown(kind.replace("_", "-"), name, known)
