"""No file with customers' data, passwords or recordings can be read by all users of the machine."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from ari_app.http.server import local_token
from ari_app.recordings.recording_measurement import measure
from ari_app.workers import queue_log_file
from cli.system import subject_files
from lab import folder as lab_folder
from lab import process
from tests.asterisk.test_recording_measurement import write as write_recording
from tests.free_port import free_port
from tests.http.bare_app import BareApp
from warmline.agi import spool
from warmline.options import config_files
from warmline.store.database.database import connect
from warmline.store.maintenance import backup_and_vacuum
from warmline.store.migrations.schema_migration import migrate
from warmline.store.reports.recording_files import RecordingFiles


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    """Set the usual umask of machines, which removes few rights."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_to_all(folder: Path) -> dict[str, str]:
    """Return all paths below the folder, with itself, that all users can read or enter.

    A running app removes files, such as the journal of the notes' index.
    """
    found: dict[str, str] = {}
    for path in (folder, *folder.rglob("*")):
        with suppress(FileNotFoundError):
            shut = any(not up.stat().st_mode & stat.S_IXOTH for up in path.parents if up.is_relative_to(folder))
            if path.lstat().st_mode & 0o007 and not shut:
                found[str(path.relative_to(folder))] = stat.filemode(path.stat().st_mode)
    return found


def database(folder: Path) -> None:
    migrate(folder / "warmline.db")
    held = connect(folder / "warmline.db")
    held.execute("BEGIN IMMEDIATE")
    assert {"warmline.db", "warmline.db-wal", "warmline.db-shm"} <= {path.name for path in folder.iterdir()}


def backup(folder: Path) -> None:
    migrate(folder / "warmline.db")
    backup_and_vacuum.backup(folder / "warmline.db", folder / "copy.db")


def queues(folder: Path) -> None:
    queue_log_file._append(folder / "queue_log", 0, ["1|2|SALESLINE|NONE|ENTERQUEUE||3125550100|1"])


def recording(folder: Path) -> None:
    write_recording(folder / "R.wav", 100)
    assert (folder / "R.wav").stat().st_mode & stat.S_IROTH, "as Asterisk makes it"
    assert measure(folder, "R").length


def lab(folder: Path) -> None:
    made = lab_folder.claim(folder / "lab")
    lab_folder.write(made / "etc/pjsip.conf", "password = x\n")


def program_log(folder: Path) -> None:
    record = folder / "pid"
    process.start(["true"], folder / "true.log", record, {})
    record.unlink()  # a number


MAKES: dict[str, Callable[[Path], object]] = {
    "the database": database,
    "a backup": backup,
    "a note of a call that took the fallback": lambda folder: spool.put_note(
        str(folder / "spool"), "", 1, "555", "", "x"
    ),
    "the token": lambda folder: local_token.keep(str(folder)),
    "the queue log": queues,
    "a recording": recording,
    "a lab": lab,
    "a lab's logs": program_log,
    "an export": lambda folder: config_files.write(folder / "new", "json", {"agent": {}}),
    "a person's files": lambda folder: subject_files.write(folder / "person", {"calls": []}, RecordingFiles("", "")),
}


@pytest.mark.parametrize("what", MAKES)
def test_new_files_are_closed_to_other_users(what: str, short_path: Path) -> None:
    short_path.chmod(0o755)
    MAKES[what](short_path)
    assert len([*short_path.rglob("*")]) > 0
    assert {name for name in open_to_all(short_path) if name != "."} - {"new"} == set()


def test_the_app_makes_no_file_for_all_users(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    migrate(tmp_path / "warmline.db")
    app = BareApp(tmp_path, free_port())
    try:
        made = {path.name for path in tmp_path.iterdir()}
        assert {"warmline.db-wal", "token"} <= made
        assert "Umask:\t0027\n" in Path("/proc", str(app.pid), "status").read_text()
        assert {name for name in open_to_all(tmp_path) if name not in (".", app.log.name)} == {"calls-local"}
    finally:
        app.kill()
