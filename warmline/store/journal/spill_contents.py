"""The entries that wait in the spill file of a database, for programs that do not write the journal."""

import shlex
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from warmline.store.database.database import Connection, StoreError
from warmline.store.database.reading import reading
from warmline.store.journal import spill_file, spilled_entries
from warmline.store.journal.journal_entry import JournalEntry, head
from warmline.store.journal.spill_file import Frame, SpillScan
from warmline.store.journal.spilled_entries import SpillError

WRITES_WITHIN = 0.2  # seconds in which the app has written a frame


class SpillContents(NamedTuple):
    """The entries in a spill file that the database does not have, in order.

    `why`: why they cannot become rows of this database; "" if they can. `lost` says what the file has lost. `behind`
    are the whole entries behind that, which a start does not write. `aside` are files that a start has set aside, with
    what is wrong with each.
    """

    path: Path
    entries: list[JournalEntry]
    why: str
    lost: list[str]
    behind: list[JournalEntry]
    aside: dict[Path, str]

    def faults(self) -> list[str]:
        """Return what is wrong: entries that are in no database, and cannot get there."""
        aside = (
            f"{path}: {text}; see: warmline db spill {shlex.quote(str(path))}" for path, text in self.aside.items()
        )
        return [*self.damages(), *aside]

    def damages(self) -> list[str]:
        """Return what is wrong with the file itself."""
        found = [f"{self.path}: {text}" for text in filter(None, (self.why, *self.lost))]
        if self.behind:
            found.append(f"{self.path}: whole entries behind the damage, which a start sets aside: {len(self.behind)}")
        return found


def look(database: str | Path) -> SpillContents:
    """Return what waits for a database, which may be missing or damaged. Raises StoreError."""
    path = spill_file.path_of(database)
    found = _look(path, database)
    if not found.damages():
        return found
    time.sleep(WRITES_WITHIN)  # the app may have been writing
    return _look(path, database)


def _look(path: Path, database: str | Path) -> SpillContents:
    aside = dict.fromkeys(sorted(path.parent.glob(f"{path.name}.*")), "its entries are in no database")
    scan = read_scan(path)
    try:
        with reading(database) as connection:
            last = head(connection)
            found = spilled_entries.unwritten(scan.frames, connection, last)
            behind = entries_of([one for one in scan.behind if one.first > last.seq])
            aside = {file: _fault(file, connection) for file in aside}
            return SpillContents(path, found, "", spilled_entries.losses(scan, last.seq), behind, aside)
    except (SpillError, StoreError) as error:
        lost = spilled_entries.losses(scan, 0)
        return SpillContents(path, entries_of(scan.frames), str(error), lost, entries_of(scan.behind), aside)


def look_at(database: str | Path, file: Path | None) -> tuple[list[JournalEntry], list[str]]:
    """Return the entries of a file, by default of the database's spill file, and what is wrong with it.

    Raises StoreError.
    """
    if file is None:
        found = look(database)
        return [*found.entries, *found.behind], found.faults()
    scan = read_scan(file)
    return entries_of([*scan.frames, *scan.behind]), spilled_entries.losses(scan, 0)


def read(path: Path) -> list[JournalEntry]:
    """Return all entries of a file, such as one that was set aside. Raises StoreError."""
    return look_at(path, path)[0]


def read_scan(path: Path) -> SpillScan:
    """Return what a file holds. Raises StoreError."""
    try:
        return spill_file.read(path)
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
    looked = look(database)
    path, found = looked.path, [*looked.entries, *looked.behind]
    if not found and not looked.lost:
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


def _fault(file: Path, connection: Connection) -> str:
    """Return what is wrong with a file that was set aside: how many entries no row has, and what is lost."""
    try:
        scan = spill_file.read(file)
        count = sum(1 for _ in spilled_entries.missing([*scan.frames, *scan.behind], connection))
    except (OSError, SpillError, StoreError) as error:
        return str(error)
    lost = spilled_entries.losses(scan, 0)
    return "; ".join([f"entries that are in no database: {count}"] * (count > 0 or not lost) + lost)


def unreadable(path: Path, error: OSError) -> StoreError:
    """Return the error of a spill file that cannot be read."""
    return StoreError("spill_not_read", "spill file {path} cannot be read: {why}", path=path, why=error.strerror)
