"""Reads the tables of FreePBX from its MariaDB or MySQL server, in a transaction that can only read."""

import os
from collections.abc import Collection
from importlib import import_module
from typing import Any
from urllib.parse import unquote, urlsplit

from warmline.options.option_table import OptionError

PASSWORD = "WARMLINE_MYSQL_PASSWORD"  # noqa: S105 - the name of a variable
PORT = 3306
SECONDS = 30  # to wait for an answer
MOST_ROWS = 500_000  # of one table
NAMES = "SELECT table_name FROM information_schema.tables WHERE table_schema = database()"


def tables(url: str, wanted: Collection[str], driver: Any = None) -> dict[str, list[dict[str, str]]]:
    """Return the rows of the wanted tables that the database has, as texts; NULL is an empty text.

    `driver` is the package PyMySQL, or what takes its place. Raises OptionError.
    """
    parts = urlsplit(url)
    shown = f"{parts.hostname}:{parts.port or PORT}{parts.path}"
    package = driver or _driver()
    try:
        database = package.connect(
            host=parts.hostname or "127.0.0.1",
            port=parts.port or PORT,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or "") or os.environ.get(PASSWORD, ""),
            database=unquote(parts.path.lstrip("/")) or "asterisk",
            charset="utf8mb4",
            connect_timeout=SECONDS,
            read_timeout=SECONDS,
        )
        try:
            return _read(database, wanted)
        finally:
            database.close()
    except package.MySQLError as error:
        raise OptionError(
            "freepbx_server_failed",
            "the database {server} answers: {why}; give a user with the right SELECT, and set {variable}",
            server=shown,
            why=error.args[1] if len(error.args) > 1 else error,
            variable=PASSWORD,
        ) from None


def _read(database: Any, wanted: Collection[str]) -> dict[str, list[dict[str, str]]]:
    found = {}
    with database.cursor() as cursor:
        cursor.execute("START TRANSACTION READ ONLY")
        cursor.execute(NAMES)
        there = {str(name) for (name,) in cursor.fetchall()}
        for table in sorted(there & set(wanted)):
            cursor.execute(f"SELECT * FROM `{table}` LIMIT {MOST_ROWS}")  # noqa: S608 - a name of ours
            names = [str(column[0]) for column in cursor.description]
            found[table] = [
                {name: "" if value is None else str(value) for name, value in zip(names, row, strict=True)}
                for row in cursor.fetchall()
            ]
    return found


def _driver() -> Any:
    """Return the package PyMySQL. Raises OptionError with the way to install it."""
    try:
        return import_module("pymysql")
    except ImportError:
        raise OptionError(
            "mysql_driver_missing",
            "the package pymysql is missing, which reads a live server; "
            "install it with: pip install 'warmline[mysql]', or give the file of a dump",
        ) from None
