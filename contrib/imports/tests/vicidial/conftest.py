"""A dump of the call centre, and a database in which its configuration is applied."""
# ruff: noqa: S608 - only names of the test

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command_line import Run
from tests.cli.imports.vicidial.centre import written
from warmline.store.database.reading import keeping
from warmline.system.database_address import DatabaseAddress
from warmline_contrib.imports.applied_import import SOURCE

ZONE = ("--source-timezone", "America/New_York")
TABLES = (
    *("lead", "call", "leg", "callback", "dnc", "disposition_entry", "queue_wait", "recording", "agent_session"),
    *("agent_interval", "imported_lead", "more_number"),
)


class Move:
    """A dump, the folder of its files, and a database in which these are applied."""

    def __init__(self, run: Run, folder: Path, db: Path | DatabaseAddress) -> None:
        self.run, self.folder, self.db = run, folder, db
        self.dump, self.files = folder / "asterisk.sql", folder / "converted"

    def begin(self) -> None:
        """Write the dump, convert its configuration, and apply that."""
        written(self.folder)
        assert self.run("import", "vicidial", str(self.dump), "--to", str(self.files))[0] == 0
        self.apply()

    def apply(self) -> None:
        """Apply the files of the folder."""
        code, _, err = self.run("config", "apply", str(self.files), "--yes")
        assert code == 0, err

    def rows(self, *more: str) -> tuple[int, str, str]:
        """Import the rows, and return code, output and errors."""
        return self.run("import", "vicidial-rows", str(self.dump), "--from", str(self.files), *ZONE, *more)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.db)) as db:
            return db.execute(sql).fetchall()

    def contents(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return the rows of all tables that an import writes."""
        return {table: sorted(self.ask(f"SELECT * FROM {table}")) for table in TABLES}


_begun: list[Path] = []  # the folder of a move, which is made once and then copied


@pytest.fixture
def move(run: Run, database: Path | DatabaseAddress, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Move:
    made = Move(run, tmp_path, database)
    if isinstance(database, DatabaseAddress):
        made.begin()
        return made
    if not _begun:
        with keeping(0):  # an open connection would leave changes in its log
            made.begin()
        _begun.append(Path(shutil.copytree(tmp_path, tmp_path_factory.mktemp("move") / "begun")))
        return made
    shutil.copytree(_begun[0], tmp_path, dirs_exist_ok=True)
    (made.files / SOURCE).write_text(f"{made.dump}\n")
    with closing(sqlite3.connect(made.db)) as db, db:
        db.execute("UPDATE import_run SET source = ?", (str(made.dump),))
    return made
