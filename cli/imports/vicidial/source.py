"""The database of a VICIdial system, which is only read: a live server, or a dump.

Both answer the same plain SELECT statements. Those on large tables read pieces by their key. Most tables of VICIdial
are of the engine MyISAM, where a long SELECT would make the dialler wait.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Self

from warmline.options.option_table import OptionError

Cell = str | int | None
PIECE = 5000  # rows of one SELECT
URLS = ("mysql://", "mariadb://")
CUSTOM = "custom_"  # the table with the custom fields of a list is named for it


class SourceColumn(NamedTuple):
    """A column of a table with its type in small letters and its default, None for none."""

    name: str
    type: str
    default: str | None


class VicidialSource(ABC):
    """A database that is only read. `zone` and `charset` are what it says of itself."""

    zone: str
    charset: str

    @abstractmethod
    def columns(self, table: str) -> tuple[SourceColumn, ...]:
        """Return the columns of a table in order; none if the source does not have it."""

    @abstractmethod
    def rows(self, statement: str, values: Sequence[str | int] = ()) -> list[tuple[Cell, ...]]:
        """Return the rows of a SELECT, whose values stand for ?. Raises OptionError."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @abstractmethod
    def close(self) -> None:
        """End the connection, and remove what the reading has put on the disk."""

    def table(self, table: str, order: str = "") -> list[dict[str, str]]:
        """Return all rows of a small table by the names of their columns; NULL is an empty text."""
        names = [one.name for one in self.columns(table)]
        if not names:
            return []
        selected = ", ".join(f"`{name}`" for name in names)
        ordered = f" ORDER BY {order}" if order else ""
        found = self.rows(f"SELECT {selected} FROM `{table}`{ordered}")  # noqa: S608 - names of the schema
        return [{name: _text(value) for name, value in zip(names, row, strict=True)} for row in found]

    def count(self, table: str) -> int:
        """Return how many rows a table has; 0 if the source does not have it."""
        if not self.columns(table):
            return 0
        return int(self.rows(f"SELECT count(*) FROM `{table}`")[0][0] or 0)  # noqa: S608 - a name of the schema

    def pieces(
        self, table: str, columns: Sequence[str], key: str, after: str | int, where: str = ""
    ) -> Iterator[list[tuple[Cell, ...]]]:
        """Yield the rows of a large table in order of a key, from behind `after`, in pieces. `key` is the first column.

        A column that the source does not have is NULL.
        """
        there = {one.name for one in self.columns(table)}
        if not there:
            return
        selected = ", ".join(f"`{name}`" if name in there else f"NULL AS `{name}`" for name in (key, *columns))
        more = f" AND {where}" if where else ""
        # S608: names of the schema, and constants.
        statement = f"SELECT {selected} FROM `{table}` WHERE `{key}` > ?{more} ORDER BY `{key}` LIMIT {PIECE}"  # noqa: S608
        while found := self.rows(statement, (after,)):
            yield found
            after = found[-1][0] if found[-1][0] is not None else after
            if len(found) < PIECE:
                return


def opened(text: str) -> VicidialSource:
    """Open a source: a URL such as mysql://reader@db.example.org/asterisk, or the file of a dump.

    Raises OptionError.
    """
    if "://" in text:
        if not text.startswith(URLS):
            raise OptionError(
                "vicidial_source_url",
                "{url} is not the address of a database; allowed: mysql://USER@HOST/DATABASE, or the file of a dump",
                url=text.partition("://")[0] + "://…",
            )
        from cli.imports.vicidial.server_source import ServerSource

        return ServerSource(text)
    from cli.imports.vicidial.dump_source import DumpSource

    return DumpSource(Path(text))


def _text(value: Cell) -> str:
    return "" if value is None else str(value)
