"""Writes the entries of a spill file that was set aside into the records, which have gone on without them.

The entries get new rows of the journal. Of the records that they changed, only those come into the tables that have
ended and are not there: whatever the app has recorded since then is newer.
"""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from warmline.core.messages.fallback_messages import FallbackTaken
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.core.world.world import OpenRecord
from warmline.store.database.database import Connection, StoreError
from warmline.store.database.reading import reading
from warmline.store.journal import spill_contents, spill_file, spilled_entries
from warmline.store.journal.journal_codec import RECOVERED
from warmline.store.journal.journal_entry import JournalEntry
from warmline.store.journal.journal_writer import JournalWriter
from warmline.store.journal.projections import TABLES, rows

LATER_CODE = "SELECT 1 FROM disposition_entry WHERE call = ? AND at >= ? LIMIT 1"


class RecoveredEntries(NamedTuple):
    """How many entries a file had that the journal lacked, how many ended records came into the tables, and the losses.

    `lost` says what the file itself has lost.
    """

    entries: int
    records: int
    lost: list[str]


def write_waiting(database: str | Path) -> int:
    """Write the entries of the database's spill file, as a start of the app does; return their number.

    Raises StoreError, also if an app runs.
    """
    before = len(spill_contents.look(database).entries)
    writer = JournalWriter(database)
    writer.open()
    writer.close()
    return before - len(spill_contents.look(database).entries)


def write_aside(database: str | Path, file: Path) -> RecoveredEntries:
    """Write the entries of a file that was set aside, and remove the file.

    Raises StoreError: an app runs, the file is of another database, or it cannot be read or removed.
    """
    scan = spill_contents.read_scan(file)
    frames = [*scan.frames, *scan.behind]
    with reading(database) as connection:
        spilled_entries.check_origin(frames, connection)
        missing = list(spilled_entries.missing(frames, connection))
    records = 0
    if missing:
        writer = JournalWriter(database)
        writer.open()
        try:
            with reading(database) as connection:
                entries = [_recovered(entry, writer.last_time(), connection) for entry in missing]
            records = sum(len(entry.changes) for entry in entries)
            asyncio.run(_write(writer, entries))
        finally:
            writer.close()
    try:
        spill_file.remove(file)
    except OSError as error:
        raise StoreError(
            "spill_not_removed", "{path} is written, and cannot be removed: {why}", path=file, why=error.strerror
        ) from None
    return RecoveredEntries(len(missing), records, spilled_entries.losses(scan, 0))


async def _write(writer: JournalWriter, entries: list[JournalEntry]) -> None:
    await writer.record(entries)


def _recovered(entry: JournalEntry, last: int, connection: Connection) -> JournalEntry:
    """Return what is written of an entry, at the earliest at the time `last`."""
    payload = msgspec.json.decode(entry.payload_json())
    if isinstance(payload, dict):
        payload["core"] = RECOVERED
    changes = tuple(one for one in entry.changes if not one[1] and _is_new(one[0], connection))
    return replace(entry, at=max(entry.at, last), payload=payload, changes=changes)


def _is_new(record: OpenRecord | FallbackTaken, connection: Connection) -> bool:
    if isinstance(record, DispositionEntry) and connection.execute(LATER_CODE, (record.call, record.at)).fetchone():
        return False
    values: list[Any] = list(rows(record)[-1][2])
    table = TABLES[type(record)]
    key = " AND ".join(f'"{column}" = ?' for column in table.columns[: table.key])
    found = connection.execute(f'SELECT 1 FROM "{table.name}" WHERE {key}', values[: table.key])  # noqa: S608 - names of the code
    return found.fetchone() is None
