"""Data past its retention is deleted: files and payloads. The rows stay, and the journal's chain stays valid."""

import asyncio
import logging
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Self

import pytest

from ari_app.workers.retention import keep_short
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages.commands import Kind
from warmline.store.configuration import config
from warmline.store.database.database import connect
from warmline.store.journal import hash_chain
from warmline.store.privacy import retention
from warmline.store.privacy.retention import DAY, sweep
from warmline.store.reports.recording_files import RecordingFiles
from warmline.store.reports.unfinished_records import loose_ends


@pytest.fixture
def lab(demo_database: Path, tmp_path: Path) -> Iterator[RecordedDriver]:
    """Provide a recorded call ten days ago and one today, each with its file."""
    path = Path(shutil.copy(demo_database, tmp_path))
    config.set_options(path, "campaign", "TESTCAMP", {"campaign_recording": "ALLCALLS"}, who="ada")
    driver = RecordedDriver(path)
    for days in (10, 10):
        driver.log_in("1000")
        customer = driver.customer(name=f"cust-{driver.asterisk.now}")
        driver.wait(5)
        driver.hang_up(customer)
        driver.ask(Kind.STATUS, status="SALE")
        driver.ask(Kind.LOGOUT)
        driver.hang_up("phone-1000")
        driver.asterisk.now += days * DAY
    driver.asterisk.now -= 10 * DAY
    for number, (name,) in enumerate(driver.journal.execute("SELECT id FROM recording ORDER BY asked").fetchall()):
        file = tmp_path / f"{number}.wav"
        file.write_bytes(b"talk")
        driver.journal.execute("UPDATE recording SET path = ?, bytes = 4 WHERE id = ?", (str(file), name))
    yield driver
    driver.close()


def keep(lab: RecordedDriver, **days: int) -> None:
    config.set_options(lab.database, "setting", "warmline", {name: str(n) for name, n in days.items()}, who="ada")


def payloads(lab: RecordedDriver) -> tuple[int, int]:
    with closing(connect(lab.database)) as db:
        found: tuple[int, int] = db.execute("SELECT sum(payload IS NULL), count(*) FROM journal").fetchone()
        return found


def test_data_is_kept_for_ever_by_default(lab: RecordedDriver, tmp_path: Path) -> None:
    assert sweep(lab.database, lab.database.parent, lab.asterisk.now + 1000 * DAY) == retention.RetentionResult()
    assert len(list(tmp_path.glob("*.wav"))) == 2


@pytest.mark.parametrize("status", ["kept", "failed"])
def test_recordings_go_when_their_time_is_over(lab: RecordedDriver, tmp_path: Path, status: str) -> None:
    """Also those of a failed recording, whose file cannot be heard."""
    keep(lab, recordings_keep_days=5)
    with closing(connect(lab.database)) as db:
        db.execute("UPDATE recording SET status = ? WHERE path LIKE '%/0.wav'", (status,))
    would = sweep(lab.database, lab.database.parent, lab.asterisk.now, dry_run=True)
    assert (would.recordings, would.bytes) == (1, 4) and (tmp_path / "0.wav").exists()
    swept = sweep(lab.database, lab.database.parent, lab.asterisk.now)
    assert (swept.recordings, swept.bytes, swept.rows, swept.failed) == (1, 4, 0, ())
    assert [file.name for file in tmp_path.glob("*.wav")] == ["1.wav"]
    with closing(connect(lab.database)) as db:
        found = db.execute("SELECT status, path <> '', sha256 FROM recording ORDER BY asked").fetchall()
    assert found == [("expired", 0, "00"), ("kept", 1, "00")]
    ends = loose_ends(lab.database, RecordingFiles(lab.database.parent, lab.database))
    assert not any("missing" in one.text for one in ends), "a file that was deleted on purpose is not missing"
    assert sweep(lab.database, lab.database.parent, lab.asterisk.now) == retention.RetentionResult()


def test_a_file_that_cannot_be_deleted_is_named_and_tried_again(lab: RecordedDriver, tmp_path: Path) -> None:
    keep(lab, recordings_keep_days=5)
    (tmp_path / "0.wav").unlink()
    (tmp_path / "0.wav").mkdir()  # unlink() cannot remove a folder
    assert sweep(lab.database, lab.database.parent, lab.asterisk.now).failed == (str(tmp_path / "0.wav"),)
    (tmp_path / "0.wav").rmdir()
    assert sweep(lab.database, lab.database.parent, lab.asterisk.now).recordings == 1


