"""Recordings in their other format: complete or missing. The programs here are shell scripts."""

import asyncio
import hashlib
import os
from pathlib import Path

import pytest

from ari_app.recordings.recording_conversion import converted
from tests.asterisk.test_recording_measurement import write
from warmline.core.messages.recording_messages import RecordingConverted
from warmline.system import recording_formats

# Each script's arguments and output; the last argument is the file to write.
WORKS = 'echo "$0 $@" >> "$(dirname "$0")/calls"; for last; do :; done; echo made > "$last"'
FAILS = 'for last; do :; done; echo half > "$last"; echo "no handler for this" >&2; exit 2'


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Provide a folder that is searched for sox and ffmpeg first, and has neither yet."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "nice").symlink_to("/usr/bin/nice")
    monkeypatch.setenv("PATH", str(folder))
    return folder


def program(folder: Path, name: str, does: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\nPATH={os.defpath}\n{does}\n")
    path.chmod(0o755)


def test_a_recording_gets_its_other_format_beside_it(programs: Path, tmp_path: Path) -> None:
    wav = write(tmp_path / "2026/R.wav", 100)
    program(programs, "sox", WORKS)
    done = asyncio.run(converted(tmp_path, "2026/R", "mp3"))
    made = tmp_path / "2026/R.mp3"
    content = made.read_bytes()
    assert done == RecordingConverted("2026/R", str(made), len(content), hashlib.sha256(content).hexdigest())
    assert (programs / "calls").read_text() == f"{programs}/sox {tmp_path}/2026/R.wav -t mp3 {made}.part\n"
    assert (tmp_path / "2026/R.wav").read_bytes() == wav
    assert sorted(path.name for path in made.parent.iterdir()) == ["R.mp3", "R.wav"]


def test_the_second_program_is_tried_when_the_first_cannot(programs: Path, tmp_path: Path) -> None:
    write(tmp_path / "R.wav", 100)
    program(programs, "sox", FAILS)
    program(programs, "ffmpeg", WORKS)
    assert asyncio.run(converted(tmp_path, "R", "ogg")).path == f"{tmp_path}/R.ogg"
    assert "-i " + str(tmp_path / "R.wav") + " -f ogg" in (programs / "calls").read_text()


def test_a_failed_conversion_keeps_the_wav_and_leaves_no_other_file(programs: Path, tmp_path: Path) -> None:
    write(tmp_path / "R.wav", 100)
    assert asyncio.run(converted(tmp_path, "R", "mp3")).cause == "neither sox nor ffmpeg is installed"
    program(programs, "sox", FAILS)
    assert asyncio.run(converted(tmp_path, "R", "mp3")) == RecordingConverted("R", cause="sox: no handler for this")
    program(programs, "sox", "exit 3")
    assert asyncio.run(converted(tmp_path, "R", "mp3")).cause == "sox: it ended with 3"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["R.wav", "bin"]


def test_a_conversion_that_is_broken_off_ends_its_program_and_leaves_nothing(programs: Path, tmp_path: Path) -> None:
    write(tmp_path / "R.wav", 100)
    program(programs, "sox", f'echo half > "$4"; echo $$ > {tmp_path}/gate; exec sleep 60')

    os.mkfifo(tmp_path / "gate")

    async def main() -> int:
        task = asyncio.create_task(converted(tmp_path, "R", "mp3"))
        async with asyncio.timeout(10):
            pid = int(await asyncio.to_thread((tmp_path / "gate").read_text))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return pid

    pid = asyncio.run(main())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert not list(tmp_path.glob("R.mp3*"))


def test_a_format_is_refused_when_it_is_configured_and_no_program_can_make_it(programs: Path) -> None:
    assert recording_formats.why_not("mp3") == "neither sox nor ffmpeg is installed"
    program(programs, "ffmpeg", FAILS)
    assert recording_formats.why_not("mp3") == "ffmpeg: no handler for this"
    program(programs, "sox", WORKS)
    assert recording_formats.why_not("mp3") == ""
