"""A copy of what routes calls, in a file next to the database of a server.

Scripts read it while the server does not answer, so that callers reach their queue. The AGI process reads it first, so
that they never wait for a server: its keeper confirms each second that it lives. The file is no record: it can be
removed, and is written again.
"""

import os
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from warmline.store.agi.routing_facts import copy_of
from warmline.store.database.database import FINGERPRINT, StoreError
from warmline.store.database.private_file import opened
from warmline.store.database.reading import reading
from warmline.store.postgresql.schema import columns

TABLES = ("setting", "did", "ingroup", "agent", "campaign", "call_time", "holiday", "container")
LAST = "SELECT seq, hash FROM config_journal ORDER BY seq DESC LIMIT 1"
OF_COPY = "SELECT name FROM revision"
MODE = 0o640  # as the database in a file has it


class RoutingCopyError(StoreError):
    """The copy cannot be written; the text names the file and the fault."""


Rows = Mapping[str, Sequence[Sequence[Any]]]


def refresh(database: str) -> bool:
    """Write the copy of a database again if the configuration has changed; return whether it had.

    Raises StoreError, and RoutingCopyError if the file is at fault.
    """
    place = Path(copy_of(database))
    with reading(database) as db:
        revision = newest(db)
        if revision == revision_of(place):
            return False
        rows = {table: [tuple(row) for row in db.execute(_every(table))] for table in TABLES}
    try:
        _write(place, revision, rows)
    except (OSError, sqlite3.Error) as error:
        raise RoutingCopyError(
            "routing_copy_failed", "the copy for routing {file} is not written: {why}", file=place, why=error
        ) from None
    return True


def newest(db: sqlite3.Connection) -> str:
    """Return the revision of the configuration of a database: no other one, nor another schema, has the same."""
    seq, hashed = db.execute(LAST).fetchone() or (0, "")
    return f"{seq} {hashed} {FINGERPRINT}"


def confirm(database: str) -> None:
    """Let the file say that its keeper lives: it has the newest configuration, or the server does not tell another."""
    with suppress(OSError):  # there is none yet
        os.utime(copy_of(database))


def revision_of(place: Path) -> str | None:
    """Return the revision of the configuration that a copy has; None without a usable copy."""
    if not place.exists():
        return None
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{place.absolute().as_uri()}?mode=ro", uri=True)) as copy:
        return str(copy.execute(OF_COPY).fetchone()[0])
    return None


def _write(place: Path, revision: str, rows: Rows) -> None:
    """Write a new file, which takes the place of the former one in one step."""
    new = place.with_name(f"{place.name}.new")
    new.unlink(missing_ok=True)
    os.close(opened(new))
    with closing(sqlite3.connect(new)) as copy:
        for table, found in rows.items():
            kinds = ", ".join(f'"{name}" {kind}' for name, kind in columns()[table].items())
            copy.execute(f"CREATE TABLE {table} ({kinds})")
            marks = ", ".join("?" * len(columns()[table]))
            copy.executemany(f"INSERT INTO {table} VALUES ({marks})", found)  # noqa: S608 - a table of schema.sql
        copy.execute("CREATE TABLE revision (name TEXT)")
        copy.execute("INSERT INTO revision VALUES (?)", (revision,))
        copy.commit()
    new.chmod(MODE)
    new.rename(place)


def _every(table: str) -> str:
    names = ", ".join(f'"{name}"' for name in columns()[table])
    return f"SELECT {names} FROM {table}"  # noqa: S608 - names of schema.sql
