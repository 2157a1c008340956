"""The heartbeat distinguishes a stopped app from a running one, and from one that never ran."""

import errno
import os
import time
from pathlib import Path

import pytest

from warmline.system import heartbeat_file


def test_after_three_seconds_without_a_beat_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    heartbeat_file.HeartbeatFile(str(tmp_path)).give()
    monkeypatch.setattr(time, "monotonic", lambda: now + 7)
    assert 6.9 < heartbeat_file.get_stopped_seconds(str(tmp_path)) < 7.1


def test_a_heartbeat_is_given_without_free_file_descriptors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = heartbeat_file.HeartbeatFile(str(tmp_path))
    given.give()
    later = time.monotonic() + 7

    def none_left(*_given: object) -> int:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    with monkeypatch.context() as full:
        full.setattr(os, "open", none_left)
        full.setattr(time, "monotonic", lambda: later)
        given.give()
    assert float((tmp_path / "beat").read_text()) == pytest.approx(later, abs=0.01)


@pytest.mark.parametrize("took", ["away", "its place"])
def test_a_removed_heartbeat_file_is_created_again(tmp_path: Path, took: str) -> None:
    given = heartbeat_file.HeartbeatFile(str(tmp_path))
    given.give()
    (tmp_path / "beat").unlink()
    if took == "its place":
        (tmp_path / "beat").write_bytes(b"")
    given.give()
    assert heartbeat_file.get_age_seconds(str(tmp_path)) is not None


@pytest.mark.parametrize("text", [b"", b"soon\n", b"99999999999.000\n"], ids=["empty", "no time", "before a restart"])
def test_an_invalid_heartbeat_file_stops_no_call(tmp_path: Path, text: bytes) -> None:
    assert heartbeat_file.get_age_seconds(str(tmp_path)) is None
    (tmp_path / "beat").write_bytes(text)
    assert heartbeat_file.get_age_seconds(str(tmp_path)) is None
    assert heartbeat_file.get_stopped_seconds(str(tmp_path)) == 0
