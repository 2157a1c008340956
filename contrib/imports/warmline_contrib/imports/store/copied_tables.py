"""Tables of another database, copied into a temporary file without a name that answers SELECT statements."""
# ruff: noqa: S608 - names of the schema

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

AT_ONCE = 5000  # rows


class CopyError(Exception):
    """A table, a row or a statement that SQLite does not take; the text says why."""


class CopiedTables:
    """A file of SQLite that has no name, so that nothing is left of it after `close`, or if the program is killed.

    SQLite makes it in the folder TMPDIR or in /var/tmp, and writes it without care for a crash.
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536; BEGIN;")

    def create(self, name: str, columns: Sequence[tuple[str, bool]], indexed: str) -> None:
        """Create a table again. Each column has a name, and whether it has numbers; `indexed` is a column, or "".

        Raises CopyError.
        """
        said = ", ".join(f"`{column}` {'INTEGER' if is_number else 'TEXT'}" for column, is_number in columns)
        with _told():
            self._db.execute(f"DROP TABLE IF EXISTS `{name}`")
            self._db.execute(f"CREATE TABLE `{name}` ({said})")
            if indexed:
                self._db.execute(f"CREATE INDEX `{name}_key` ON `{name}` (`{indexed}`)")

    def insert(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
        """Insert rows with values for these columns. Raises CopyError."""
        marks = ", ".join("?" * len(columns))
        named = ", ".join(f"`{one}`" for one in columns)
        left: Iterator[Sequence[str | None]] = iter(rows)
        while some := list(islice(left, AT_ONCE)):
            with _told():
                self._db.executemany(f"INSERT INTO `{name}` ({named}) VALUES ({marks})", some)

    def rows(self, statement: str, values: Sequence[str | int] = ()) -> list[tuple[str | int | float | None, ...]]:
        """Return the rows of a SELECT. Raises CopyError."""
        with _told():
            return self._db.execute(statement, tuple(values)).fetchall()

    def close(self) -> None:
        """End the file."""
        self._db.close()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, UnicodeError, OverflowError) as error:
        raise CopyError(str(error)) from None
