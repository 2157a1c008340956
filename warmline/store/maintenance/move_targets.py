"""The new database of a move: a database of PostgreSQL, or a file. Each keeps how far the move is, in a table `moving`.

Until the end, no program takes it for a database of Warmline. Its indexes, references and triggers are made after its
rows: a trigger would change rows again, and an index takes less time then.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from warmline.store.database import database
from warmline.store.database.database import StoreError
from warmline.store.journal.journal_entry import commit_function
from warmline.store.maintenance.new_file import must_be_new
from warmline.store.maintenance.server_database import must_have_all_letters
from warmline.store.maintenance.table_chunks import TableRow, storable
from warmline.store.migrations import schema_migration, schema_versions
from warmline.store.postgresql.schema import IDENTITY, LEASE, NUMBERED, columns, schema
from warmline.store.postgresql.server_mark import OfServer
from warmline.system.database_address import DatabaseAddress
from warmline.system.whole_file import to_disk

TOGETHER = 10  # statements behind the rows in one transaction
META = "meta"  # the last table: with its rows, the database is one of Warmline
MOVING = "CREATE TABLE moving (name TEXT PRIMARY KEY, place TEXT NOT NULL)"
NOTED = "SELECT place FROM moving WHERE name = ?"
NOTE = "INSERT INTO moving VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET place = excluded.place"
FORGET = "DELETE FROM moving WHERE name = ?"


LAST_LEAD = "SELECT seq FROM sqlite_sequence WHERE name = 'lead'"
LAST_LEAD_THERE = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM lead_lead_id_seq"


class MoveTarget:
    """A new database. All methods raise sqlite3.Error."""

    connection: sqlite3.Connection

    def noted(self, name: str) -> str | None:
        """Return what was noted under a name; None for nothing."""
        found = self.connection.execute(NOTED, (name,)).fetchone()
        return str(found[0]) if found else None

    def note(self, name: str, place: str) -> None:
        """Note how far a part of the move is."""
        self.connection.execute(NOTE, (name, place))

    def put(self, table: str, rows: Sequence[TableRow], place: str) -> None:
        """Write rows of a table, and note the last one of them, in one transaction."""
        self.connection.execute("BEGIN")
        try:
            self.write(table, rows)
            self.note(table, place)
            self.connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self.connection.execute("ROLLBACK")
            raise

    def write(self, table: str, rows: Sequence[TableRow]) -> None:
        """Write rows of a table."""
        raise NotImplementedError

    def empty(self, table: str) -> None:
        """Delete the rows of a table, whose copy begins again."""
        self.connection.execute("BEGIN")
        self.connection.execute(f'DELETE FROM "{table}"')  # noqa: S608 - a table of schema.sql
        self.connection.execute(FORGET, (table,))
        self.connection.execute("COMMIT")

    @property
    def is_built(self) -> bool:
        """Return whether triggers may be there, with which no table can be copied again."""
        return self.noted("step 0") is not None

    def build(self) -> None:
        """Make what the tables lack behind their rows; do nothing for what is there."""
        statements = self.later()
        for place in range(0, len(statements), TOGETHER):
            if self.noted(f"step {place}") is None:
                self.connection.execute("BEGIN")
                for statement in statements[place : place + TOGETHER]:
                    self.make(statement)
                self.note(f"step {place}", "done")
                self.connection.execute("COMMIT")

    def make(self, statement: str) -> None:
        """Run a statement of the new database's own language."""
        self.connection.execute(statement)

    def later(self) -> list[str]:
        """Return the statements behind the rows of the tables."""
        raise NotImplementedError

    def finish(self, meta: Sequence[TableRow], last_lead: int) -> None:
        """Write the last table and the number that the latest lead had, and forget the move."""
        self.connection.execute("BEGIN")
        self.connection.execute("DELETE FROM meta")
        self.write(META, meta)
        if last_lead:
            self.number_leads(last_lead)
        self.connection.execute("DROP TABLE moving")
        self.connection.execute("COMMIT")

    def number_leads(self, last: int) -> None:
        """Let the next lead have the number behind this one: no number is used twice."""
        raise NotImplementedError

    def close(self) -> None:
        """Close the database."""
        self.connection.close()


