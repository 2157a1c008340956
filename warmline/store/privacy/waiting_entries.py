"""Journal entries with a person's number that are outside the database: in the spill file, and in those set aside."""

from pathlib import Path
from typing import Any

import msgspec

from warmline.store.database.database import StoreError
from warmline.store.database.errors import Conflict
from warmline.store.journal import spill_contents, spill_file
from warmline.store.journal.journal_entry import JournalEntry
from warmline.store.journal.journal_writer import JournalWriter
from warmline.store.privacy.subject_access import SubjectRecords
from warmline.store.privacy.waiting_records import ErasedWaiting


class WaitingEntries:
    """The entries that a database does not have."""

    def __init__(self, database: str | Path) -> None:
        self._database = database

    def find(self, person: SubjectRecords) -> list[dict[str, Any]]:
        """Return the person's entries, each with its `file`. Raises StoreError."""
        return [
            {"file": str(file), "at": one.at, "kind": one.kind, "call": one.call, "payload": one.payload}
            for file, entries in self._all()
            for one in entries
            if _is_about(one, person)
        ]

    def erase(self, person: SubjectRecords) -> ErasedWaiting:
        """Write the entries of the spill file into the database, which the erasure reaches next.

        A file that was set aside, whose entries no database can take, is deleted if it has one about the person.
        Raises Conflict while the app has such entries and the database cannot be written, and StoreError.
        """
        erased, left = 0, list[str]()
        if about := sum(_is_about(one, person) for one in spill_contents.look(self._database).entries):
            self._write(about)
        for file, entries in self._all()[1:]:
            if not (about := sum(_is_about(one, person) for one in entries)):
                continue
            try:
                spill_file.remove(file)
                erased += about
            except OSError:
                left.append(str(file))
        return ErasedWaiting(erased, tuple(left))

    def _write(self, count: int) -> None:
        """Write the entries into the database, as a start of the app does."""
        try:
            writer = JournalWriter(self._database)
            writer.open()
            writer.close()
            waits = bool(spill_contents.look(self._database).entries)
        except StoreError as error:
            if error.code not in ("database_in_use", "lease_held"):
                raise
            waits = True
        if waits:
            raise Conflict(
                "person_entries_wait",
                "entries of the person that wait for the database: {count}; nothing was erased: try again when the "
                "database can be written (see: warmline doctor)",
                count=count,
            )

    def _all(self) -> list[tuple[Path, list[JournalEntry]]]:
        """Return the entries of each file. Raises StoreError."""
        found = spill_contents.look(self._database)
        return [
            (found.path, [*found.entries, *found.behind]),
            *((file, spill_contents.read(file)) for file in found.aside),
        ]


def _is_about(entry: JournalEntry, person: SubjectRecords) -> bool:
    text = msgspec.json.encode((entry.payload, entry.opted_out, [str(record) for record, _ in entry.changes])).decode()
    return entry.call in person.calls or bool(person.mention.search(text))
