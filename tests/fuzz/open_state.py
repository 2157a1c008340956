"""The rows that are read at the app's start and in a replay, after another program has overwritten them."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from tests.fuzz import hostile
from tests.fuzz.entry_point import Attack, Door
from tests.fuzz.json_api import demo_database
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages.commands import Kind
from warmline.store.database.database import StoreError, connect
from warmline.store.journal import open_state
from warmline.store.journal.replay import replay

READS = {
    "open_state": "SELECT body FROM open_state ORDER BY kind, id",
    "journal": "SELECT payload FROM journal WHERE payload IS NOT NULL ORDER BY seq",
}
WRITES = {
    "open_state": "UPDATE open_state SET body = ? WHERE body = ?",
    "journal": "UPDATE journal SET payload = ? WHERE payload = ?",
}
TURN = count()
TRIGGERS = "SELECT 'DROP TRIGGER ' || name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'journal'"


class Written(NamedTuple):
    """One row of a table, by its index, and its new content."""

    table: str
    row: int
    text: str


@cache
def _in_a_call() -> bytes:
    """Provide a database whose app died during a three-way call."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "warmline.db")
        path.write_bytes(demo_database())
        with closing(RecordedDriver(path)) as lab:
            lab.log_in("1000")
            lab.customer()
            lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8500")
            for (drop,) in lab.journal.execute(TRIGGERS).fetchall():  # any program that may write the file can do this
                lab.journal.execute(drop)
            lab.journal.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return path.read_bytes()


@cache
def _rows(table: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "warmline.db")
        path.write_bytes(_in_a_call())
        with closing(connect(path)) as connection:
            return [text for (text,) in connection.execute(READS[table])]


@st.composite
def rows(draw: st.DrawFn) -> Written:
    table = draw(st.sampled_from(sorted(READS)))
    number = draw(st.integers(0, len(_rows(table)) - 1))
    good = _rows(table)[number]
    text = draw(
        st.one_of(
            hostile.spoilt(st.just(json.loads(good))).map(json.dumps),
            hostile.damaged(st.just(good.encode())).map(lambda data: data.decode("utf-8", "replace")),
            hostile.json_values.map(json.dumps),
            st.sampled_from(["", "null", "[]", "{}", "NaN", hostile.deep("[", "]"), hostile.deep('{"a":', "}")]),
        )
    )
    return Written(table, number, text)


def _attacked(folder: Path, given: Written) -> None:
    path = folder / f"{next(TURN)}.db"  # a separate file, because an old one may have a journal beside it
    path.write_bytes(_in_a_call())
    with closing(connect(path)) as connection:
        connection.execute(WRITES[given.table], (given.text, _rows(given.table)[given.row]))
        connection.commit()
        try:
            open_state.load(connection)
        except StoreError as error:
            assert given.table == "open_state" and "cannot be read" in str(error)
    try:
        found = replay(path)
    except StoreError as error:
        assert str(error)
    else:
        assert found.rows or found.stopped or found.differences
    path.unlink()


@contextmanager
def opened() -> Iterator[Attack]:
    with tempfile.TemporaryDirectory() as folder:
        yield lambda given: _attacked(Path(folder), given)


DOOR = Door("journal", rows(), opened, quick=4)
