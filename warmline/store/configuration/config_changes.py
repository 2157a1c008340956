"""Reads the changes of the configuration from config_journal."""

import json
from collections.abc import Iterator
from pathlib import Path

from warmline.store.database.reading import Row, each, reading

CHANGES = """
    SELECT seq, at, who, action, entity, name, before, after FROM config_journal
    WHERE at >= :start AND at < :end AND (:who = '' OR who = :who OR instr(who, :who || ' (uid ') = 1)
    AND (:entity = '' OR entity = :entity) AND (:name = '' OR name = :name) ORDER BY seq
"""


def changes(path: str | Path, start: int, end: int, who: str = "", entity: str = "", name: str = "") -> Iterator[Row]:
    """Yield each change, oldest first; "" matches any value.

    `changes` has each option's value before and after; None for no value. Times are in microseconds UTC. Raises
    StoreError.
    """
    with reading(path) as db:
        for row in each(db, CHANGES, start=start, end=end, who=who, entity=entity, name=name):
            before, after = json.loads(row.pop("before")), json.loads(row.pop("after"))
            row["changes"] = {option: [before.get(option), after.get(option)] for option in {**before, **after}}
            yield row
