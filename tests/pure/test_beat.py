"""The beat tells a stopped application from one that turns, and from one that was never there."""

import time
from pathlib import Path

import pytest

from warmline import beat


def test_while_it_turns_it_is_not_stopped(tmp_path: Path) -> None:
    beat.give(str(tmp_path))
    assert beat.stopped(str(tmp_path)) == 0
    assert beat.age(str(tmp_path)) is not None


def test_after_three_seconds_without_a_beat_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    beat.give(str(tmp_path))
    later = time.monotonic() + 7
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert 6.9 < beat.stopped(str(tmp_path)) < 7.1


@pytest.mark.parametrize("text", [b"", b"soon\n", b"99999999999.000\n"], ids=["empty", "no time", "before a restart"])
def test_what_is_no_beat_stops_nobody(tmp_path: Path, text: bytes) -> None:
    assert beat.age(str(tmp_path)) is None
    (tmp_path / "beat").write_bytes(text)
    assert beat.age(str(tmp_path)) is None
    assert beat.stopped(str(tmp_path)) == 0
