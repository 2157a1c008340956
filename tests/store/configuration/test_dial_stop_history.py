"""The history of the emergency stop: nothing is lifted without a record."""

import sqlite3
from pathlib import Path

import pytest

from tests.wording.said import refused
from warmline.store.configuration import config_history, dial_stop_history
from warmline.store.configuration.config_history import DIAL_STOP, WantedRevisions
from warmline.store.database.database import StoreError
from warmline.store.database.errors import Conflict
from warmline.system import dial_stop_file


def test_a_stop_that_came_since_is_not_lifted(db: Path, tmp_path: Path) -> None:
    dial_stop_file.stop(tmp_path, "user:ben")
    read = dial_stop_file.stops(tmp_path)
    dial_stop_file.stop(tmp_path, "user:sue")
    with refused(Conflict, "dial_stop_changed"):
        dial_stop_history.lift(db, tmp_path, read, who="user:ben", why="mine")
    assert [one.by for one in dial_stop_file.stops(tmp_path)] == ["user:ben", "user:sue"]
    assert config_history.newest(db, 1, WantedRevisions(DIAL_STOP)) == []


def test_a_stop_is_there_again_if_the_record_cannot_be_stored(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def allow(run: Path) -> bool:
        (run / dial_stop_file.NAME).unlink()
        raise sqlite3.OperationalError("database or disk is full")

    dial_stop_file.stop(tmp_path, "user:ben", "wrong list")
    monkeypatch.setattr(dial_stop_file, "allow", allow)
    with refused(StoreError, "write_failed"):
        dial_stop_history.lift(db, tmp_path, dial_stop_file.stops(tmp_path), who="user:ben", why="mine")
    assert [(one.by, one.why) for one in dial_stop_file.stops(tmp_path)] == [("user:ben", "wrong list")]
    assert config_history.newest(db, 1, WantedRevisions(DIAL_STOP)) == []
