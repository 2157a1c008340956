"""Releases as keep_release kept them: their databases, and their packages, built from their source by their own tools.

The sources are those of the last release, and of the last one whose databases this program migrates.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from lab import asterisk
from tests.internals.databases import SCHEMA_VERSION, schema_of
from tests.package.clone import git
from tools.release import wheel as wheels

RELEASES = Path(__file__).parent / "releases"
SOURCE = "source.tar.xz"
COMMITTER = {"GIT_CONFIG_GLOBAL": os.devnull, "EMAIL": "maintainer@example.org"}
MAKES = ("packaging/debian/make", "debian/make")  # the program that builds the package; up to 0.9.0 the second


def all_kept() -> list[Path]:
    """Return the folders of all releases whose database is kept, the last one at the end."""
    return sorted((path.parent for path in RELEASES.glob("*/database.sql")), key=_number)


def with_source() -> list[Path]:
    """Return the folders of the releases whose packages can be built, the last one at the end."""
    return [release for release in all_kept() if (release / SOURCE).exists()]


def migrated() -> Path:
    """Return the folder of the last release whose databases have an older schema than this program's."""
    return [release for release in all_kept() if _schema(release) < SCHEMA_VERSION][-1]


def database(path: Path, release: Path) -> Path:
    """Write the database of a release."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((release / "database.sql").read_text())
    return path


def wheel(release: Path) -> Path:
    """Return the wheel of a release; the first call on this machine builds it."""
    return _once(release, "*.whl", lambda tree, folder: wheels.build(folder, tree))


def deb(release: Path) -> Path:
    """Return the Debian package of a release; the first call on this machine builds it, which takes a minute."""
    environ = os.environ | {"PYTHON": sys.executable}

    def build(tree: Path, folder: Path) -> None:
        make = next(path for path in MAKES if (tree / path).exists())
        subprocess.run([make, folder], cwd=tree, env=environ, check=True)

    return _once(release, "warmline_*.deb", build)  # beside it is the one of the media servers


def _number(release: Path) -> list[int]:
    return [int(part) for part in release.name.split(".")]


def _schema(release: Path) -> int:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript((release / "database.sql").read_text())
        return schema_of(connection)[0]


def _once(release: Path, pattern: str, build: Callable[[Path, Path], object]) -> Path:
    """Return the package with such a name in the cache folder, after its build from the source if it is not there."""
    source = sha256((release / SOURCE).read_bytes()).hexdigest()
    folder = asterisk.cache_folder().with_name(f"warmline-{release.name}-{source[:8]}")
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not list(folder.glob(pattern)):
            with TemporaryDirectory(prefix="release-") as made:
                build(_checkout(release, Path(made, "tree")), Path(made, "dist"))
                [built] = Path(made, "dist").glob(pattern)
                shutil.copy(built, partial := folder / "partial")
                partial.rename(folder / built.name)
    [package] = folder.glob(pattern)
    return package


def _checkout(release: Path, tree: Path) -> Path:
    """Unpack the source as a checkout, whose one commit has the time of the release's: its packages have that time."""
    with tarfile.open(release / SOURCE) as archive:
        epoch = int(archive.getmembers()[0].mtime)
    tree.mkdir()
    subprocess.run(["tar", "--extract", "--file", release / SOURCE], cwd=tree, check=True)
    git(tree, "init", "--quiet")
    git(tree, "add", "--all", "--force")
    commit = ["git", "commit", "--quiet", "--message", f"Warmline {release.name}"]
    date = {f"GIT_{whose}_DATE": f"@{epoch} +0000" for whose in ("AUTHOR", "COMMITTER")}
    subprocess.run(commit, cwd=tree, env=os.environ | COMMITTER | date, check=True)
    return tree
