"""The user of the API process may read the database by its group, and no other user may."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from cli.install import InstallError, accounts, database_access, file_changes, install_paths
from cli.install.file_changes import SHARED, FileChange
from tests.cli.command_line import Run
from tests.cli.installed import Box
from tests.other_user import NOBODY, as_nobody, as_user, folder_for_all
from tests.wording.said import refused
from warmline.store.database.database import connect
from warmline.store.migrations.schema_migration import migrate
from warmline.system import settings

OWNER = 1_234_567  # a user number that nothing has
only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")


def modes(*paths: Path) -> list[tuple[int, int]]:
    return [(path.stat().st_gid, stat.S_IMODE(path.stat().st_mode)) for path in paths]


@only_root
def test_install_shares_the_database_and_uninstall_closes_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = Box(tmp_path / "box")
    for name, value in box.environ.items():
        monkeypatch.setenv(name, value)
    folder, file = box.folder / "lib", box.folder / "lib/warmline.db"
    migrate_in(folder)
    before = modes(folder, file)
    assert before == [(0, 0o750), (0, 0o600)]
    code, out, _ = run("install", *box.words, "--yes")
    assert code == 0 and f"+ the group of nobody may read {file}" in out.splitlines()
    group = accounts.group_of("nobody")
    assert group and modes(folder, file) == [(group, 0o2750), (group, 0o640)]
    assert run("install", *box.words, "--yes")[1].startswith("Everything is installed already.")
    assert run("uninstall", "--yes")[0] == 0
    assert modes(folder, file) == before


def migrate_in(folder: Path) -> None:
    folder.mkdir(mode=0o750)
    migrate(folder / "warmline.db")


@only_root
def test_a_new_database_gets_the_group_of_its_folder(tmp_path: Path) -> None:
    os.chown(tmp_path, 0, NOBODY)
    tmp_path.chmod(0o2750)
    migrate(tmp_path / "warmline.db")
    with closing(connect(tmp_path / "warmline.db")) as db:
        db.execute("BEGIN IMMEDIATE")
        paths = [tmp_path / f"warmline.db{ending}" for ending in ("", "-wal", "-shm")]
        assert modes(*paths) == [(NOBODY, 0o640)] * 3


@only_root
def test_the_group_reads_beside_a_writer_and_writes_nothing() -> None:
    """SQLite needs the files of a writer: while no program has the database open, the group cannot read it."""
    with folder_for_all() as folder:
        os.chown(folder, OWNER, NOBODY)
        folder.chmod(0o2750)
        path = folder / "warmline.db"
        as_user(OWNER, lambda: migrate(path))
        writer = connect(path)
        for number in range(3):
            writer.execute("INSERT INTO list (id) VALUES (?)", [f"of-{number}"])
            assert as_nobody(lambda count=number + 1: expect_lists(path, count)) == ""  # type: ignore[misc]
        assert as_nobody(lambda: expect_no_write(path)) == ""
        writer.close()
        assert "Permission denied" in as_user(OWNER + 1, lambda: expect_lists(path, 3))


def expect_lists(path: Path, count: int) -> None:
    with closing(connect(path)) as db:
        (found,) = db.execute("SELECT count(*) FROM list WHERE id LIKE 'of-%'").fetchone()
    assert found == count, (found, count)


def expect_no_write(path: Path) -> None:
    with closing(connect(path)) as db, pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("DELETE FROM list")
    for way in (os.O_WRONLY, os.O_RDWR):
        for ending in ("", "-wal", "-shm"):
            with pytest.raises(PermissionError):
                os.open(f"{path}{ending}", way)
    with pytest.raises(PermissionError):
        (path.parent / "warmline.db-journal").touch()


def test_a_shared_file_is_no_link_and_has_one_name(tmp_path: Path) -> None:
    """The folder belongs to Asterisk's user, who could place another file there."""
    secret = tmp_path / "secret"
    secret.write_text("x")
    secret.chmod(0o600)
    change = FileChange(SHARED, str(tmp_path / "warmline.db"), "600", 0o640, reader="nobody")
    (tmp_path / "warmline.db").hardlink_to(secret)
    file_changes._share(tmp_path / "warmline.db", None, change.mode)
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    (tmp_path / "warmline.db").unlink()
    (tmp_path / "warmline.db").symlink_to(secret)
    with pytest.raises(OSError, match="symbolic links"):
        file_changes._share(tmp_path / "warmline.db", None, change.mode)


def test_the_account_is_created_once_and_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = tmp_path / "given"
    for program in ("useradd", "userdel", "groupdel"):
        (tmp_path / program).write_text(f'#!/bin/sh\necho {program} "$@" >> {given}\n')
        (tmp_path / program).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    accounts.create("warmline-test")
    accounts.remove("warmline-test")  # it does not exist
    accounts.create("root")
    (line,) = given.read_text().splitlines()
    assert line.startswith("useradd --system --user-group") and line.endswith("/usr/sbin/nologin warmline-test")
    (tmp_path / "useradd").write_text("#!/bin/sh\necho no space >&2\nexit 1\n")
    with refused(InstallError, "account_command_failed", why="no space"):
        accounts.create("warmline-test")


def test_without_root_or_systemd_nothing_is_shared(tmp_path: Path) -> None:
    box = Box(tmp_path / "box")
    known = settings.load({"WARMLINE_DB": str(tmp_path / "warmline.db")})
    places = install_paths.find(known, tmp_path / "warmline.toml", box.etc, None, api_user="warmline-test")
    assert not list(database_access.changes(places))
