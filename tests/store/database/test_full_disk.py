"""Backup, restore, vacuum and exports beside a full disk: the former file stays whole, and nothing else remains.

A limit of the size of files acts like a full disk for one process. Python ignores its signal, so writes fail.
"""

import os
import resource
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cli.system import subject_files
from tests.wording.said import refused
from warmline.options import config_files
from warmline.store.configuration import config
from warmline.store.database.database import StoreError, connect
from warmline.store.leads import dnc
from warmline.store.maintenance import backup_and_vacuum, database_restore, file_replacement
from warmline.store.reports.recording_files import RecordingFiles
from warmline.system import whole_file
from warmline.text.coded_error import CodedError

NUMBERS = 8_000  # about 1 MB, so that writes fail at many places
BESIDE = ("warmline.db.lock", "warmline.db-wal", "warmline.db-shm")
MANY = 6  # sizes
HINT = "the disk of "
MARK = "72755512123456"


@pytest.fixture(scope="module")
def big(new_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database of about 1 MB, of which a part is free."""
    path = tmp_path_factory.mktemp("big") / "warmline.db"
    path.write_bytes(new_database.read_bytes())
    with closing(connect(path)) as db:
        numbers = ((f"{number:011}", "", 1, "x", "y") for number in range(NUMBERS))
        db.execute("BEGIN")
        db.executemany("INSERT INTO dnc VALUES (?, ?, ?, ?, ?)", numbers)
        db.execute("COMMIT")
        db.execute("DELETE FROM dnc WHERE phone_number > ?", (f"{NUMBERS // 2:011}",))
    return path


@pytest.fixture
def place(tmp_path: Path, big: Path) -> Path:
    """Return a folder with a copy of that database, which has another one's name."""
    folder = tmp_path / "place"
    folder.mkdir()
    (folder / "warmline.db").write_bytes(big.read_bytes())
    return folder


def limited(size: int, do: Callable[[], object]) -> str:
    """Do it in a process that cannot write a file beyond `size` bytes; return its error, or ""."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        said = "the process failed"
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
            try:
                do()
                said = ""
            except (CodedError, OSError) as error:
                said = str(error)
            except BaseException as error:
                said = f"unexpected: {error!r}"
        finally:
            os.write(writes, said.encode())
            os._exit(0)
    os.close(writes)
    with open(reads) as answer:
        said = answer.read()
    assert os.waitpid(child, 0)[1] == 0
    assert "\n" not in said and not said.startswith("unexpected"), said
    return said


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files but the lock, and the log of writes that SQLite keeps beside the database."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name not in BESIDE
    }


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return list(db.iterdump())


def is_logged(place: Path) -> bool:
    """Return whether a log of writes has rows that the file of the database may lack."""
    log = place / "warmline.db-wal"
    return log.exists() and log.stat().st_size > 0


def fails_at_each_size(place: Path, do: Callable[[], object], most: int, named: Path) -> None:
    """Check that it fails at several sizes, names file, cause and fix, and changes nothing; and then succeeds."""
    whole, rows = contents(place), dump(place / "warmline.db")
    failed = 0
    for size in range(0, most, max(1, most // MANY)):
        if not (said := limited(size, do)):
            break
        failed += 1
        assert (str(named) in said or str(place / "warmline.db") in said) and HINT in said, said
        left = contents(place)
        assert left.keys() == whole.keys(), f"at {size} bytes: {said}"
        if left.pop("warmline.db") != whole["warmline.db"] or is_logged(place):  # otherwise it has the same rows
            assert dump(place / "warmline.db") == rows, f"at {size} bytes: {said}"
        assert left == {name: content for name, content in whole.items() if name != "warmline.db"}
    assert failed >= 1
    assert backup_and_vacuum.check(place / "warmline.db") == []
    config.create(place / "warmline.db", "phone", f"1{failed:03}", {}, who="ada")
    assert limited(-1, do) == ""


def test_a_backup_leaves_no_part(place: Path) -> None:
    db, copy = place / "warmline.db", place / "copy"
    fails_at_each_size(place, lambda: backup_and_vacuum.backup(db, copy), db.stat().st_size, copy)
    assert backup_and_vacuum.check(copy) == []


def test_a_vacuum_leaves_the_database_as_it_was(place: Path) -> None:
    db = place / "warmline.db"
    fails_at_each_size(place, lambda: backup_and_vacuum.vacuum(db), db.stat().st_size // 3, db)
    with closing(connect(db)) as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone()[0] == 0


def test_a_restore_leaves_the_database_as_it_was(place: Path, big: Path, tmp_path: Path) -> None:
    db, copy, other = place / "warmline.db", tmp_path / "copy", tmp_path / "other.db"
    other.write_bytes(big.read_bytes())
    dnc.add(other, MARK, who="ada")
    backup_and_vacuum.backup(other, copy)

    def restore() -> None:
        keep = place / "kept"
        database_restore.restore(db, copy, keep)

    fails_at_each_size(place, restore, db.stat().st_size, db)
    assert MARK in "".join(dump(db)) and MARK not in "".join(dump(place / "kept"))


def test_a_database_that_cannot_be_opened_is_not_taken_for_a_damaged_one(
    place: Path, big: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without space for the log of writes, the file would otherwise be replaced by hand, beside other programs."""
    copy = tmp_path / "copy"
    backup_and_vacuum.backup(big, copy)
    monkeypatch.setattr(file_replacement, "_replace", lambda *_: pytest.fail("the database was replaced"))
    assert limited(0, lambda: database_restore.restore(place / "warmline.db", copy)).startswith("database ")


def test_a_left_journal_is_not_applied_to_a_copy(place: Path) -> None:
    """A program that was killed leaves a journal, which SQLite would apply to the next file of that name."""
    db = place / "warmline.db"
    for ending in ("", "-journal", "-wal", "-shm"):
        (place / f"copy.partial{ending}").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(5000))
    backup_and_vacuum.backup(db, place / "copy")
    assert dump(place / "copy") == dump(db)
    assert sorted(name for name in contents(place) if "partial" in name) == []


