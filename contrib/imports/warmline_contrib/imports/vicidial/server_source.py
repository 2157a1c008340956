"""A live MariaDB or MySQL server as the source, over a transaction that can only read."""

from collections.abc import Iterator, Sequence

from warmline_contrib.imports import mysql_server
from warmline_contrib.imports.vicidial.source import PIECE, Cell, SourceColumn, VicidialSource

BETWEEN = "\x1f"  # two columns of a row
COLUMNS = """
    SELECT column_name, column_type, column_default FROM information_schema.columns
    WHERE table_schema = database() AND table_name = ? ORDER BY ordinal_position
"""


class ServerSource(VicidialSource):
    """A connection to a server. Times of the type TIMESTAMP are read in UTC, and texts as UTF-8."""

    def __init__(self, url: str) -> None:
        driver = mysql_server.driver()
        self._columns: dict[str, tuple[SourceColumn, ...]] = {}
        self._server = mysql_server.connected(
            url,
            driver,
            # Values stay texts, as a dump has them: no date of 0000-00-00 is changed or lost.
            conv=dict(driver.converters.encoders),
            init_command="SET SESSION time_zone = '+00:00'",
        )
        zone, system, self.charset = (
            str(one) for one in self.rows("SELECT @@global.time_zone, @@system_time_zone, @@character_set_database")[0]
        )
        self.zone = system if zone == "SYSTEM" else zone

    def columns(self, table: str) -> tuple[SourceColumn, ...]:
        if table not in self._columns:
            self._columns[table] = tuple(
                SourceColumn(str(name), str(kind).lower(), _default(default))
                for name, kind, default in self.rows(COLUMNS, (table,))
            )
        return self._columns[table]

    def rows(self, statement: str, values: Sequence[str | int] = ()) -> list[tuple[Cell, ...]]:
        try:
            with self._server.db.cursor() as cursor:
                cursor.execute(statement.replace("%", "%%").replace("?", "%s") if values else statement, values or None)
                return list(cursor.fetchall())
        except self._server.errors as error:
            raise self._server.failed(error) from None

    def pieces(
        self, table: str, columns: Sequence[str], key: str, after: str | int, where: str = ""
    ) -> Iterator[list[tuple[Cell, ...]]]:
        """Yield pieces as VicidialSource does, with empty texts for NULL.

        The server joins the columns of a row, because the driver reads one long text much faster than many short ones.
        """
        there = {one.name for one in self.columns(table)}
        if not there or not columns:
            yield from super().pieces(table, columns, key, after, where)
            return
        joined = ", ".join(f"ifnull(`{name}`, '')" if name in there else "''" for name in columns)
        more = f" AND {where}" if where else ""
        statement = f"""
            SELECT `{key}`, concat_ws('{BETWEEN}', {joined}) FROM `{table}` WHERE `{key}` > ?{more}
            ORDER BY `{key}` LIMIT {PIECE}
        """  # noqa: S608 - names of the schema
        while found := self.rows(statement, (after,)):
            piece: list[tuple[Cell, ...]] = [(one, *str(text).split(BETWEEN)) for one, text in found]
            if any(len(row) != len(columns) + 1 for row in piece):  # a text has the sign between two columns
                yield from super().pieces(table, columns, key, after, where)
                return
            yield piece
            after = last if isinstance(last := found[-1][0], str | int) else after

    def close(self) -> None:
        self._server.db.close()


def _default(text: object) -> str | None:
    """Return a default without the quotes in which MariaDB shows it."""
    found = None if text is None else str(text)
    if found is None or found.upper() == "NULL":
        return None
    return found[1:-1] if len(found) > 1 and found[0] == found[-1] == "'" else found
