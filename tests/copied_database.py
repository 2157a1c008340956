"""New databases for tests: copies of one that was made once, because a copy takes a hundredth of the time."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from unittest.mock import patch

from lab import configure
from warmline.store.database import database
from warmline.store.migrations.schema_migration import migrate


def new_database(path: Path | str) -> None:
    """Write a database without rows of its own, as `warmline db migrate` makes it."""
    database.create(path).close()  # with the mode and the owner that the folder gives it
    shutil.copyfile(_made(), path)


@contextmanager
def copied_demo() -> Iterator[None]:
    """Let the lab write its demo configuration once, and then copy it."""
    make = configure._make

    @cache
    def made() -> Path:
        make(path := _place())
        return path

    def copied(path: Path) -> None:
        database.create(path).close()
        shutil.copyfile(made(), path)

    with patch.object(configure, "_make", copied):
        yield


@cache
def _made() -> Path:
    migrate(path := _place())
    return path


def _place() -> Path:
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    return Path(folder, "warmline.db")
