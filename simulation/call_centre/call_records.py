"""What the database says of a call, asked by the customer's number; the same rows in both worlds."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warmline.core.model.commands import Kind
from warmline.store.database.database import connect
from warmline.store.reports.call_story import CallStory, story

Row = dict[str, Any]

CALL = "SELECT id FROM call WHERE number = :number UNION SELECT id FROM fallback WHERE number = :number"
OPEN = "SELECT kind || ' ' || id FROM open_state WHERE kind IN ('call', 'receipt', 'recording')"


@dataclass(frozen=True, slots=True)
class CallRecording:
    """One recording: its row, the names of those heard on it, for how many ms nobody speaks at its end, and whether
    the queue's music is on it.
    """

    row: Row
    voices: frozenset[str]
    tail: float
    music: bool = False


def find(database: Path, number: str) -> CallStory | None:
    """The story of the call that this customer made, if it is recorded yet."""
    with closing(connect(database)) as connection:
        found = connection.execute(CALL, {"number": number}).fetchone()
    return story(database, found[0]) if found else None


def last_receipt(told: CallStory, kind: Kind) -> Row | None:
    """The last command of this kind that has come to an end."""
    ended = [row for row in told.receipts if row["kind"] == kind and row["outcome"]]
    return ended[-1] if ended else None


def rows(database: Path, sql: str, *values: str) -> list[tuple[Any, ...]]:
    """What the database says now."""
    with closing(connect(database)) as connection:
        return [tuple(row) for row in connection.execute(sql, values)]


def still_open(database: Path) -> list[str]:
    """Calls, commands and recordings that are not over."""
    return [name for (name,) in rows(database, OPEN)]
