"""The notes of failed scripts: damaged files stop nothing, old notes are deleted, and the app logs each note once."""

import asyncio
import json
import logging
import os
import stat
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from ari_app.background import failed_script_poller
from warmline.store.agi import failed_scripts
from warmline.store.agi.failed_scripts import A_DAY, NAME, OLDER

NOW = time.time_ns() // 1000


@pytest.fixture
def spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WARMLINE_SPOOL", str(tmp_path))
    monkeypatch.setattr(failed_script_poller, "EVERY", 0.001)
    return tmp_path


def line(time_us: int, reason: str, *texts: str) -> bytes:
    return json.dumps([time_us, "script", reason, "trace", *texts]).encode() + b"\n"


def reasons(spool: Path) -> list[str]:
    return [note.reason for note in failed_scripts.read(spool, 0)]


def test_a_damaged_line_leaves_the_other_notes_readable(spool: Path) -> None:
    (spool / NAME).write_bytes(b"[" * 100_000 + b"\n" + line(1, "of before") + b'[2, "cut')
    failed_scripts.keep("script", "of now", "", "15551234")
    assert reasons(spool) == ["of before", "of now"]
    assert [note.caller for note in failed_scripts.read(spool, 0)] == ["", "15551234"]


def test_only_regular_files_are_read_and_written(spool: Path) -> None:
    os.mkfifo(spool / NAME)
    failed_scripts.keep("script", "why", "")
    assert failed_scripts.read(spool, 0) == []
    reader = os.open(spool / NAME, os.O_RDONLY | os.O_NONBLOCK)
    failed_scripts.keep("script", "why", "")
    assert os.read(reader, 1) == b""
    os.close(reader)
    (spool / NAME).unlink()
    (spool / "other").write_bytes(line(1, "of another file"))
    (spool / NAME).symlink_to(spool / "other")
    with pytest.raises(OSError, match="symbolic link"):
        failed_scripts.read(spool, 0)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a file of another user's")
def test_a_note_of_root_belongs_to_the_owner_of_the_spool(spool: Path) -> None:
    os.chown(spool, 65534, 65534)
    failed_scripts.keep("script", "why", "")
    status = (spool / NAME).stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode) & 0o600) == (65534, 65534, 0o600)
    (spool / NAME).unlink()
    (spool / "of root").touch()
    os.link(spool / "of root", spool / NAME)
    failed_scripts.keep("script", "why", "")
    assert (spool / "of root").stat().st_uid == 0


def test_notes_are_kept_for_seven_days_at_most(spool: Path) -> None:
    now_us = time.time_ns() // 1000
    for days in range(8):
        with (spool / NAME).open("ab") as stream:
            stream.write(line(now_us + days * A_DAY, f"day {days}"))
        for hour in range(24):
            note_us = now_us + days * A_DAY + hour * A_DAY // 24
            failed_scripts.sweep(spool, note_us)
            kept_us = [note.at for note in failed_scripts.read(spool, 0)]
            assert all(note_us - kept_time <= failed_scripts.KEEP_DAYS * A_DAY for kept_time in kept_us)
            assert not days or now_us + (days - 1) * A_DAY in kept_us, "doctor shows those of the last day"
    failed_scripts.sweep(spool, now_us + 20 * A_DAY)
    failed_scripts.sweep(spool, now_us + 20 * A_DAY)
    assert reasons(spool) == [] and list(spool.iterdir()) == []


def test_a_file_without_a_note_is_deleted_by_its_time(spool: Path) -> None:
    for name in NAME, OLDER:
        (spool / name).write_bytes(b"4930777777\n")
        os.utime(spool / name, (1e9, 1e9))
    failed_scripts.sweep(spool, time.time_ns() // 1000)
    assert list(spool.iterdir()) == []


class Followed:
    """The app's log and counter while it follows a spool."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        self.counted = 0
        self._caplog, self._changed = caplog, asyncio.Event()

    def count(self) -> None:
        self.counted += 1
        self._changed.set()

    async def wait_for_count(self, count: int) -> list[str]:
        """Return the log when so many notes have been counted."""
        async with asyncio.timeout(10):
            while self.counted < count:
                self._changed.clear()
                await self._changed.wait()
        return [record.getMessage() for record in self._caplog.records]


@asynccontextmanager
async def following(spool: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Followed]:
    """Let the app follow a spool from a time on at which it is empty."""
    app = Followed(caplog)
    with caplog.at_level(logging.WARNING):
        task = asyncio.create_task(failed_script_poller.follow(str(spool), app.count, 1))
        yield app
        task.cancel()


def test_a_note_with_an_earlier_time_is_not_missed(spool: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Two scripts write in another order than they fail, or the clock was set back."""

    (spool / "speech").mkdir()
    (spool / "speech/private-x.wav").touch()
    os.utime(spool / "speech/private-x.wav", (0, 0))

    async def main() -> None:
        async with following(spool, caplog) as app:
            (spool / NAME).write_bytes(line(NOW + 9, "later"))
            assert await app.wait_for_count(1) == ["script script failed: later\ntrace"]
            with (spool / NAME).open("ab") as stream:
                stream.write(line(NOW + 8, "earlier"))
            assert (await app.wait_for_count(2))[1:] == ["script script failed: earlier\ntrace"]
            failed_scripts.keep("script", "last", "")
            assert len(await app.wait_for_count(3)) == 3
            assert not [*(spool / "speech").iterdir()], "the sound of a killed script"

    asyncio.run(main())


def test_an_error_in_every_call_is_logged_in_short_lines_and_other_tasks_run_between(
    spool: Path, caplog: pytest.LogCaptureFixture
) -> None:
    loop_count = 0

    async def count_loops() -> None:
        nonlocal loop_count
        while True:
            loop_count += 1
            await asyncio.sleep(0)

    async def main() -> None:
        (spool / NAME).write_bytes(b"".join(line(NOW + number, f"lead {number} is unknown") for number in range(300)))
        async with following(spool, caplog) as app:
            await app.wait_for_count(1)
            heartbeat_task = asyncio.create_task(count_loops())
            messages = await app.wait_for_count(300)
            heartbeat_task.cancel()
        assert [text.count("trace") for text in messages] == [1] + [0] * 299 and "lead 299 is unknown" in messages[-1]
        assert loop_count >= 200

    asyncio.run(main())


def test_the_app_deletes_old_notes_and_reports_an_unreadable_spool_once(
    spool: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def main() -> None:
        log_event = asyncio.Event()
        monkeypatch.setattr(failed_script_poller.log, "filters", [lambda _: log_event.set() or True])
        (spool / OLDER).write_bytes(line(1, "old"))
        (spool / NAME).symlink_to(spool / "other")
        async with following(spool, caplog) as app:
            await asyncio.wait_for(log_event.wait(), 10)
            (spool / NAME).unlink()
            failed_scripts.keep("own-script", "new", "")
            messages = await app.wait_for_count(1)
        assert "the notes of failed scripts cannot be read: " in messages[0] and len(messages) == 2
        assert not (spool / OLDER).exists()

    asyncio.run(main())
