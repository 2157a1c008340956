"""Recording files as Asterisk leaves them, complete and broken."""

import hashlib
import wave
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from ari_app.recordings.recording_measurement import measure
from warmline.core.messages.recording_messages import RecordingMeasured
from warmline.store.recordings import wav_file
from warmline.store.reports.recording_files import RecordingFiles
from warmline.store.reports.recordings import NO_SOUND, SHORT, WHOLE, state_of


def write(path: Path, milliseconds: int) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(range(16)) * milliseconds)
    return path.read_bytes()


def broken(whole: bytes) -> bytes:
    """Write a file as a killed Asterisk leaves it: both lengths are 0."""
    return whole[:4] + bytes(4) + whole[8:40] + bytes(4) + whole[44:]


def test_a_whole_file_is_measured_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "2026/R.wav"
    whole = write(path, 1230)
    digest = hashlib.sha256(whole).hexdigest()
    assert measure(tmp_path, "2026/R") == RecordingMeasured("2026/R", str(path), len(whole), 1230, digest)
    assert path.read_bytes() == whole


@pytest.mark.fault(
    "a recording was not closed", "the recorded part can be played", "the row notes that up to 2 s are missing"
)
def test_a_header_without_lengths_is_repaired(tmp_path: Path) -> None:
    path = tmp_path / "R.wav"
    whole = write(path, 500)
    path.write_bytes(broken(whole))
    measured = measure(tmp_path, "R")
    assert path.read_bytes() == whole
    assert measured == RecordingMeasured(
        "R", str(path), len(whole), 500, hashlib.sha256(whole).hexdigest(), mended=True
    )


def test_half_a_sample_at_the_end_is_not_counted(tmp_path: Path) -> None:
    path = tmp_path / "R.wav"
    path.write_bytes(broken(write(path, 500)) + b"\x01")
    assert measure(tmp_path, "R").length == 500
    with wave.open(str(path)) as file:
        assert file.getnframes() == 4000


def test_the_header_of_a_truncated_file_is_repaired(tmp_path: Path) -> None:
    path = tmp_path / "R.wav"
    path.write_bytes(write(path, 500)[: 44 + 3200])
    assert measure(tmp_path, "R").length == 200
    with wave.open(str(path)) as file:
        assert file.getnframes() == 1600


def test_chunks_after_the_samples_stay(tmp_path: Path) -> None:
    path = tmp_path / "R.wav"
    whole = write(path, 500) + b"LIST\x04\x00\x00\x00abcd"
    path.write_bytes(whole)
    assert measure(tmp_path, "R").length == 500
    assert path.read_bytes() == whole


def test_a_missing_file_is_measured_as_empty_and_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert measure(tmp_path, "R") == RecordingMeasured("R", "", 0, 0, "")
    assert f"recording {tmp_path}/R.wav cannot be read: No such file or directory" in caplog.text


def test_a_file_that_cannot_be_read_now_is_not_taken_for_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If Asterisk runs as another user, or no file number is free, an existing file must not become `failed`."""
    write(tmp_path / "R.wav", 500)

    def refused(path: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("ari_app.recordings.recording_measurement.open", refused, raising=False)
    with pytest.raises(PermissionError):
        measure(tmp_path, "R")


def test_a_file_that_cannot_be_heard_has_failed_and_is_told_by_every_measure(tmp_path: Path) -> None:
    """The app's measure, and that of `audit` and doctor for a row that a former version has kept."""
    path, files = tmp_path / "R.wav", RecordingFiles(tmp_path, tmp_path / "warmline.db")
    whole = write(path, 500)
    for content, fault in (
        (whole, ""),
        (broken(whole), ""),
        (whole[:44] + bytes(8000), ""),  # silence
        (b"", wav_file.NO_FILE),
        (bytes(20_800), wav_file.ONLY_ZEROS),
        (bytes(44) + whole[44:], wav_file.NO_HEADER),
        (whole[44:], wav_file.NO_HEADER),
        (b"RIFF", wav_file.NO_HEADER),
        (b"RIFF\0\0\0\0WAVEfmt ", wav_file.NO_HEADER),
        (b"not a wave file at all, but some text", wav_file.NO_HEADER),
        (whole[:44], wav_file.NO_SOUND),
        (broken(whole)[:44], wav_file.NO_SOUND),
        (whole[:45], wav_file.NO_SOUND),
    ):
        path.write_bytes(content)
        measured = measure(tmp_path, "R")
        assert (measured.fault, measured.length, measured.bytes) == (fault, 0 if fault else 500, len(content)), content
        kept = vars_of(measured) | {"status": "kept", "started": 0, "ended": 500_000}
        assert state_of(kept, files, read=True) == (NO_SOUND if fault else WHOLE), content
        assert state_of(kept | {"ended": 3_500_000}, files) == (NO_SOUND if fault else SHORT), content


def vars_of(measured: RecordingMeasured) -> dict[str, Any]:
    return asdict(measured) | {"converted_path": "", "cause": ""}
