"""The names that lists show next to keys, such as `full_name` next to an agent's user."""

from pathlib import Path

from warmline.options.option_table import AGENT, ENTITIES
from warmline.store.database.reading import reading, rows


def full_names(path: str | Path, kind: str) -> dict[str, str]:
    """Return the name of each entity of a kind by its key, without those that have none. Raises StoreError.

    An agent without a name of its own has that of its user.
    """
    entity = ENTITIES[kind]
    table = "known_agent" if entity is AGENT else entity.table
    sql = f"SELECT id, {entity.label} AS name FROM {table} WHERE {entity.label} <> ''"  # noqa: S608 - of the table
    with reading(path) as db:
        return {row["id"]: row["name"] for row in rows(db, sql)}
