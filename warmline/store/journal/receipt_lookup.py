"""Reads a command's receipt from the database, however long ago the command ended."""

import json
import sqlite3
from dataclasses import fields
from pathlib import Path

import msgspec

from warmline.core.messages.command_classes import RECEIPT_COLUMNS
from warmline.core.model.receipt import Receipt
from warmline.store.database.reading import reading
from warmline.store.journal import command_codec


def find(path: str | Path, receipt: str) -> Receipt | None:
    """Return the receipt of that id, or None. Raises StoreError."""
    return _one(path, "id = ?", receipt)


def find_by_key(path: str | Path, by: str, key: str) -> Receipt | None:
    """Return the first receipt of the requester `by` with that idempotency key. Raises StoreError."""
    return _one(path, """"by" = ? AND key = ? AND key <> ''""", by, key)  # the condition of the index


def _one(path: str | Path, where: str, *values: str) -> Receipt | None:
    with reading(path) as connection:
        found = connection.execute(
            f"SELECT * FROM receipt WHERE {where} ORDER BY requested LIMIT 1",  # noqa: S608 - the two texts above
            values,
        ).fetchone()
    return found and _receipt(found)


def _receipt(row: sqlite3.Row) -> Receipt:
    names = {field.name for field in fields(Receipt)} & set(row.keys())
    command = {name: row[name] for name in ("kind", "agent", *RECEIPT_COLUMNS)}
    steps = steps_from(row["requested"], json.loads(row["steps"]))
    return msgspec.convert(
        {name: row[name] for name in names} | {"command": command, "steps": steps},
        Receipt,
        strict=False,
        dec_hook=command_codec.stored,
    )


def steps_from(requested: int, steps: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return the steps of a command with the first one at the time of its request.

    The column `requested` moves if the machine's clock is set while the call is open; the steps stay.
    """
    by = requested - steps[0][1] if steps and steps[0][0] == "requested" else 0
    return [(name, at + by) for name, at in steps] if by else steps
