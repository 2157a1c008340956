"""A live MariaDB or MySQL server as the source, over a transaction that can only read."""

import os
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from cli.imports.vicidial.source import PIECE, Cell, SourceColumn, VicidialSource
from warmline.options.option_table import OptionError

PASSWORD = "WARMLINE_MYSQL_PASSWORD"  # noqa: S105 - the name of a variable
PORT = 3306
BETWEEN = "\x1f"  # two columns of a row
SECONDS = 60  # to wait for an answer
COLUMNS = """
    SELECT column_name, column_type, column_default FROM information_schema.columns
    WHERE table_schema = database() AND table_name = ? ORDER BY ordinal_position
"""


class ServerSource(VicidialSource):
    """A connection to a server. Times of the type TIMESTAMP are read in UTC, and texts as UTF-8."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._shown = f"{parts.hostname}:{parts.port or PORT}{parts.path}"
        self._columns: dict[str, tuple[SourceColumn, ...]] = {}
        driver = _driver()
        try:
            self._db = driver.connect(
                host=parts.hostname or "127.0.0.1",
                port=parts.port or PORT,
                user=unquote(parts.username or ""),
                password=unquote(parts.password or "") or os.environ.get(PASSWORD, ""),
                database=unquote(parts.path.lstrip("/")),
                charset="utf8mb4",
                connect_timeout=SECONDS,
                read_timeout=SECONDS,
                # Values stay texts, as a dump has them: no date of 0000-00-00 is changed or lost.
                conv=dict(driver.converters.encoders),
                init_command="SET SESSION time_zone = '+00:00'",
            )
            with self._db.cursor() as cursor:
                cursor.execute("SET SESSION TRANSACTION READ ONLY")
                cursor.execute("START TRANSACTION READ ONLY")
        except driver.MySQLError as error:
            raise self._failed(error) from None
        self._errors = driver.MySQLError
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
            with self._db.cursor() as cursor:
                cursor.execute(statement.replace("%", "%%").replace("?", "%s") if values else statement, values or None)
                return list(cursor.fetchall())
        except self._errors as error:
            raise self._failed(error) from None

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
            after = found[-1][0] if found[-1][0] is not None else after

    def close(self) -> None:
        self._db.close()

    def _failed(self, error: Exception) -> OptionError:
        why = error.args[1] if len(error.args) > 1 else error
        return OptionError(
            "vicidial_server_failed",
            "the database {server} answers: {why}; give a user with the right SELECT, and set {variable}",
            server=self._shown,
            why=why,
            variable=PASSWORD,
        )


def _driver() -> Any:
    """Return the package PyMySQL. Raises OptionError with the way to install it."""
    try:
        import pymysql
    except ImportError:
        raise OptionError(
            "mysql_driver_missing",
            "the package pymysql is missing, which reads a server; install it with: pip install 'warmline[mysql]', or "
            "give a dump",
        ) from None
    return pymysql


def _default(text: object) -> str | None:
    """Return a default without the quotes in which MariaDB shows it."""
    found = None if text is None else str(text)
    if found is None or found.upper() == "NULL":
        return None
    return found[1:-1] if len(found) > 1 and found[0] == found[-1] == "'" else found
