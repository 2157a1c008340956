"""An import is killed in each of its transactions and begun again, into PostgreSQL: the rows are those of a file."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from contrib.imports.tests.vicidial.conftest import TABLES, ZONE
from tests.cli.imports.vicidial.centre import CENTRE, LEAD, written
from warmline.store.database.database import connect
from warmline.system.database_address import DatabaseAddress

COMMAND = "import sys; from cli.main import main; main(sys.argv[1:])"
# The command is killed before its second commit: one transaction is there, and the next one is not.
KILLED_IMPORT = f"""
import os, signal
from warmline_contrib.imports.store import import_runs
left, whole = [2], import_runs._written
def killed(db, batch):
    changed = whole(db, batch)
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return changed
import_runs._written = killed
{COMMAND}
"""
KILLED_UNDO = f"""
import os, signal
from warmline.store.database import long_writes
done, whole = [0], long_writes.run
def killed(db, statements):
    found = list(statements)
    if found and done[0]:
        db.execute("BEGIN IMMEDIATE")
        db.execute(*found[0])
        os.kill(os.getpid(), signal.SIGKILL)
    changed = whole(db, found)
    done[0] += changed
    return changed
long_writes.run = killed
{COMMAND}
"""
MORE = [{**LEAD, "lead_id": 200_000 + place, "list_id": 101, "phone_number": "3125550155"} for place in range(70)]
NEW = {"dnc": "phone_number, campaign"}  # the columns that do not depend on the moment of the import


class Centre:
    """A dump, and the commands that import it into a database."""

    def __init__(self, folder: Path, db: Path | DatabaseAddress) -> None:
        folder.mkdir()
        self.db, self.files = db, folder / "files"
        self.dump = written(folder, {**CENTRE, "vicidial_list": [*CENTRE["vicidial_list"], *MORE]})
        place = db.whole if isinstance(db, DatabaseAddress) else str(db)
        self._environ = os.environ | {"WARMLINE_DB": place, "WARMLINE_SPOOL": str(folder / "spool"), "SUDO_USER": "ada"}
        self._done("import", "vicidial", str(self.dump), "--to", str(self.files))
        self._done("config", "apply", str(self.files), "--yes")

    def rows(self, program: str = COMMAND) -> int:
        """Import the rows; return how often the program was killed until it came to its end."""
        return self._done("import", "vicidial-rows", str(self.dump), "--from", str(self.files), *ZONE, program=program)

    def undo(self, program: str = COMMAND) -> int:
        """Undo the import; return how often the program was killed until it came to its end."""
        return self._done("import", "undo", "--yes", program=program)

    def contents(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return the rows of all tables that an import writes."""
        with closing(connect(self.db)) as db:
            found = {table: db.execute(f"SELECT {NEW.get(table, '*')} FROM {table}").fetchall() for table in TABLES}  # noqa: S608
        return {table: sorted(map(tuple, rows), key=repr) for table, rows in found.items()}

    def _done(self, *words: str, program: str = COMMAND) -> int:
        kills = 0
        while True:
            done = subprocess.run(
                [sys.executable, "-c", program, *words],
                env=self._environ,
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            if done.returncode == 0:
                return kills
            assert done.returncode == -9, done.stderr
            kills += 1


def test_killed_import_and_killed_undo_go_on(database: DatabaseAddress, new_database: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(new_database, tmp_path / "warmline.db"))
    in_file, on_server = Centre(tmp_path / "file", path), Centre(tmp_path / "server", database)
    before = on_server.contents()
    assert before == in_file.contents()
    assert in_file.rows() == 0
    assert on_server.rows(KILLED_IMPORT) == 10, "seven tables have one transaction each, and leads have four"
    assert len(on_server.contents()["lead"]) == 74 and on_server.contents() == in_file.contents()
    assert on_server.rows() == 0 and on_server.contents() == in_file.contents()
    assert on_server.undo(KILLED_UNDO) == 9, "rows of ten tables go"
    assert on_server.contents() == before
