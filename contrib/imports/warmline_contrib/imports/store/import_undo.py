"""Takes back what an import has brought, as long as nothing has used it."""
# ruff: noqa: S608 - only constants of the code

import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from warmline.core.rules import number_text
from warmline.store.database import long_writes
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.database.long_writes import Statement
from warmline.store.journal import imported_rows
from warmline.store.journal.imported_rows import CALLS, MARK, PAST
from warmline_contrib.imports.store import import_configuration
from warmline_contrib.imports.store.import_runs import CONFIGURATION, UNDO

NAMED, MOST_OTHERS = 5, 10  # users of an import that an error lists
LAST = "SELECT id, source FROM import_run WHERE undone IS NULL ORDER BY id DESC LIMIT 1"
FIRST = "SELECT min(began) FROM import_run WHERE undone IS NULL"
# The kinds of things that use a row of the import, each with a statement that finds their names.
USED = {
    "call": f"""
        SELECT id FROM call WHERE lead IN (SELECT lead_id FROM imported_lead) AND lead <> 0 AND origin <> '{PAST}'
    """,
    "lead changed by a person or a program": """
        SELECT DISTINCT lead_id FROM lead_change
        WHERE lead_id IN (SELECT lead_id FROM imported_lead) AND last >= :began AND action <> 'import'
    """,
    "list whose leads were changed": """
        SELECT DISTINCT list_id FROM lead_change WHERE lead_id = 0 AND last >= :began AND action <> 'import'
        AND list_id IN (SELECT list_id FROM lead JOIN imported_lead USING (lead_id))
    """,
    "lead": """
        SELECT lead_id FROM lead JOIN imported_lead USING (lead_id) JOIN import_run ON import_run.id = imported_lead.run
        WHERE modify_date > ifnull(import_run.ended, :now)
    """,
    "callback": f"""
        SELECT id FROM callback WHERE ("by" <> '{MARK}' OR state <> 'pending')
        AND (lead IN (SELECT lead_id FROM imported_lead) AND lead <> 0)
    """,
    "call with a comment": f"""
        SELECT DISTINCT call FROM call_comment WHERE call IN (SELECT id FROM call WHERE origin = '{PAST}')
    """,
    "call with another disposition": f"""
        SELECT DISTINCT call FROM disposition_entry WHERE "by" <> '{MARK}'
        AND call IN (SELECT id FROM call WHERE origin = '{PAST}')
    """,
}
# Numbers of customers who have asked for it since. An entry that was there already did not become theirs.
OPTED_OUT = f"""
    SELECT number FROM call JOIN disposition_entry AS given ON given.call = call.id AND given."by" <> '{MARK}'
    JOIN disposition ON disposition.id = given.status AND dnc = 'Y'
    UNION SELECT number FROM call JOIN attempt ON attempt.call = call.id WHERE opted_out = 1
"""
# Rows that go, in an order in which none needs another that has gone. Each statement has a key of its rows.
GONE = (
    ("dnc", "phone_number || ' ' || campaign", f"\"by\" = '{MARK}'"),
    *((table, "id", where) for table, where in imported_rows.WHERE.items() if table not in ("leg", "call")),
)


@dataclass(frozen=True, slots=True)
class UndoneImport:
    """The import that was taken back: its number, its source, and how many rows went from each table.

    `revision` is that which took back its configuration, 0 for none. `lost` are secrets that it cannot restore.
    """

    number: int
    source: str
    rows: dict[str, int]
    revision: int = 0
    lost: tuple[str, ...] = ()


