"""The owner of shared files that root creates for the app's user."""

import os
import stat
from pathlib import Path

import pytest

from tests.wording.said import refused
from warmline.store.database.database import StoreError
from warmline.store.database.leader_lock_file import hold
from warmline.store.maintenance import backup_and_vacuum, database_restore
from warmline.store.migrations.schema_migration import migrate


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Provide a folder of the user nobody, or without root of the current user."""
    made = tmp_path / "lib"
    made.mkdir()
    if os.geteuid() == 0:
        os.chown(made, 65534, 65534)
    return made


def owners(folder: Path) -> set[tuple[int, int, int]]:
    """Return the user, group and mode of each file."""
    found = (path.stat() for path in folder.iterdir())
    return {(one.st_uid, one.st_gid, stat.S_IMODE(one.st_mode)) for one in found}


def test_new_files_belong_to_the_owner_of_the_folder(folder: Path) -> None:
    db = folder / "warmline.db"
    migrate(db)
    hold(db).close()
    backup_and_vacuum.backup(db, folder / "copy.db")
    database_restore.restore(db, folder / "copy.db", folder / "before.db")
    db.write_bytes(b"nothing of the kind" * 1000)
    database_restore.restore(db, folder / "copy.db", folder / "again.db")
    (folder / "warmline.db-shm").unlink(missing_ok=True)
    (folder / "warmline.db-wal").unlink(missing_ok=True)
    assert len(list(folder.iterdir())) >= 5
    assert owners(folder) == {(folder.stat().st_uid, folder.stat().st_gid, 0o600)}


def test_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    """The folder's owner could otherwise make root overwrite any file of the machine."""
    treasure = tmp_path / "treasure"
    treasure.write_text("root's")
    (folder / "warmline.db.lock").symlink_to(treasure)
    with refused(StoreError, "lock_file_not_opened"):
        hold(folder / "warmline.db")
    assert treasure.read_text() == "root's"


def test_a_database_may_lie_elsewhere(folder: Path, tmp_path: Path) -> None:
    (folder / "warmline.db").symlink_to(tmp_path / "large.db")
    migrate(folder / "warmline.db")
    hold(folder / "warmline.db").close()
    assert backup_and_vacuum.check(tmp_path / "large.db") == []
