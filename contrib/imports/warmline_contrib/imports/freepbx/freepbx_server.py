"""Reads the tables of FreePBX from its MariaDB or MySQL server, in a transaction that can only read."""

from collections.abc import Collection
from contextlib import closing
from typing import Any

from warmline.options.option_table import OptionError
from warmline_contrib.imports import mysql_server
from warmline_contrib.imports.freepbx import source_text

DATABASE = "asterisk"  # FreePBX's usual name
MOST_ROWS = 500_000  # of all tables
NAMES = "SELECT table_name FROM information_schema.tables WHERE table_schema = database()"


def tables(url: str, wanted: Collection[str], driver: Any = None) -> dict[str, list[dict[str, str]]]:
    """Return the rows of the wanted tables that the database has, as texts; NULL is an empty text.

    `driver` is the package PyMySQL, or what takes its place. Raises OptionError.
    """
    server = mysql_server.connected(url, driver or mysql_server.driver(), DATABASE)
    try:
        with closing(server.db):
            return _read(server.db, wanted, server.shown)
    except server.errors as error:
        raise server.failed(error) from None


def too_many_rows(source: object) -> OptionError:
    """Return the error of a source with more than MOST_ROWS rows."""
    return OptionError(
        "freepbx_source_rows",
        "{source} has more than {most} rows of FreePBX; give the database asterisk alone",
        source=source,
        most=MOST_ROWS,
    )


def _read(database: Any, wanted: Collection[str], shown: str) -> dict[str, list[dict[str, str]]]:
    found, left = {}, MOST_ROWS
    with database.cursor() as cursor:
        cursor.execute(NAMES)
        there = {str(name) for (name,) in cursor.fetchall()}
        for table in sorted(there & set(wanted)):
            cursor.execute(f"SELECT * FROM `{table}` LIMIT {left + 1}")  # noqa: S608 - a name of ours
            names = [str(column[0]) for column in cursor.description]
            found[table] = [
                {name: source_text.text(value) for name, value in zip(names, row, strict=True)}
                for row in cursor.fetchall()
            ]
            left -= len(found[table])
            if left < 0:
                raise too_many_rows(shown)
    return found
