"""Long writes rest between transactions while an app holds the database's lock, and only then."""

import sqlite3
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.wording.said import refused
from warmline.store.database import leader_lock_file, long_writes
from warmline.store.database.database import StoreError
from warmline.store.database.long_writes import Statement

ADD = "INSERT INTO dnc (phone_number, campaign, at, by, why) VALUES (?, '', 0, 'ada', 'asked for it')"


class Steps:
    """A clock that goes on by a millisecond at each look, and records rests."""

    def __init__(self) -> None:
        self.rests: list[float] = []
        self._now = 0.0

    def monotonic(self) -> float:
        self._now += 0.001
        return self._now

    def sleep(self, seconds: float) -> None:
        self.rests.append(seconds)


@pytest.fixture
def rests(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Record the rests, in seconds, and rest no time."""
    monkeypatch.setattr(long_writes, "time", clock := Steps())
    return clock.rests


def written(db: Path) -> Iterator[None]:
    """Write 400 rows in several batches."""
    with long_writes.patient(db) as opened:
        items = ((ADD, (str(number),)) for number in range(1000, 1400))
        for _ in long_writes.batches(opened, items, partial(_run_all, opened)):
            yield


def test_no_rest_while_no_app_runs(db: Path, rests: list[float]) -> None:
    assert len([*written(db)]) >= 3 and not rests


def test_a_rest_between_transactions_while_an_app_runs(db: Path, rests: list[float]) -> None:
    with leader_lock_file.hold(db):
        times = len([*written(db)])
    assert len(rests) == times - 1 and min(rests) > 0


def _run_all(db: sqlite3.Connection, batch: list[Statement]) -> int:
    return sum(db.execute(*one).rowcount for one in batch)


def test_a_lock_file_that_cannot_be_opened_is_not_held_and_makes_writes_short(db: Path) -> None:
    assert not leader_lock_file.is_held(db)
    leader_lock_file.hold(db).close()
    with long_writes.patient(db) as opened:
        runs = long_writes._app_runs(opened)
        assert not runs()
        Path(f"{db}.lock").unlink()
        Path(f"{db}.lock").symlink_to(db)
        assert runs()
    with refused(StoreError, "lock_file_not_opened", path=f"{db}.lock"):
        leader_lock_file.is_held(db)


def test_a_look_at_the_lock_never_refuses_an_app(db: Path) -> None:
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            leader_lock_file.is_held(db)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        for _ in range(300):
            leader_lock_file.hold(db).close()
    finally:
        ended.set()
        looking.join()