class ServerTarget(MoveTarget):
    """An empty database of PostgreSQL, or one that a move has begun to fill."""

    def __init__(self, address: DatabaseAddress) -> None:
        """Open it. Raises StoreError."""
        self.connection = database.create(address)
        found = self.connection.execute("SELECT to_regclass('moving') IS NOT NULL, to_regclass('meta') IS NOT NULL")
        begun, used = found.fetchone()
        try:
            must_have_all_letters(self.connection, address)
            if used and not begun:
                raise StoreError(
                    "move_target_used",
                    "database {path} has tables of Warmline; name an empty one, which createdb makes",
                    path=address,
                )
        except StoreError:
            self.connection.close()
            raise
        if not begun:
            self._begin()

    def _begin(self) -> None:
        self.connection.execute("BEGIN")
        for statement in (schema().functions, *schema().tables, *LEASE, MOVING):
            self.make(statement)
        self.connection.execute("COMMIT")

    def write(self, table: str, rows: Sequence[TableRow]) -> None:
        """Write rows of a table."""
        names = ", ".join(f'"{name}"' for name in columns()[table])
        self.connection.copy_in(f'COPY "{table}" ({names}) FROM STDIN', map(storable, rows))  # type: ignore[attr-defined]

    def make(self, statement: str) -> None:
        """Run a statement as it is."""
        self.connection.as_written(statement)  # type: ignore[attr-defined] # of its class

    def later(self) -> list[str]:
        """Return the statements for indexes, references, views, triggers, and the numbers of the next rows."""
        made = schema()
        numbers = [NUMBERED.format(*found.groups()) for table in made.tables if (found := IDENTITY.match(table))]
        last = (*made.views, *made.triggers, *numbers, commit_function(), made.mark, "ANALYZE")
        return [*made.indexes, *made.keys, *last]

    def number_leads(self, last: int) -> None:
        """Let the next lead have the number behind this one."""
        self.connection.execute("SELECT setval('lead_lead_id_seq', ?)", (last,))


def last_lead(db: sqlite3.Connection) -> int:
    """Return the number that the latest lead has, or had before it was deleted; 0 for none. Raises sqlite3.Error."""
    found = db.execute(LAST_LEAD_THERE if isinstance(db, OfServer) else LAST_LEAD).fetchone()
    return int(found[0]) if found else 0


class FileTarget(MoveTarget):
    """A new file, which gets its name at the end."""

    def __init__(self, path: Path) -> None:
        """Open it next to its place. Raises StoreError."""
        self._path, self._beside = path, path.with_name(f"{path.name}.moving")
        must_be_new(path)
        schema_migration.migrate(self._beside)
        self.connection = database.connect(self._beside, any_schema=True)
        self.connection.execute("PRAGMA foreign_keys=OFF")
        if not self.connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'moving'").fetchone():
            self._begin()

    def _begin(self) -> None:
        objects = "SELECT type, name FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
        self.connection.execute("BEGIN IMMEDIATE")
        for kind, name in self.connection.execute(objects).fetchall():
            if not name.startswith("idx__sqlite"):
                self.connection.execute(f"DROP {kind} {name}")
        for table in columns():
            self.connection.execute(f'DELETE FROM "{table}"')  # noqa: S608 - a table of schema.sql
        self.connection.execute(MOVING)
        self.connection.execute("COMMIT")

    def write(self, table: str, rows: Sequence[TableRow]) -> None:
        """Write rows of a table."""
        names = ", ".join(f'"{name}"' for name in columns()[table])
        marks = ", ".join("?" * len(columns()[table]))
        self.connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608

    def later(self) -> list[str]:
        """Return the statements for indexes and triggers."""
        wanted = ("CREATE INDEX", "CREATE UNIQUE INDEX", "CREATE TRIGGER")
        found = schema_versions.statements(schema_versions.schema(database.SCHEMA_VERSION))
        bare = ((one, "\n".join(line for line in one.splitlines() if not line.startswith("--"))) for one in found)
        return [text.strip() for _, text in bare if text.strip().startswith(wanted)]

    def number_leads(self, last: int) -> None:
        """Let the next lead have the number behind this one."""
        self.connection.execute("DELETE FROM sqlite_sequence WHERE name = 'lead'")
        self.connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('lead', ?)", (last,))

    def finish(self, meta: Sequence[TableRow], last_lead: int) -> None:
        """Write the last table, forget the move, and give the file its name. Raises OSError."""
        if broken := self.connection.execute("PRAGMA foreign_key_check").fetchone():
            raise sqlite3.IntegrityError(f"a row of table {broken[0]} refers to a missing row of {broken[2]}")
        super().finish(meta, last_lead)
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.connection.close()
        for ending in ("-wal", "-shm", ".lock"):
            self._beside.with_name(self._beside.name + ending).unlink(missing_ok=True)
        self._beside.rename(self._path)
        to_disk(self._path.parent)
