"""The fallback's notes: written by a script, imported by the app, once."""

import errno
import json
import logging
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmline.agi import new_id
from warmline.agi.spool import _to_json_string, put_lead_note, put_note
from warmline.core.messages.dialler_messages import LeadAnsweredAway
from warmline.core.messages.fallback_messages import FallbackTaken
from warmline.store.agi import spool

CALL = "01ARZ3NDEKTSV4RRFFQ69G5FAV"


def test_notes_are_read_oldest_first_until_they_are_removed(tmp_path: Path) -> None:
    first_id, second_id = new_id(), "7" + new_id()[1:]
    put_note(str(tmp_path), second_id, 2, "5", "800", "later")
    put_note(str(tmp_path), first_id, 1, "5", "800", "sooner")
    notes = [FallbackTaken(first_id, 1, "5", "800", "sooner"), FallbackTaken(second_id, 2, "5", "800", "later")]
    assert spool.read_all(tmp_path) == notes
    assert spool.read_all(str(tmp_path)) == notes
    spool.remove(tmp_path, first_id)
    spool.remove(tmp_path, first_id)
    assert spool.read_all(tmp_path) == notes[1:]


def test_a_lead_who_opted_out_is_noted(tmp_path: Path) -> None:
    put_lead_note(str(tmp_path), CALL, 1, "4930", "away", 3, 4, opted_out=True)
    lead_note = LeadAnsweredAway(CALL, 1, "4930", "away", opted_out=True, answered=3, message_at=4)
    assert spool.read_all(tmp_path) == [lead_note]


def test_a_note_of_an_earlier_dialplan_has_no_times(tmp_path: Path) -> None:
    text = f'{{"at": 1, "opted_out": false, "call": "{CALL}", "number": "4930", "reason": "away"}}'
    (tmp_path / f"{CALL}.json").write_text(text)
    assert spool.read_all(tmp_path) == [LeadAnsweredAway(CALL, 1, "4930", "away")]


def test_a_note_in_the_making_is_not_seen(tmp_path: Path) -> None:
    (tmp_path / f".{CALL}.new").write_text("{")
    (tmp_path / f".{CALL}.json").write_text("{")
    assert spool.read_all(tmp_path) == []
    assert len(list(tmp_path.iterdir())) == 2


def test_a_nearly_full_disk_takes_a_note_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda number, data: write(number, data[:10]))
    put_note(str(tmp_path), CALL, 1, "5", "800", "sooner")
    assert spool.read_all(tmp_path) == [FallbackTaken(CALL, 1, "5", "800", "sooner")]


def test_a_full_disk_leaves_no_part_of_a_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = iter([10])
    write = os.write

    def fail_write(number: int, data: bytes) -> int:
        if (size := next(sizes, 0)) == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(number, data[:size])

    monkeypatch.setattr(os, "write", fail_write)
    with pytest.raises(OSError, match="No space"):
        put_note(str(tmp_path), CALL, 1, "5", "800", "sooner")
    assert list(tmp_path.iterdir()) == []


def test_many_notes_are_taken_in_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "MOST", 2)
    for time_us in range(3):
        put_note(str(tmp_path), new_id(), time_us, "", "", "")
    for note in (notes := spool.read_all(tmp_path)):
        spool.remove(tmp_path, note.call)
    assert len(notes) == 2
    assert len(spool.read_all(tmp_path)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"call": "01ARZ3NDEKTSV4RRFFQ69G5FAW"},
        {"call": None},
        {"at": "1"},
        {"at": True},
        {"at": 1.5},
        {"number": 5},
        {"reason": ["x"]},
        {"at": -1},
        {"at": 1 << 70},
    ],
)
def test_an_invalid_note_is_moved_aside_and_named(
    tmp_path: Path, change: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    note = {"call": CALL, "at": 1, "number": "5", "dialled": "800", "reason": "x"} | change
    (tmp_path / f"{CALL}.json").write_text(json.dumps(note))
    moved_aside(tmp_path, f"{CALL}.json", caplog)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"7", b"\xff\xfe", b'{"call": "x"}', b"[" * 60_000, b" " * 70_000, b'{"at": NaN}']
)
def test_rubbish_is_moved_aside_and_named(tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "x.json").write_bytes(content)
    moved_aside(tmp_path, "x.json", caplog)


def moved_aside(folder: Path, name: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert spool.read_all(folder) == []
    assert name in caplog.text
    assert [file.name for file in folder.iterdir()] == [name.replace(".json", ".bad")]
    caplog.clear()
    assert spool.read_all(folder) == []
    assert caplog.text == ""


def test_a_folder_with_the_name_of_a_note_is_logged_and_skipped(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / f"{CALL}.json").mkdir()
    put_note(str(tmp_path), note_id := new_id(), 1, "", "", "")
    assert [note.call for note in spool.read_all(tmp_path)] == [note_id]
    assert "Is a directory" in caplog.text


@given(st.text(max_size=1000))
def test_any_text_is_json(text: str) -> None:
    assert json.loads(_to_json_string(text)) == text


def test_a_long_text_is_cut() -> None:
    assert json.loads(_to_json_string("é" * 5000)) == "é" * 1000


def test_invalid_unicode_is_replaced(tmp_path: Path) -> None:
    put_note(str(tmp_path), CALL, 1, "\udcff5", "", "")
    (note,) = spool.read_all(tmp_path)
    assert note.number == "?5"


def test_the_folder_is_made_and_nothing_unfinished_stays(tmp_path: Path) -> None:
    put_note(str(tmp_path / "a/spool"), CALL, 1, "", "", "")
    assert [file.name for file in (tmp_path / "a/spool").iterdir()] == [f"{CALL}.json"]
    put_note(str(tmp_path / "a/spool"), CALL, 2, "", "", "again")
    assert [note.reason for note in spool.read_all(tmp_path / "a/spool")] == ["again"]
