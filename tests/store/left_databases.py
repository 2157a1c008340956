"""Databases that a program of Warmline really left: those of the releases, and of commits between two releases.

`left/COMMIT.sql.xz` is the database of a commit. Its program wrote it beside a real Asterisk, as that of a release
does for `keep_release`. Its dialler had called leads, too.
"""

import lzma
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.internals.databases import SCHEMA_VERSION, database, schema_migration, schema_versions
from tests.package import kept_release

HERE = Path(__file__).parent
STEPS = {4: "fourth", 5: "fifth", 6: "sixth"}  # the migration to each schema after that of the first release
RELEASES = [release / "database.sql" for release in kept_release.all_kept()]
COMMITS = sorted((HERE / "left").glob("*.sql.xz"))
NAMES = [path.parent.name for path in RELEASES] + [path.name.split(".")[0] for path in COMMITS]
ALL = dict(zip(NAMES, [*RELEASES, *COMMITS], strict=True))


def script(path: Path) -> str:
    """Return the SQL of a database that was left."""
    return lzma.decompress(path.read_bytes()).decode() if path.suffix == ".xz" else path.read_text()


def write(name: str, path: Path) -> Path:
    """Write the database of a release or commit to a path, which is returned."""
    path.write_bytes(_content(name))
    return path


@cache
def _content(name: str) -> bytes:
    with TemporaryDirectory() as folder:
        with closing(sqlite3.connect(path := Path(folder, "left.db"))) as connection:
            connection.executescript(script(ALL[name]))
        return path.read_bytes()


def upgrade(path: Path) -> None:
    """Upgrade a database that is as it was left. A later test that has the same gets the same."""
    content = path.read_bytes()
    if content in _upgraded:
        path.write_bytes(_upgraded[content])
        return
    schema_migration.migrate(path)
    _upgraded[content] = path.read_bytes()


_upgraded: dict[bytes, bytes] = {}


def due(path: Path) -> list[str]:
    """Return the migrations that a database lacks. That to its own schema is due again if a commit before left it."""
    with closing(sqlite3.connect(path)) as connection:
        number, found = database.schema_of(connection)
    again = number in STEPS and found != schema_versions.fingerprint(schema_versions.schema(number))
    return [STEPS[later] for later in range(number + (not again), SCHEMA_VERSION + 1)]


def older() -> list[str]:
    """Return the names of those that this program upgrades; the last release can have the current schema."""
    with TemporaryDirectory() as folder:
        return [name for name in ALL if due(write(name, Path(folder, name)))]
