"""The entries that wait in the spill file of a database, for programs that do not write the journal."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from warmline.store.database.database import StoreError
from warmline.store.database.reading import reading
from warmline.store.journal import spill_file, spilled_entries
from warmline.store.journal.journal_entry import JournalEntry, head
from warmline.store.journal.spill_file import Frame
from warmline.store.journal.spilled_entries import SpillError


class SpillContents(NamedTuple):
    """The entries in a spill file that the database does not have, in order.

    `why`: why they cannot become rows of this database; "" if they can. `damaged` is how many frames cannot be written
    because an earlier one is damaged. `aside` are files whose entries a start could not write.
    """

    path: Path
    entries: list[JournalEntry]
    why: str
    damaged: int
    aside: list[Path]

    def faults(self) -> list[str]:
        """Return what is wrong: entries that are in no database, and cannot get there."""
        found = [f"{self.path}: {self.why}"] if self.why else []
        if self.damaged:
            found.append(f"{self.path}: frames that cannot be written after a damaged one: {self.damaged}")
        return found + [f"{path}: its entries are in no database; see: warmline db spill {path}" for path in self.aside]


def look(database: str | Path) -> SpillContents:
    """Return what waits for a database, which may be missing or damaged. Raises StoreError."""
    path = spill_file.path_of(database)
    aside = sorted(path.parent.glob(f"{path.name}.*"))
    try:
        frames, damaged = spill_file.read(path), spill_file.read_damaged(path)
    except OSError as error:
        raise unreadable(path, error) from None
    try:
        with reading(database) as connection:
            last = head(connection)
            found = spilled_entries.unwritten(frames, connection, last)
            return SpillContents(path, found, "", sum(one.first > last.seq for one in damaged), aside)
    except (SpillError, StoreError) as error:
        return SpillContents(path, entries_of(frames), str(error), len(damaged), aside)


def read(path: Path) -> list[JournalEntry]:
    """Return all entries of a file, such as one that was set aside. Raises StoreError."""
    try:
        return entries_of([*spill_file.read(path), *spill_file.read_damaged(path)])
    except OSError as error:
        raise unreadable(path, error) from None


def entries_of(frames: list[Frame]) -> list[JournalEntry]:
    """Return the entries of frames, without those of unreadable ones."""
    found = []
    for one in frames:
        with suppress(SpillError):
            found += spilled_entries.entries(one)
    return found


@contextmanager
def kept_away(database: str | Path) -> Iterator[list[JournalEntry]]:
    """Move a spill file with entries away while another database takes its place; yield these entries.

    If the block raises, the file is back. Raises StoreError.
    """
    path, found = spill_file.path_of(database), look(database).entries
    if not found:
        yield found
        return
    try:
        moved = spill_file.set_aside(path, time.time_ns() // 1000)
    except OSError as error:
        raise StoreError("spill_not_moved", "{path} cannot be moved: {why}", path=path, why=error.strerror) from None
    try:
        yield found
    except BaseException:
        moved.rename(path)
        raise


def unreadable(path: Path, error: OSError) -> StoreError:
    """Return the error of a spill file that cannot be read."""
    return StoreError("spill_not_read", "spill file {path} cannot be read: {why}", path=path, why=error.strerror)
