"""New databases for tests: copies of one that `migrate` made, because a copy takes a hundredth of the time."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from warmline.store.database import database
from warmline.store.migrations import migrate


def new_database(path: Path | str) -> None:
    """Write a database without rows of its own, as `warmline db migrate` makes it."""
    database.create(path).close()  # with the mode and the owner that the folder gives it
    shutil.copyfile(_made(), path)


@cache
def _made() -> Path:
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    migrate(path := Path(folder, "warmline.db"))
    return path
