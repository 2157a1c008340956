"""The database of a VICIdial system, which is only read: a live server, or a dump.

Both answer the same plain SELECT statements. Those on large tables read pieces by their key. Most tables of VICIdial
are of the engine MyISAM, where a long SELECT would make the dialler wait.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Self
from urllib.parse import urlsplit

from warmline.options.option_table import OptionError

Cell = str | int | float | None
LARGEST = 2**53  # of a number in a cell
PIECE = 5000  # rows of one SELECT
URLS = ("mysql://", "mariadb://")
CUSTOM = "custom_"  # the table with the custom fields of a list is named for it


class SourceColumn(NamedTuple):
    """A column of a table with its type in small letters and its default, None for none."""

    name: str
    type: str
    default: str | None


class SourceRow(dict[str, str]):
    """A row by the names of its columns; a column that an older VICIdial does not have is an empty text."""

    def __missing__(self, column: str) -> str:
        return ""


# The columns by which rows are named, without which nothing can be made of a table.
KEYS = {
    "vicidial_users": ("user",),
    "vicidial_user_groups": ("user_group",),
    "vicidial_campaigns": ("campaign_id",),
    "vicidial_inbound_groups": ("group_id",),
    "vicidial_inbound_dids": ("did_pattern",),
    "vicidial_lists": ("list_id", "campaign_id"),
    "vicidial_call_times": ("call_time_id",),
    "vicidial_call_time_holidays": ("holiday_id",),
    "vicidial_statuses": ("status",),
    "vicidial_campaign_statuses": ("status", "campaign_id"),
    "vicidial_pause_codes": ("pause_code", "campaign_id"),
    "vicidial_scripts": ("script_id",),
    "vicidial_call_menu": ("menu_id",),
    "phones": ("extension",),
}


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
        """Return all rows of a small table by the names of their columns; NULL is an empty text.

        Raises OptionError if the table has no column for the names of its rows.
        """
        names = [one.name for one in self.columns(table)]
        if not names:
            return []
        if missing := [one for one in KEYS.get(table, ()) if one not in names]:
            raise OptionError(
                "vicidial_key_missing",
                "table {table} of the source has no column {columns}; give the database of a VICIdial 2.8 or newer",
                table=table,
                columns=", ".join(missing),
            )
        selected = ", ".join(f"`{name}`" for name in names)
        ordered = f" ORDER BY {order}" if order else ""
        found = self.rows(f"SELECT {selected} FROM `{table}`{ordered}")  # noqa: S608 - names of the schema
        return [SourceRow((name, _text(value)) for name, value in zip(names, row, strict=True)) for row in found]

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
        if key not in there:
            return
        selected = ", ".join(f"`{name}`" if name in there else f"NULL AS `{name}`" for name in (key, *columns))
        more = f" AND {where}" if where else ""
        # S608: names of the schema, and constants.
        statement = f"SELECT {selected} FROM `{table}` WHERE `{key}` > ?{more} ORDER BY `{key}` LIMIT {PIECE}"  # noqa: S608
        while found := self.rows(statement, (after,)):
            yield found
            last = found[-1][0]
            after = last if isinstance(last, str | int) else after
            if len(found) < PIECE or not isinstance(last, str | int):
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
        from warmline_contrib.imports.vicidial.server_source import ServerSource

        return ServerSource(text)
    from warmline_contrib.imports.vicidial.dump_source import DumpSource

    return DumpSource(Path(text))


def shown(source: str) -> str:
    """Return the source without a password: the address of a server, or the whole path of a file."""
    if "://" in source:
        parts = urlsplit(source)
        return f"{parts.hostname}:{parts.port or ''}{parts.path}"
    return str(Path(source).resolve())


def _text(value: Cell) -> str:
    return "" if value is None else str(value)


def whole(value: Cell) -> int:
    """Return the whole number in a cell; 0 for a cell without one, or with one that is too large to be meant."""
    try:
        found = int(float(value or 0)) if not isinstance(value, int) else value
    except (ValueError, OverflowError):
        return 0
    return found if -LARGEST < found < LARGEST else 0
