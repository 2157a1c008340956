"""A live MariaDB or MySQL server as the source, over a transaction that can only read."""

import os
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from cli.imports.vicidial.source import Cell, SourceColumn, VicidialSource
from warmline.options.option_table import OptionError

PASSWORD = "WARMLINE_MYSQL_PASSWORD"  # noqa: S105 - the name of a variable
PORT = 3306
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
