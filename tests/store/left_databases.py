"""Databases that a program of Warmline really left: those of the releases, and of commits between two releases.

`left/COMMIT.sql.xz` is the database of a commit. Its program wrote it beside a real Asterisk, as that of a release
does for `keep_release`. Its dialler had called leads, too.
"""

import lzma
import sqlite3
from contextlib import closing
from pathlib import Path

HERE = Path(__file__).parent
RELEASES = sorted((HERE.parent / "package/releases").glob("*/database.sql"))
COMMITS = sorted((HERE / "left").glob("*.sql.xz"))
NAMES = [path.parent.name for path in RELEASES] + [path.name.split(".")[0] for path in COMMITS]
ALL = dict(zip(NAMES, [*RELEASES, *COMMITS], strict=True))


def script(path: Path) -> str:
    """Return the SQL of a database that was left."""
    return lzma.decompress(path.read_bytes()).decode() if path.suffix == ".xz" else path.read_text()


def write(name: str, path: Path) -> Path:
    """Write the database of a release or commit to a path, which is returned."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script(ALL[name]))
    return path
