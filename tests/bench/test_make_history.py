"""The generated history of benchmarks equals that of the real core and the real writer."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from tools.bench.core import call_round, make_history
from tools.bench.core.call_round import EVERY, SECOND, CallRound, configured
from tools.bench.core.make_history import History, make
from warmline.store.database.database import connect
from warmline.store.journal import hash_chain
from warmline.store.journal.open_state import load
from warmline.store.journal.replay import replay

BEGIN = 1_790_000_000 * SECOND
ROUNDS = 3
CALLS = 20  # in a round: two of each kind


def everything(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    with closing(connect(path)) as db:
        tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_stat%'"
        names = [name for (name,) in db.execute(tables)]
        return {name: sorted(db.execute(f'SELECT * FROM "{name}"'), key=repr) for name in sorted(names)}  # noqa: S608


@pytest.fixture(scope="module", autouse=True)
def short_rounds() -> Iterator[None]:
    """Let a round have fewer calls than that of the benchmarks."""
    with patch.object(call_round, "CALLS", CALLS), patch.object(make_history, "CALLS", CALLS):
        yield


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("history") / "empty.db"
    configured(path)
    return path


@pytest.fixture(scope="module")
def made(empty: Path) -> Path:
    path = Path(shutil.copy(empty, empty.with_name("made.db")))
    History(path, ROUNDS, BEGIN).make()
    return path


def test_the_generated_history_equals_that_of_the_real_code(empty: Path, made: Path) -> None:
    lived = Path(shutil.copy(empty, empty.with_name("lived.db")))
    driver = CallRound(lived, BEGIN)
    for number in range(ROUNDS):
        driver.live(number)
    driver.close()
    real, fast = everything(lived), everything(made)
    assert real.keys() == fast.keys()
    assert len(real["call"]) == ROUNDS * CALLS and len(real["journal"]) > 10 * ROUNDS * CALLS
    for name, rows in real.items():
        if name != "open_state":  # bodies of the same records, compared as such
            assert fast[name] == rows, name
    with closing(connect(lived)) as one, closing(connect(made)) as other:
        assert load(one) == load(other)


def test_the_generated_journal_is_valid_and_replays_without_differences(made: Path) -> None:
    assert hash_chain.verify(made) == []
    found = replay(made)
    assert (found.stopped, found.differences) == ("", [])


def test_older_payloads_are_erased_and_the_chain_holds(empty: Path) -> None:
    path = Path(shutil.copy(empty, empty.with_name("kept.db")))
    History(path, ROUNDS, BEGIN, keep_from=BEGIN + 2 * EVERY).make()
    with closing(connect(path)) as db:
        [(erased, kept)] = db.execute("SELECT sum(payload IS NULL), sum(payload IS NOT NULL) FROM journal").fetchall()
        assert 1.9 < erased / kept < 2.1
    assert hash_chain.verify(path) == []


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "history.db"
    assert make(path, CALLS, BEGIN) == CALLS
    before = path.read_bytes()
    monkeypatch.setattr(History, "make", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        make(path, CALLS, BEGIN)
    assert path.read_bytes() == before