def test_a_copy_that_is_not_safely_on_disk_is_removed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = os.fsync

    def of_files_only(number: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{number}"):  # noqa: PTH112 - a link of the kernel
            raise OSError(5, "Input/output error")
        whole(number)

    monkeypatch.setattr(os, "fsync", of_files_only)
    with refused(StoreError, "copy_not_written", file=place / "copy", why="Input/output error"):
        backup_and_vacuum.backup(place / "warmline.db", place / "copy")
    assert set(contents(place)) == {"warmline.db"}


def test_an_export_of_the_configuration_replaces_all_files_or_none(place: Path) -> None:
    folder = place / "config"
    former = {"campaign": {"SHOP": {"dial_timeout": "20"}}, "phone": {"1000": {}}}
    config_files.write(folder, "toml", former)
    before = contents(place)
    more = {"campaign": {"SHOP": {"dial_timeout": "30"}}, "phone": {str(n): {"context": "x" * 50} for n in range(99)}}
    for size in (0, 10, 100, 1000):
        said = limited(size, lambda: config_files.write(folder, "toml", more))
        assert "File too large" in said and str(folder) in said
        assert contents(place) == before
    assert limited(-1, lambda: config_files.write(folder, "toml", more)) == ""
    assert config_files.read(folder)[0]["campaign", "SHOP"] == {"dial_timeout": "30"}
    assert sorted(file.name for file in folder.iterdir()) == ["campaign.toml", "phone.toml"]


def test_a_private_file_is_not_written_through_a_link(place: Path, tmp_path: Path) -> None:
    treasure = tmp_path / "treasure"
    treasure.write_text("root's")
    (place / "campaign.toml").symlink_to(treasure)
    whole_file.write(place / "campaign.toml", "mine", 0o600)
    assert treasure.read_text() == "root's"
    assert not (place / "campaign.toml").is_symlink() and (place / "campaign.toml").stat().st_mode & 0o777 == 0o600


def test_a_person_is_not_exported_in_part(place: Path) -> None:
    recording = place / "talk.wav"
    recording.write_bytes(bytes(9000))
    person = {"calls": [{"recordings": [{"status": "kept", "path": str(recording)}], "notes": "x" * 3000}]}
    files = RecordingFiles(place, place / "warmline.db")
    said = limited(1000, lambda: subject_files.write(place / "person", person, files))
    assert "person.json" in said and HINT in said and not (place / "person").exists()
    assert limited(5000, lambda: subject_files.write(place / "person", person, files)) == ""
    assert [file.name for file in (place / "person").iterdir()] == ["person.json"], "no part of the recording"
