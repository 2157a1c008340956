"""The app reads a database again only if its files may have changed."""

import os
import shutil
import time
from contextlib import closing
from pathlib import Path

import pytest

from warmline.store.configuration import config
from warmline.store.database.database import connect
from warmline.store.database.touched_files import MOMENT, TouchedFiles


@pytest.fixture
def file(demo_database: Path, tmp_path: Path) -> Path:
    """A database whose last change is old."""
    return aged(Path(shutil.copy(demo_database, tmp_path / "warmline.db")))


def aged(file: Path) -> Path:
    """Let the last write of a database be older than a moment."""
    then = time.time_ns() - 2 * MOMENT
    for one in (file, file.with_name(f"{file.name}-wal")):
        if one.exists():
            os.utime(one, ns=(then, then))
    return file


def test_each_commit_may_be_a_change_and_a_look_without_one_is_none(file: Path) -> None:
    changes = TouchedFiles(str(file))
    assert [changes.may_have_changed() for _ in range(3)] == [True, False, False]
    with closing(connect(file)):  # an open reader keeps the log of writes
        for active in ("N", "Y"):
            config.set_options(file, "ingroup", "SALESLINE", {"active": active}, who="test")
            assert changes.may_have_changed()
            aged(file)
            assert [changes.may_have_changed() for _ in range(2)] == [True, False]


def test_a_change_of_this_moment_may_be_followed_by_another_of_the_same_time(file: Path) -> None:
    changes = TouchedFiles(str(file))
    file.touch()
    assert [changes.may_have_changed() for _ in range(3)] == [True, True, True]