def test_a_recording_outside_the_folder_is_not_deleted(lab: RecordedDriver, tmp_path: Path) -> None:
    """An intruder in the app could name any file of the machine."""
    keep(lab, recordings_keep_days=5)
    folder = tmp_path / "recordings"
    folder.mkdir()
    (folder / "up").symlink_to(tmp_path)
    for path in (tmp_path / "0.wav", folder / "../0.wav", folder / "up/0.wav"):
        lab.journal.execute("UPDATE recording SET path = ? WHERE path LIKE '%0.wav'", (str(path),))
        assert sweep(lab.database, folder, lab.asterisk.now).failed == (str(path),)
    (tmp_path / "0.wav").unlink()
    assert sweep(lab.database, folder, lab.asterisk.now).recordings == 1


def test_erased_payloads_leave_the_hash_chain_valid(lab: RecordedDriver) -> None:
    keep(lab, journal_keep_days=5)
    heads, (before, rows) = hash_chain.heads(lab.database), payloads(lab)
    would = sweep(lab.database, lab.database.parent, lab.asterisk.now, dry_run=True).rows
    swept = sweep(lab.database, lab.database.parent, lab.asterisk.now)
    erased, still = payloads(lab)
    assert (before, still) == (0, rows) and 0 < erased == swept.rows == would < rows
    assert hash_chain.verify(lab.database, heads[0]) == []
    assert sweep(lab.database, lab.database.parent, lab.asterisk.now).rows == 0
    assert sweep(lab.database, lab.database.parent, lab.asterisk.now + 6 * DAY).rows == rows - erased
    assert hash_chain.verify(lab.database) == []


def test_a_clock_that_was_behind_for_a_moment_erases_nothing_early(lab: RecordedDriver) -> None:
    """A machine without a battery starts in the year 2000, and is right ten seconds later."""
    middle, years = lab.asterisk.now - 5 * DAY, 26 * 365 * DAY
    for correction in ((middle, -years), (middle + 10_000_000, 0)):
        lab.journal.execute("INSERT INTO clock_correction VALUES (?, ?)", correction)
    keep(lab, journal_keep_days=30)
    assert sweep(lab.database, (), lab.asterisk.now).rows == 0
    keep(lab, journal_keep_days=6)
    first, every = sweep(lab.database, (), lab.asterisk.now).rows, payloads(lab)
    assert 0 < first < every[1] and every[0] == first


def test_an_interrupted_sweep_continues_the_next_time(lab: RecordedDriver) -> None:
    keep(lab, journal_keep_days=5, recordings_keep_days=5)
    stop = Event()
    stop.set()
    assert sweep(lab.database, lab.database.parent, lab.asterisk.now, stop=stop) == retention.RetentionResult()
    swept = sweep(lab.database, lab.database.parent, lab.asterisk.now, stop=Event())
    assert swept.rows > 0 and swept.recordings == 1


def test_a_call_goes_on_while_it_is_swept(lab: RecordedDriver) -> None:
    keep(lab, journal_keep_days=5)
    lab.log_in("1000")
    customer = lab.customer(name="third")
    sweep(lab.database, lab.database.parent, lab.asterisk.now)
    lab.wait(2)
    lab.hang_up(customer)
    assert hash_chain.verify(lab.database) == []


async def test_the_app_does_it_again_and_again(
    lab: RecordedDriver, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    keep(lab, recordings_keep_days=5)
    lab.journal.execute("UPDATE recording SET asked = 1")  # on whatever day the test runs
    path = tmp_path / "later.db"
    caplog.set_level(logging.INFO, "warmline.retention")
    with Said() as said:
        sweeping = asyncio.create_task(keep_short(str(path), str(tmp_path), every=0.01))
        await said.once(f"database {path} does not exist")
        with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
            lab.journal.backup(copy)
        (tmp_path / "copy.db").rename(path)
        await said.once("2 recordings deleted")
        sweeping.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sweeping
    assert not (tmp_path / "0.wav").exists() and not (tmp_path / "1.wav").exists()


class Said(logging.Handler):
    """The log, with a wait for a text."""

    def __init__(self) -> None:
        super().__init__()
        self._texts: asyncio.Queue[str] = asyncio.Queue()

    def emit(self, record: logging.LogRecord) -> None:
        self._texts.put_nowait(record.getMessage())

    def __enter__(self) -> Self:
        logging.getLogger("warmline.retention").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("warmline.retention").removeHandler(self)

    async def once(self, text: str) -> None:
        """Wait until the text has been logged."""
        async with asyncio.timeout(20):
            while text not in await self._texts.get():
                pass
