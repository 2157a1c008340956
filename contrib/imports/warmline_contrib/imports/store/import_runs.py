"""An import of rows from another system: one record, which says how far each table is read.

The place of a table is written in the transaction of its rows. Therefore an import that was killed continues there.
"""

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from warmline.store.database.database import StoreError, connect
from warmline.store.database.long_writes import PATIENCE, batches, run
from warmline.store.journal.imported_rows import MARK, PAST

__all__ = ["MARK", "PAST", "ImportRun", "ImportedRow", "begun", "opened"]

CONFIGURATION, UNDO = "configuration", "undo"  # in import_place, in place of a table: its revisions; an undo has begun


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """A row of the source: its key, and the statements that write it. Without statements, it is only passed.

    The row is new if the first statement changes something.
    """

    key: str
    statements: tuple[tuple[str, tuple[object, ...]], ...] = ()


@dataclass
class ImportRun:
    """One import into an open database. `longest_held_ms` is that of the write lock."""

    db: sqlite3.Connection
    number: int
    places: dict[str, str] = field(default_factory=dict)
    longest_held_ms: float = 0.0

    def write(self, table: str, rows: Iterator[ImportedRow]) -> tuple[int, int]:
        """Write the rows in short transactions, with their place. Return how many were read and are new.

        Raises StoreError if the import is undone.
        """
        read = new = 0

        def write(batch: list[ImportedRow]) -> int:
            if self.db.execute(STOPPED, (self.number,)).fetchone():
                raise StoreError(
                    "import_undone_meanwhile",
                    "import {number} was undone while it ran; to import the source all the same, run the command again",
                    number=self.number,
                )
            changed = _written(self.db, batch)
            self.db.execute(PLACE, (self.number, table, batch[-1].key, len(batch), changed))
            return changed

        for done in batches(self.db, rows, write):
            read, new = read + len(done.items), new + done.changed
            self.longest_held_ms = max(self.longest_held_ms, done.held * 1000)
        return read, new

    def keep_ids(self, last: int) -> None:
        """Let new leads have larger ids than `last`, so that none takes the id of a lead that is still to come."""
        run(self.db, ((NUMBERED, ()), (RAISED, (last,))))

    def end(self) -> None:
        """Record that all tables are read."""
        self.db.execute("UPDATE import_run SET ended = ? WHERE id = ?", (_now(), self.number))


PLACE = """
    INSERT INTO import_place (run, name, "after", read, new) VALUES (?, ?, ?, ?, ?) ON CONFLICT (run, name) DO UPDATE
    SET "after" = excluded."after", read = import_place.read + excluded.read, new = import_place.new + excluded.new
"""
# Both have a pair in warmline/store/postgresql/pairs.py.
NUMBERED = "INSERT INTO sqlite_sequence SELECT 'lead', 0 WHERE 'lead' NOT IN (SELECT name FROM sqlite_sequence)"
RAISED = "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'lead'"
STOPPED = f"""
    SELECT 1 FROM import_place WHERE run = ?1 AND name = '{UNDO}'
    UNION ALL SELECT 1 FROM import_run WHERE id = ?1 AND undone IS NOT NULL
"""  # noqa: S608 - a constant
OPEN = "SELECT id, ended FROM import_run WHERE source = ? AND undone IS NULL ORDER BY id DESC LIMIT 1"


def opened(path: str) -> sqlite3.Connection:
    """Open a database for an import. Raises StoreError."""
    db = connect(path, busy=PATIENCE)
    db.execute("PRAGMA synchronous=NORMAL")  # shortens the lock; an import repeats rows lost in a power cut
    db.execute("PRAGMA cache_size=-65536")
    return db


def begun(db: sqlite3.Connection, source: str, who: str, again: tuple[str, ...]) -> ImportRun:
    """Begin an import from a source, or continue the one of before. Raises sqlite3.Error.

    The tables `again` have no order in which new rows come last, so an import that has ended reads all of them.
    """
    found = db.execute(OPEN, (source,)).fetchone()
    if not found:
        sql = "INSERT INTO import_run (source, who, began) VALUES (?, ?, ?) RETURNING id"
        return ImportRun(db, int(db.execute(sql, (source, who, _now())).fetchone()[0]))
    number, ended = found
    db.execute("DELETE FROM import_place WHERE run = ? AND name = ?", (number, UNDO))
    rows = db.execute('SELECT name, "after" FROM import_place WHERE run = ?', (number,))
    return ImportRun(db, int(number), {name: after for name, after in rows if not (ended and name in again)})


def _written(db: sqlite3.Connection, batch: list[ImportedRow]) -> int:
    """Run the statements of a batch, those with the same text together. Return how many rows are new."""
    by_text: dict[str, list[tuple[object, ...]]] = {}
    for row in batch:
        for text, values in row.statements:
            by_text.setdefault(text, []).append(values)
    counted = {row.statements[0][0] for row in batch if row.statements}
    new = 0
    for text, many in by_text.items():
        changed = db.executemany(text, many).rowcount
        new += changed if text in counted else 0
    return new


def _now() -> int:
    return time.time_ns() // 1000
