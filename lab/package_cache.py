"""Cache folders with unpacked packages of Debian, one for each program, for all checkouts of a user."""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from lab import debian

DESCRIPTION = "packages.json"


def folder(program: str) -> Path:
    """Return the cache folder of a program; its subfolder `root` has the files."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "warmline" / f"{program}-{debian.architecture()}"


def packages(folder: Path) -> set[str]:
    """Return the packages that a complete cache folder has."""
    try:
        return {row["package"] for row in json.loads((folder / DESCRIPTION).read_text())}
    except FileNotFoundError:
        return set()


def fill(
    folder: Path,
    wanted: Sequence[str],
    good: Callable[[str], bool],
    finish: Callable[[Path], None],
    say: Callable[[str], None],
) -> None:
    """Build a cache folder beside its final place, and rename it when it is complete.

    `wanted` and `good` are those of `debian.fetch`. `finish` gets the folder of the files. Raises PackageError.
    """
    partial = folder.with_name(folder.name + ".partial")
    fetched = debian.fetch(wanted, partial / "apt", good, say)
    say(f"unpacking {len(fetched)} packages into {folder}")
    debian.unpack(fetched, partial / "root")
    finish(partial / "root")
    (partial / DESCRIPTION).write_text(debian.describe(fetched))
    shutil.rmtree(partial / "apt")
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)


@contextmanager
def locked(folder: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Allow only one setup at a time; the lock ends with its process."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(folder.with_name(folder.name + ".lock"), "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another set-up is fetching it: waiting")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
