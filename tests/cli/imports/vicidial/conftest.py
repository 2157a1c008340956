"""A dump of the call centre, and a database in which its configuration is applied."""
# ruff: noqa: S608 - only names of the test

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cli.imports.applied_import import SOURCE
from tests.cli.command_line import Run
from tests.cli.imports.vicidial.centre import written
from tests.copied_database import new_database
from warmline.store.database.reading import keeping

ZONE = ("--source-timezone", "America/New_York")
TABLES = (
    *("lead", "call", "leg", "callback", "dnc", "disposition_entry", "queue_wait", "recording", "agent_session"),
    *("agent_interval", "imported_lead", "more_number"),
)


class Move:
    """A dump, the folder of its files, and a database in which these are applied."""

    def __init__(self, run: Run, folder: Path) -> None:
        self.run, self.folder, self.db = run, folder, folder / "warmline.db"
        self.dump, self.files = folder / "asterisk.sql", folder / "converted"

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
def move(
    run: Run, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Move]:
    monkeypatch.setenv("SUDO_USER", "ada")
    if not _begun:
        folder = tmp_path_factory.mktemp("move")
        new_database(folder / "warmline.db")
        monkeypatch.setenv("WARMLINE_DB", str(folder / "warmline.db"))
        made = Move(run, folder)
        written(folder)
        with keeping(0):  # an open connection would leave changes in its log
            assert run("import", "vicidial", str(made.dump), "--to", str(made.files))[0] == 0
            made.apply()
        _begun.append(folder)
    shutil.copytree(_begun[0], tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("WARMLINE_DB", str(tmp_path / "warmline.db"))
    made = Move(run, tmp_path)
    (made.files / SOURCE).write_text(f"{made.dump}\n")
    with closing(sqlite3.connect(made.db)) as db, db:
        db.execute("UPDATE import_run SET source = ?", (str(made.dump),))
    yield made
