"""`python -m tools.bench.core.make_history FILE`: make a database with a long history of any number of calls.

The real core runs one round of calls, and the real writer writes it (call_round.py). Each further round is a copy of
these rows with other times, ids and numbers, and a valid hash chain. A test runs several rounds for real, and checks
that the two databases are equal row by row and that the replay finds no difference. As in a database with
`journal_keep_days`, payloads of older rows are erased.
"""

import argparse
import re
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tools.bench.core.call_round import AGENTS, CALLS, EVERY, SECOND, CallRound, configured
from tools.bench.tools.bench_progress import bar
from warmline.core.model import ids
from warmline.store.database.database import connect
from warmline.store.journal import hash_chain
from warmline.store.journal.journal_entry import head
from warmline.store.journal.projections import TABLES

COUNT = 1_000_000
KEEP_DAYS = 2  # days that the journal keeps payloads
TOGETHER = 40  # rounds in one transaction
NUMBER = "4930{:07d}"
# The parts that differ between rounds: an id, a time in microseconds, a caller's number.
TOKEN = re.compile(
    r"(?P<id>01[0-9A-HJKMNP-TV-Z]{24})|(?<![0-9])(?:000)?(?P<time>1[6-9][0-9]{14})(?![0-9])"
    r"|(?<![0-9])4930(?P<number>[0-9]{7})(?![0-9])"
)
ONCE = ("line", "asterisk")  # tables with the same rows after every round: the last waits, and the Asterisk


class Shift(NamedTuple):
    """The distance of a round from the first one: microseconds, and callers."""

    time: int
    numbers: int


class Template:
    """The rows of some tables, with a gap for each value that differs between rounds."""

    def __init__(self) -> None:
        self._tokens: dict[tuple[str, str], int] = {}

    def row(self, values: tuple[Any, ...]) -> list["int | str | Gap | None"]:
        return [self._gap(value) for value in values]

    def _gap(self, value: Any) -> "int | str | Gap | None":
        if isinstance(value, int) and TOKEN.fullmatch(str(value)):
            return Gap("", (self._token("whole", str(value)),))
        if not isinstance(value, str) or not TOKEN.search(value):
            return value  # type: ignore[no-any-return]  # SQLite has no other types
        places, parts, last = [], [], 0
        for found in TOKEN.finditer(value):
            kind = str(found.lastgroup)
            start, end = found.span(kind)
            parts.append(value[last:start].replace("%", "%%") + "%s")
            places.append(self._token(kind, found[kind]))
            last = end
        return Gap("".join(parts) + value[last:].replace("%", "%%"), tuple(places))

    def _token(self, kind: str, text: str) -> int:
        return self._tokens.setdefault((kind, text), len(self._tokens))

    def filling(self, shift: Shift) -> list[int | str]:
        """Return the values for the gaps of one round."""

        @cache
        def moment(text: str) -> str:  # the first ten letters of an id are milliseconds
            return ids.encode((ids.milliseconds(text + "0" * 16) + shift.time // 1000) << 80)[:10]

        forms: dict[str, Callable[[str], int | str]] = {
            "whole": lambda text: int(text) + shift.time,
            "time": lambda text: str(int(text) + shift.time),
            "number": lambda text: f"{int(text) + shift.numbers:07d}",
            "id": lambda text: moment(text[:10]) + text[10:],
        }
        return [forms[kind](text) for kind, text in self._tokens]


class Gap(NamedTuple):
    """A text with `%s` for a round's own values; "" if the value is nothing else."""

    text: str
    places: tuple[int, ...]

    def filled(self, filling: list[int | str]) -> int | str:
        if not self.text:
            return filling[self.places[0]]
        return self.text % tuple([filling[place] for place in self.places])


class History:
    """A database in the making: `rounds` of CALLS calls, the first of which begins at `begin` (microseconds UTC)."""

    def __init__(self, path: Path, rounds: int, begin: int, keep_from: int = 0) -> None:
        """Create the database. The journal's payloads before `keep_from` are erased. Raises LabError."""
        if not path.exists():
            configured(path)
        self._path, self._rounds, self._keep_from = path, rounds, keep_from
        self._begin = begin - begin % 1000
        self._template = Template()

    def make(self, progress: Callable[[], None] = lambda: None) -> None:
        """Write all rounds; `progress` is called after each TOGETHER rounds."""
        with closing(connect(self._path)) as db:
            before = head(db).seq
            living = CallRound(self._path, self._begin)
            preamble = head(db).seq
            living.live(0)
            living.close()
            _hurry(db)
            tables = {name: self._rows(db, name) for name in _names() if name not in ONCE}
            journal = self._rows(db, "journal", preamble)
            for first in range(1, self._rounds, TOGETHER):
                db.execute("BEGIN IMMEDIATE")
                for number in range(first, min(first + TOGETHER, self._rounds)):
                    filling = self._template.filling(Shift(number * EVERY, number * CALLS))
                    for name, rows in tables.items():
                        _insert(db, name, (_filled(row, filling) for row in rows))
                    _insert(db, "journal", self._chained(db, journal, filling))
                db.execute("COMMIT")
                progress()
            db.execute("UPDATE journal SET payload = NULL WHERE at < ? AND seq > ?", (self._keep_from, before))
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA optimize")

    def _rows(self, db: sqlite3.Connection, name: str, behind: int = 0) -> list[list[Any]]:
        """Return the templates of the rows that the first round has written."""
        order = f"WHERE seq > {behind} ORDER BY seq" if name == "journal" else "ORDER BY 1"
        return [self._template.row(row) for row in db.execute(f'SELECT * FROM "{name}" {order}')]  # noqa: S608 - own names

    def _chained(self, db: sqlite3.Connection, rows: list[list[Any]], filling: list[int | str]) -> Iterator[list[Any]]:
        """Yield the journal's rows after the last one, with the hashes that the writer would give them."""
        last = head(db)
        seq, previous = last.seq, last.hash
        for row in rows:
            _, at, kind, call, agent, payload, *_ = _filled(row, filling)
            seq += 1
            digest = hash_chain.digest(payload)
            previous = hash_chain.link(previous, seq, at, kind, call, agent, digest)
            yield [seq, at, kind, call, agent, payload if at >= self._keep_from else None, digest, previous]


def _filled(row: list[Any], filling: list[int | str]) -> list[Any]:
    return [value.filled(filling) if isinstance(value, Gap) else value for value in row]


def _names() -> list[str]:
    return [table.name for table in TABLES.values()]


def _insert(db: sqlite3.Connection, name: str, rows: Iterator[list[Any]]) -> None:
    first = next(rows, None)
    if first is None:
        return
    statement = f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(first))})'  # noqa: S608 - own names
    db.execute(statement, first)
    db.executemany(statement, rows)


