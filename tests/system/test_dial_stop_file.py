"""The file of the emergency stop, also one that was made by hand, or that cannot be read."""

import json
import os
from pathlib import Path

import pytest

from warmline.system import dial_stop_file
from warmline.system.dial_stop_file import UNKNOWN, DialStop


def untimed(run: Path) -> list[DialStop]:
    """Return the stops without their times."""
    return [one._replace(at=0) for one in dial_stop_file.stops(run)]


def test_a_stop_names_the_person_the_time_and_the_reason(tmp_path: Path) -> None:
    assert (dial_stop_file.is_set(tmp_path), dial_stop_file.stops(tmp_path)) == (False, [])
    assert dial_stop_file.stop(tmp_path, "user:ben", "wrong list")
    [one] = dial_stop_file.stops(tmp_path)
    assert (one.by, one.why) == ("user:ben", "wrong list")
    file = tmp_path / dial_stop_file.NAME
    assert json.loads(file.read_text())["at"].endswith("+00:00"), "a person can read it"
    assert abs(one.at / 1_000_000 - file.stat().st_mtime) < 1
    assert file.stat().st_mode & 0o777 == 0o644, "the API process has another user"


def test_the_stop_of_another_person_is_kept_beside_the_first(tmp_path: Path) -> None:
    assert dial_stop_file.stop(tmp_path, "user:ben", "wrong list")
    assert not dial_stop_file.stop(tmp_path, "user:sue", "trunk is down")
    assert not dial_stop_file.stop(tmp_path, "user:ben", "again")
    assert untimed(tmp_path) == [DialStop("user:ben", 0, "wrong list"), DialStop("user:sue", 0, "trunk is down")]
    for n in range(2 * dial_stop_file.MOST):
        dial_stop_file.stop(tmp_path, f"user:u{n}")
    assert len(dial_stop_file.stops(tmp_path)) == dial_stop_file.MOST
    assert dial_stop_file.allow(tmp_path) and not dial_stop_file.allow(tmp_path)


def test_an_empty_file_is_a_stop_by_an_unknown_client_and_stays_one(tmp_path: Path) -> None:
    """It is that of a former release, or of a shell script."""
    (tmp_path / dial_stop_file.NAME).touch()
    assert dial_stop_file.is_set(tmp_path) and dial_stop_file.stops(tmp_path) == [UNKNOWN]
    assert not dial_stop_file.stop(tmp_path, "user:ben")
    assert untimed(tmp_path) == [UNKNOWN, DialStop("user:ben")]


@pytest.mark.parametrize(
    "written",
    [
        b"stop!",
        b"\xff\xfe",
        b"[" * 20_000,
        b'{"by": "user:ben"}',
        b'{"by": "user:ben", "at": "soon", "why": ""}',
        b"17",
    ],
)
def test_a_file_of_another_form_is_a_stop_by_an_unknown_client(tmp_path: Path, written: bytes) -> None:
    (tmp_path / dial_stop_file.NAME).write_bytes(written)
    assert dial_stop_file.is_set(tmp_path) and dial_stop_file.stops(tmp_path) == [UNKNOWN]
    assert not dial_stop_file.stop(tmp_path, "user:ben")
    assert UNKNOWN in dial_stop_file.stops(tmp_path)


def test_a_pipe_or_a_folder_of_that_name_is_a_stop_and_blocks_no_reader(tmp_path: Path) -> None:
    file = tmp_path / dial_stop_file.NAME
    for make in (file.mkdir, lambda: os.mkfifo(file), lambda: file.symlink_to(tmp_path / "nowhere")):
        make()
        assert dial_stop_file.is_set(tmp_path) and dial_stop_file.stops(tmp_path) == [UNKNOWN]
        assert not dial_stop_file.stop(tmp_path, "user:ben")
        assert dial_stop_file.stops(tmp_path) == [UNKNOWN] and not (tmp_path / "nowhere").exists()
        file.rmdir() if file.is_dir() else file.unlink()


def test_a_folder_that_cannot_be_looked_at_is_a_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(dial_stop_file.os, "lstat", refused)
    assert dial_stop_file.is_set(tmp_path) and dial_stop_file.stops(tmp_path) == [UNKNOWN]


def test_a_full_disk_does_not_prevent_a_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: int, _text: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(dial_stop_file.os, "write", full)
    assert dial_stop_file.stop(tmp_path, "user:ben")
    assert dial_stop_file.stops(tmp_path) == [UNKNOWN]
