"""The rows of calls and other records that are open while the machine's clock is set: their times move with it.

Such a row has the times that the machine's clock would have shown if it had been as it is now. So the steps of a call
follow each other, and its length is the time that passed.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from warmline.core.model.call import Call
from warmline.core.model.leg import Leg
from warmline.core.model.webhook import Webhook
from warmline.core.world.world import World
from warmline.store.journal.projections import ATTEMPTS, TABLES, Projection, times

MOVED = {
    table.name: (table, columns)
    for kind, table in (*TABLES.items(), (Call, ATTEMPTS))
    if (columns := times(kind, table))
}
"""The tables with times of turns, and the columns of these times."""

OF_CALL = {name: "call" for name, (table, _) in MOVED.items() if "call" in table.columns} | {TABLES[Leg].name: "owner"}
del OF_CALL[TABLES[Webhook].name]  # it is sent by itself
"""The column with the call to which a row belongs, by table."""


def statements(by: int) -> Iterator[tuple[str, str, list[int]]]:
    """Yield the name, the statement and the values that move the times of each table by `by` microseconds."""
    for name, (table, columns) in MOVED.items():
        yield f"moved {name}", _statement(table, columns), [by] * len(columns)


def moved(
    latest: dict[tuple[str, tuple[object, ...]], tuple[Any, ...]], world: World, by: int
) -> Iterable[tuple[tuple[str, tuple[object, ...]], tuple[Any, ...]]]:
    """Return those of the rows `latest`, by table and key, that move with these open records, with their new times."""
    is_open = {(TABLES[type(record)].name, record.id) for record in world.iterate_open_records()}
    found = []
    for (name, key), values in latest.items():
        table, columns = MOVED.get(name, (None, ()))
        row = dict(zip(table.columns, values, strict=True)) if table else {}
        if row and ((name, key[0]) in is_open or row.get(OF_CALL.get(name, "")) in world.calls):
            row |= {column: row[column] + by for column in columns if row[column]}
            found.append(((name, key), tuple(row.values())))
    return found


def _statement(table: Projection, columns: Iterable[str]) -> str:
    names = [f'"{column}"' for column in columns]
    news = ", ".join(f"{name} = CASE WHEN {name} > 0 THEN {name} + ? ELSE {name} END" for name in names)
    conditions = [] if table is ATTEMPTS else [f"id IN ({_open(table.name)})"]
    if column := OF_CALL.get(table.name):
        conditions.append(f'"{column}" <> \'\' AND "{column}" IN ({_open(TABLES[Call].name)})')
    return f'UPDATE "{table.name}" SET {news} WHERE {" OR ".join(conditions)}'  # noqa: S608 - names of the code


def _open(kind: str) -> str:
    return f"SELECT id FROM open_state WHERE kind = '{kind}'"  # noqa: S608 - a name of the code
