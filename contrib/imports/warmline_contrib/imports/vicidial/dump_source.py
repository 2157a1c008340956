"""A dump as the source. Its tables are copied into a file of SQLite first, which answers SELECT statements."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from warmline.options.option_table import OptionError
from warmline_contrib.imports import mysql_dump
from warmline_contrib.imports.mysql_dump import DumpRow, DumpSetting, DumpTable
from warmline_contrib.imports.store.copied_tables import CopiedTables, CopyError
from warmline_contrib.imports.vicidial.column_fates import LEFT_OUT, TABLES
from warmline_contrib.imports.vicidial.source import CUSTOM, Cell, SourceColumn, VicidialSource

INDEXED = {"vicidial_list_alt_phones": "lead_id", "vicidial_campaign_dnc": "phone_number"}
KNOWN = frozenset((*TABLES, *LEFT_OUT))


class WantedTables:
    """The names of tables that are copied: custom_LIST, and those of VICIdial that are imported or told to be lost."""

    def __contains__(self, name: object) -> bool:
        return name in KNOWN or (isinstance(name, str) and name.removeprefix(CUSTOM).isdecimal())


class DumpSource(VicidialSource):
    """The tables of a dump in a temporary folder, which `close` removes."""

    def __init__(self, file: Path) -> None:
        self.zone, self.charset = "", ""
        self._tables: dict[str, DumpTable] = {}
        self._copied = CopiedTables()
        try:
            self._copy(mysql_dump.read(file, WantedTables()))
        except BaseException:
            self.close()
            raise
        if not self._tables:
            self.close()
            raise OptionError(
                "vicidial_dump_empty",
                "{file} has no table of VICIdial; write it with: mysqldump --single-transaction asterisk",
                file=file,
            )

    def columns(self, table: str) -> tuple[SourceColumn, ...]:
        found = self._tables.get(table)
        return tuple(SourceColumn(*one) for one in found.columns) if found else ()

    def rows(self, statement: str, values: Sequence[str | int] = ()) -> list[tuple[Cell, ...]]:
        with _readable("the dump"):
            return self._copied.rows(statement, values)

    def close(self) -> None:
        self._copied.close()

    def _copy(self, parts: Iterator[DumpTable | DumpRow | DumpSetting]) -> None:
        for key, group in groupby(parts, _statement_of):
            if key:
                self._insert(*key, (part.values for part in group if isinstance(part, DumpRow)))
                continue
            for part in group:
                match part:
                    case DumpTable():
                        self._create(part)
                    case DumpSetting("zone", zone):
                        self.zone = zone
                    case DumpSetting(_, charset):
                        self.charset = self.charset or charset

    def _create(self, table: DumpTable) -> None:
        if not table.columns:
            raise strange(table.name, "no column of it can be read")
        self._tables[table.name] = table
        # The first column is the key of most tables, by which pieces are read.
        first = INDEXED.get(table.name, table.columns[0].name)
        with _readable(table.name):
            self._copied.create(table.name, [(one.name, "int" in one.type) for one in table.columns], first)

    def _insert(self, name: str, named: tuple[str, ...], rows: Iterator[list[str | None]]) -> None:
        table = self._tables.get(name)
        if table is None:
            raise OptionError(
                "dump_without_tables",
                "the dump has rows of {table} and not its columns; write it without --no-create-info",
                table=name,
            )
        columns = named or tuple(one.name for one in table.columns)
        with _readable(name):
            self._copied.insert(name, columns, _of_length(name, len(columns), rows))


def _of_length(table: str, length: int, rows: Iterator[list[str | None]]) -> Iterator[list[str | None]]:
    for row in rows:
        if len(row) != length:
            raise strange(table, f"it has {length} columns, and a row of it {len(row)} values")
        yield row


@contextmanager
def _readable(table: str) -> Iterator[None]:
    """Say that a table is strange if it cannot be copied."""
    try:
        yield
    except CopyError as error:
        raise strange(table, str(error)) from None


def strange(table: str, why: str) -> OptionError:
    """Make the error for a table of a dump that cannot be read."""
    return OptionError(
        "vicidial_table_strange",
        "{table} cannot be read: {why}; write the dump again with mysqldump",
        table=table,
        why=why,
    )


def _statement_of(part: DumpTable | DumpRow | DumpSetting) -> tuple[str, tuple[str, ...]] | None:
    """Return the table and the named columns of a row; None for another part."""
    return (part.table, part.columns) if isinstance(part, DumpRow) else None
