"""Moves a database from a file to PostgreSQL, or back: tables in chunks, then what belongs to them, then all checks.

A move that was interrupted goes on where it was. The old database stays as it is.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from warmline.store.database import leader_lock_file
from warmline.store.database.database import StoreError, connect
from warmline.store.database.lease_renewal import HeldLease
from warmline.store.journal import hash_chain, spill_contents
from warmline.store.maintenance import table_chunks
from warmline.store.maintenance.move_targets import META, FileTarget, MoveTarget, ServerTarget, last_lead
from warmline.store.postgresql.schema import columns
from warmline.system.database_address import DatabaseAddress

ALL = "all rows"  # in place of the last key of a table
SOURCE = "source"  # the name under which the target notes the first hash of the journals, or their emptiness

Tell = Callable[[str, int, int], None]  # the step, rows left, all rows


class MovedDatabase(NamedTuple):
    """The result: rows by table, and the last hashes of both journals. `resumed`: an earlier move had begun it."""

    rows: dict[str, int]
    journal: str
    config_journal: str
    resumed: bool


def move(source: str | Path, target: str | Path, tell: Tell = lambda _, __, ___: None) -> MovedDatabase:
    """Copy a whole database to a new one of the other engine, and compare both. Nothing may write the source.

    Raises:
        StoreError: the app runs, the target is in use, a database cannot be read or written, or rows differ.
    """
    with _unused(source), closing(connect(source)) as old:
        new = ServerTarget(target) if isinstance(target, DatabaseAddress) else FileTarget(Path(target))
        try:
            return _moved(old, new, tell)
        except (sqlite3.Error, OSError) as error:
            raise StoreError(
                "move_failed",
                "{target}: {why}; nothing is lost; run the command again to continue",
                target=target,
                why=error,
            ) from None
        finally:
            new.close()


@contextmanager
def _unused(source: str | Path) -> Iterator[None]:
    """Keep the app from starting, and refuse a database with entries that are not in it. Raises StoreError."""
    if isinstance(source, DatabaseAddress):
        with closing(HeldLease(source)):
            yield
        return
    with leader_lock_file.hold(source):
        if waiting := spill_contents.look(source).entries:
            raise StoreError(
                "move_spilled",
                "{count} entries wait in the spill file of {path}; start Warmline once, and stop it",
                count=len(waiting),
                path=source,
            )
        yield


def _moved(old: sqlite3.Connection, new: MoveTarget, tell: Tell) -> MovedDatabase:
    resumed = _begun(old, new)
    tables = [table for table in columns() if table != META]
    sizes = {table: table_chunks.size(old, table) for table in tables}
    total = sum(sizes.values())
    left = total
    for table in tables:
        for count in _copied(old, new, table):
            left -= count
            tell(f"copying {table}", max(0, left), total)
    left = total
    for table in tables:

        def compared(count: int, table: str = table) -> None:
            nonlocal left
            left -= count
            tell(f"comparing {table}", max(0, left), total)

        try:
            table_chunks.compare(old, new.connection, table, compared)
        except StoreError as error:
            if new.is_built:
                raise StoreError("move_target_stale", "{why}; name an empty database", why=error) from None
            new.empty(table)
            raise StoreError("move_changed", "{why}; run the command again", why=error) from None
    _check_chains(new.connection, tell)
    tell("making indexes", 0, total)
    new.build()
    meta = [row for rows in table_chunks.chunks(old, META) for row in rows]
    heads = hash_chain.heads_in(old)
    new.finish(meta, last_lead(old))
    return MovedDatabase(sizes | {META: len(meta)}, *heads, resumed)


def _begun(old: sqlite3.Connection, new: MoveTarget) -> bool:
    """Return whether an earlier move has begun the target. Raises StoreError if that was one of another database."""
    first = old.execute("SELECT hash FROM config_journal ORDER BY seq LIMIT 1").fetchone()
    ours = str(first[0]) if first else ""
    noted = new.noted(SOURCE)
    if noted is None:
        new.note(SOURCE, ours)
    elif noted != ours:
        raise StoreError("move_of_another", "the move that was begun there is of another database; name an empty one")
    return noted is not None


def _copied(old: sqlite3.Connection, new: MoveTarget, table: str) -> Iterator[int]:
    """Copy the rows of a table that are not there; yield the number of rows in each chunk."""
    noted = new.noted(table)
    if noted == ALL:
        yield table_chunks.size(old, table)
        return
    after = tuple(json.loads(noted)) if noted else None
    for rows in table_chunks.chunks(old, table, after):
        is_last = len(rows) < table_chunks.CHUNK
        new.put(table, rows, ALL if is_last else json.dumps(table_chunks.key(table, rows[-1])))
        yield len(rows)


def _check_chains(db: sqlite3.Connection, tell: Tell) -> None:
    """Check both hash chains. Raises StoreError."""
    found = hash_chain.verify_in(db, tell=lambda left, total: tell("checking the hash chains", left, total))
    if found:
        raise StoreError(
            "move_chain_broken",
            "the {journal} is not whole: row {row}: {why}; see: warmline audit verify",
            journal=found[0].journal,
            row=found[0].seq,
            why=found[0].text,
        )
