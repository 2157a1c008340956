"""A dump as the source. Its tables are copied into a file of SQLite first, which answers SELECT statements."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from cli.imports import mysql_dump
from cli.imports.mysql_dump import DumpRow, DumpSetting, DumpTable
from cli.imports.vicidial.column_fates import TABLES
from cli.imports.vicidial.source import CUSTOM, Cell, SourceColumn, VicidialSource
from warmline.options.option_table import OptionError
from warmline.store.imports.copied_tables import CopiedTables

INDEXED = {"vicidial_list_alt_phones": "lead_id", "vicidial_campaign_dnc": "phone_number"}
KNOWN = frozenset(TABLES)


class WantedTables:
    """The names of tables that are copied: those of VICIdial that are imported, and custom_LIST."""

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
        self._tables[table.name] = table
        # The first column is the key of most tables, by which pieces are read.
        first = INDEXED.get(table.name, table.columns[0].name if table.columns else "")
        self._copied.create(table.name, [(one.name, "int" in one.type) for one in table.columns], first)

    def _insert(self, name: str, named: tuple[str, ...], rows: Iterator[list[str | None]]) -> None:
        table = self._tables.get(name)
        if table is None:
            raise OptionError(
                "dump_without_tables",
                "the dump has rows of {table} and not its columns; write it without --no-create-info",
                table=name,
            )
        self._copied.insert(name, named or tuple(one.name for one in table.columns), rows)


def _statement_of(part: DumpTable | DumpRow | DumpSetting) -> tuple[str, tuple[str, ...]] | None:
    """Return the table and the named columns of a row; None for another part."""
    return (part.table, part.columns) if isinstance(part, DumpRow) else None