def _hurry(db: sqlite3.Connection) -> None:
    """Switch off all safety of writes, because an interrupted run starts again."""
    db.execute("PRAGMA journal_mode=OFF")
    db.execute("PRAGMA synchronous=OFF")
    db.execute("PRAGMA cache_size=-200000")


def make(path: Path, calls: int, end: int, keep_days: float = KEEP_DAYS) -> int:
    """Make a database of this many calls (whole rounds) that ends at `end`, microseconds UTC; return their number.

    The file exists completely or not at all. Raises LabError.
    """
    rounds = max(1, -(-calls // CALLS))
    new = path.with_name(f"{path.name}.new")
    for file in path.parent.glob(f"{new.name}*"):
        file.unlink()
    history = History(new, rounds, end - rounds * EVERY, end - int(keep_days * 86400 * SECOND))
    with bar(f"{rounds * CALLS} calls", -(-(rounds - 1) // TOGETHER)) as step:
        history.make(step)
    for file in path.parent.glob(f"{path.name}-*"):
        file.unlink()
    new.rename(path)
    return rounds * CALLS


def main(arguments: list[str]) -> int:
    """Make the file that the command line names; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.core.make_history", description=__doc__)
    parser.add_argument("file", type=Path, help="file of the database; an existing one is replaced")
    parser.add_argument("--calls", type=int, default=COUNT, help=f"how many, in rounds of {CALLS}; usually {COUNT}")
    parser.add_argument("--keep-days", type=float, default=KEEP_DAYS, help="of the journal's payloads")
    wanted = parser.parse_args(arguments)
    began = time.monotonic()
    made = make(wanted.file, wanted.calls, time.time_ns() // 1000, wanted.keep_days)
    size = wanted.file.stat().st_size / 1e9
    print(f"{made} calls of {len(AGENTS)} agents in {wanted.file}, {size:.1f} GB, {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