def undo(db: sqlite3.Connection, path: str | Path, who: str, *, rows_only: bool = False) -> UndoneImport:
    """Take back the rows of the latest import, in short transactions, and then its configuration in one.

    Repeating it continues where it stopped. With `rows_only`, the configuration stays, and can be taken back later.

    Raises:
        NotFound: there is no import.
        Conflict: a call, a dial or a change has used what it brought; the text names some of them.
        StoreError, sqlite3.Error: the database cannot be written; what has gone stays away.
    """
    found = db.execute(LAST).fetchone()
    if not found:
        raise NotFound("import_none", "no import can be undone: there is none, or it has been undone already")
    number, source = found
    kept = import_configuration.revisions(db, number)
    numbers = () if rows_only else kept
    check_unused(db, import_configuration.uses(path, numbers))  # also before it goes on
    if not db.execute("SELECT 1 FROM import_place WHERE run = ? AND name = ?", (number, UNDO)).fetchone():
        db.execute("UPDATE import_run SET ended = ifnull(ended, ?) WHERE id = ?", (_now(), number))
        db.execute("INSERT INTO import_place VALUES (?, ?, '', 0, 0)", (number, UNDO))
        # The rows of all imports go, so each of them would begin at the first row again.
        db.execute("DELETE FROM import_place WHERE name NOT IN (?, ?)", (CONFIGURATION, UNDO))
    rows = {table: long_writes.run(db, _deletions(db, table, key, where)) for table, key, where in GONE}
    rows["leg"] = long_writes.run(db, _by_values(db, CALLS, "DELETE FROM leg WHERE owner = ?"))
    rows["call"] = long_writes.run(db, _by_values(db, CALLS, "DELETE FROM call WHERE id = ?"))
    rows["lead"] = long_writes.run(db, _leads(db)) // 2  # with the note that it is of the import
    revision, lost = import_configuration.take_back(path, numbers, who) if numbers else (0, ())
    if rows_only and kept:  # it is an import of configuration alone now, which rows may follow again
        db.execute("UPDATE import_run SET ended = NULL WHERE id = ?", (number,))
        db.execute("DELETE FROM import_place WHERE run = ? AND name = ?", (number, UNDO))
    else:
        db.execute("UPDATE import_run SET undone = ? WHERE id = ?", (_now(), number))
    gone = {table: count for table, count in rows.items() if count}
    return UndoneImport(int(number), str(source), gone, revision, lost)


def check_unused(db: sqlite3.Connection, others: Sequence[str] = ()) -> None:
    """Raise Conflict if something has used rows of the imports, all of which go.

    `others` are uses that are found already, in words.
    """
    uses, times = [], {"began": db.execute(FIRST).fetchone()[0], "now": _now()}
    for what, sql in USED.items():
        names = [str(one) for (one,) in db.execute(f"{sql} LIMIT {NAMED + 1}", times)]
        if names:
            more = " and more" if len(names) > NAMED else ""
            uses.append(f"{what} {', '.join(names[:NAMED])}{more}")
    if uses or others:
        raise Conflict(
            "import_used",
            "the import cannot be undone, because something has used what it brought: {uses}",
            uses="; ".join((*uses, *others[:MOST_OTHERS])) + ("; and more" if len(others) > MOST_OTHERS else ""),
        )


def _deletions(db: sqlite3.Connection, table: str, key: str, where: str) -> Iterator[Statement]:
    keys = [one for (one,) in db.execute(f"SELECT {key} FROM {table} WHERE {where}")]
    if table == "dnc":
        said = {number_text.to_dialled_digits(number) for (number,) in db.execute(OPTED_OUT)}
        for one in keys:
            number, _, campaign = one.partition(" ")
            if not campaign and number in said:
                continue
            yield "DELETE FROM dnc WHERE phone_number = ? AND campaign = ?", (number, campaign)
        return
    for one in keys:
        yield f"DELETE FROM {table} WHERE {key} = ?", (one,)


def _by_values(db: sqlite3.Connection, select: str, statement: str) -> Iterator[Statement]:
    for (one,) in db.execute(select).fetchall():
        yield statement, (one,)


def _leads(db: sqlite3.Connection) -> Iterator[Statement]:
    for (one,) in db.execute("SELECT lead_id FROM imported_lead").fetchall():
        yield "DELETE FROM lead WHERE lead_id = ?", (one,)
        yield "DELETE FROM imported_lead WHERE lead_id = ?", (one,)


def _now() -> int:
    return time.time_ns() // 1000
