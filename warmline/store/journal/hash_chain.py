"""Hash chains: each row has a hash over the previous row's hash and itself, which reveals changed or removed rows."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warmline.store.database.reading import reading

START = "0" * 64  # the hash before the first row

FOLLOWING = "WHERE seq > ? ORDER BY seq LIMIT ?"
JOURNAL = f"SELECT seq, hash, at, kind, call, agent, payload_hash, payload FROM journal {FOLLOWING}"  # noqa: S608
LENGTHS = "SELECT (SELECT ifnull(max(seq), 0) FROM journal), (SELECT ifnull(max(seq), 0) FROM config_journal)"
NOW_AND_THEN = 10_000  # rows
CONFIG = f"SELECT seq, hash, at, who, action, entity, name, before, after FROM config_journal {FOLLOWING}"  # noqa: S608


@dataclass(frozen=True, slots=True)
class ChainFinding:
    """One fault: the journal, the row (0 for the whole journal), and a text."""

    journal: str
    seq: int
    text: str


def link(previous: str, *fields: str | int) -> str:
    """Return the hash of a row: SHA-256 over the previous row's hash and this row's fields."""
    return hashlib.sha256(json.dumps((previous, *fields)).encode()).hexdigest()


def digest(payload: str) -> str:
    """Return the hash of a payload; the row keeps this hash after the payload is erased."""
    return hashlib.sha256(payload.encode()).hexdigest()


def heads(path: str | Path) -> tuple[str, str]:
    """Return the last hashes of journal and config_journal.

    If they are kept elsewhere, `verify` can detect rows that were removed from the end.
    """
    with reading(path) as connection:
        return heads_in(connection)


def heads_in(connection: sqlite3.Connection) -> tuple[str, str]:
    """Do what `heads` does, in an open database. Raises sqlite3.Error."""
    return _head(connection, "journal"), _head(connection, "config_journal")


def verify(
    path: str | Path, expect_head: str | None = None, tell: Callable[[int, int], None] = lambda _, __: None
) -> list[ChainFinding]:
    """Check both chains, and return the faults; an empty list means that both journals are complete.

    `expect_head` is a hash that `heads` returned earlier; one of the journals must contain it. `tell` is called
    regularly with the number of rows left and the number of all rows. Raises StoreError.
    """
    with reading(path) as connection:
        return verify_in(connection, expect_head, tell)


def verify_in(
    connection: sqlite3.Connection,
    expect_head: str | None = None,
    tell: Callable[[int, int], None] = lambda _, __: None,
) -> list[ChainFinding]:
    """Do what `verify` does, in an open database. Raises sqlite3.Error."""
    seen = expect_head is None
    findings: list[ChainFinding] = []
    done, total = 0, sum(connection.execute(LENGTHS).fetchone())
    for journal, rows in (("journal", JOURNAL), ("config_journal", CONFIG)):
        previous = START, 0
        for row in _each(connection, rows):
            findings += _broken(journal, previous, row)
            previous = row[1], row[0]
            seen = seen or row[1] == expect_head
            done += 1
            if done % NOW_AND_THEN == 0:
                tell(total - done, total)
    if not seen:
        findings.append(
            ChainFinding("journal", 0, f"{expect_head} is in neither journal: rows were removed from the end")
        )
    return findings


def _each(connection: sqlite3.Connection, statement: str) -> Iterator[Any]:
    """Yield the rows of a journal; memory does not grow with their number, whatever the engine is."""
    last = -1
    while found := connection.execute(statement, (last, NOW_AND_THEN)).fetchall():
        yield from found
        last = found[-1][0]


def _broken(journal: str, previous: tuple[str, int], row: tuple[str | int, ...]) -> Iterable[ChainFinding]:
    """Yield the faults of a row, given the hash and number of the previous row."""
    before, last = previous
    seq, hashed, *fields = row
    assert isinstance(seq, int)
    if seq != last + 1:
        yield ChainFinding(journal, seq, f"rows {last + 1} to {seq - 1} are missing")
    if journal == "journal":
        payload = fields.pop()
        if payload is not None and digest(str(payload)) != fields[-1]:
            yield ChainFinding(journal, seq, "its payload has been changed")
    if link(before, seq, *fields) != hashed:
        yield ChainFinding(journal, seq, "it, or the row before it, has been changed")


def _head(connection: sqlite3.Connection, table: str) -> str:
    found = connection.execute(f"SELECT hash FROM {table} ORDER BY seq DESC LIMIT 1").fetchone()  # noqa: S608 - only constants of the code
    return str(found[0]) if found else START
