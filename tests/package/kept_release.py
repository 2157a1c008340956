"""The last release as keep_release kept it: its database, and its packages, built from its source by its own tools."""

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
from tests.package.clone import git
from tools.release import wheel as wheels

RELEASES = Path(__file__).parent / "releases"
[SOURCE] = RELEASES.glob("*/source.tar.xz")
RELEASE = SOURCE.parent
VERSION = RELEASE.name
COMMITTER = {"GIT_CONFIG_GLOBAL": os.devnull, "EMAIL": "maintainer@example.org"}


def database(path: Path, release: Path = RELEASE) -> Path:
    """Write the database of a release."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((release / "database.sql").read_text())
    return path


def wheel() -> Path:
    """Return the wheel of the release; the first call on this machine builds it."""
    return _once("whl", lambda tree, folder: wheels.build(folder, tree))


def deb() -> Path:
    """Return the Debian package of the release; the first call on this machine builds it, which takes a minute."""
    environ = os.environ | {"PYTHON": sys.executable}
    return _once("deb", lambda tree, folder: subprocess.run(["debian/make", folder], cwd=tree, env=environ, check=True))


def _once(kind: str, build: Callable[[Path, Path], object]) -> Path:
    """Return the package of this kind in the cache folder, after its build from the source if it is not there."""
    folder = asterisk.cache_folder().with_name(f"warmline-{VERSION}-{sha256(SOURCE.read_bytes()).hexdigest()[:8]}")
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not list(folder.glob(f"*.{kind}")):
            with TemporaryDirectory(prefix="release-") as made:
                build(_checkout(Path(made, "tree")), Path(made, "dist"))
                [built] = Path(made, "dist").glob(f"*.{kind}")
                shutil.copy(built, partial := folder / "partial")
                partial.rename(folder / built.name)
    [package] = folder.glob(f"*.{kind}")
    return package


def _checkout(tree: Path) -> Path:
    """Unpack the source as a checkout, whose one commit has the time of the release's: its packages have that time."""
    with tarfile.open(SOURCE) as archive:
        epoch = int(archive.getmembers()[0].mtime)
        archive.extractall(tree, filter="data")
    git(tree, "init", "--quiet")
    git(tree, "add", "--all", "--force")
    commit = ["git", "commit", "--quiet", "--message", f"Warmline {VERSION}"]
    date = {f"GIT_{whose}_DATE": f"@{epoch} +0000" for whose in ("AUTHOR", "COMMITTER")}
    subprocess.run(commit, cwd=tree, env=os.environ | COMMITTER | date, check=True)
    return tree
