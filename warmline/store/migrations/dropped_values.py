"""The values of removed options that a migration drops with their columns."""
# ruff: noqa: S608 - the names in the SQL are those of the schemas

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from sqlite_utils import Database

from warmline.options.removed_options import REMOVED
from warmline.store.migrations.rebuild import columns

DEFAULT = "SELECT dflt_value FROM pragma_table_info(?) WHERE name = ?"


def sentences(db: Database, script: str) -> Iterator[str]:
    """Yield a sentence for each value that somebody gave to a removed option: the database has it, and `script` not.

    `script` is the schema of the last release that has these options, with its defaults and its rows.
    """
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(script)
        for (kind, option), instead in REMOVED.items():
            table = kind.replace("-", "_")
            default = fresh.execute(DEFAULT, [table, option]).fetchone()
            if default is None or option not in columns(db, table):
                continue
            rows = f'SELECT id, "{option}" FROM "{table}" ORDER BY id'
            usual = fresh.execute(f"SELECT {default[0] or 'NULL'}").fetchone()[0]
            first = dict(fresh.execute(rows).fetchall())
            for name, value in db.execute(rows).fetchall():
                if value != first.get(name, usual):
                    yield f"{kind} {name}: {option}={value} was dropped: {instead}"
