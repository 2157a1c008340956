"""The database's records of a call, found by the customer's number; the same rows in both worlds."""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warmline.core.messages.commands import Kind
from warmline.core.messages.process_messages import ConfigurationChanged
from warmline.store.agi import routing_copy, routing_facts
from warmline.store.calls.call_story import CallStory, story
from warmline.store.configuration import configuration_snapshot
from warmline.store.database.reading import reading
from warmline.store.journal.journal_codec import input_of
from warmline.system.database_address import is_address

Row = dict[str, Any]

CALL = "SELECT id FROM call WHERE number = :number UNION SELECT id FROM fallback WHERE number = :number"
LAST_TAKEN = "SELECT at, payload FROM journal WHERE kind = 'config.changed' ORDER BY seq DESC LIMIT 1"
LAST_CHANGE = "SELECT max(at) FROM config_journal WHERE at <= :now"
OPEN = "SELECT kind || ' ' || id FROM open_state WHERE kind IN ('call', 'receipt', 'recording')"


@dataclass(frozen=True, slots=True)
class CallRecording:
    """One recording: its row, the names of those heard in it, and the silence at its end in ms.

    It also says whether the queue's music is in it.
    """

    row: Row
    voices: frozenset[str]
    tail: float
    music: bool = False


def find(database: str | Path, number: str) -> CallStory | None:
    """Return the records of this customer's call; None if it is not recorded yet."""
    with reading(database) as connection:
        found = connection.execute(CALL, {"number": number}).fetchone()
    return story(database, found[0]) if found else None


def last_receipt(told: CallStory, kind: Kind) -> Row | None:
    """Return the last receipt of this kind that has ended."""
    ended = [row for row in told.receipts if row["kind"] == kind and row["outcome"]]
    return ended[-1] if ended else None


def rows(database: str | Path, sql: str, *values: str | int) -> list[tuple[Any, ...]]:
    """Return rows of the database."""
    with reading(database) as connection:
        return [tuple(row) for row in connection.execute(sql, values)]


def configuration_in_force(database: str | Path) -> bool:
    """Return whether the app has taken in the configuration of the database: the same rules, and after its last change.

    The time alone does not tell: a scenario may have moved the app's clock forward for a while. The rules alone do not,
    because API users are not among them.
    """
    now = time.time_ns() // 1000
    with reading(database) as connection:
        at, payload = connection.execute(LAST_TAKEN).fetchone()
        [[changed]] = connection.execute(LAST_CHANGE, {"now": now})
        if at <= changed:  # scenarios look fifty times a second
            return False
        wanted = configuration_snapshot.load_rules(connection)
    return input_of("config.changed", json.loads(payload)) == ConfigurationChanged(wanted)


def copied_for_scripts(database: str | Path) -> bool:
    """Return whether scripts without a driver route by the configuration of a server's database."""
    if not is_address(database):
        return True
    with reading(database) as db:
        newest = routing_copy.newest(db)
    return routing_copy.revision_of(Path(routing_facts.copy_of(str(database)))) == newest


def still_open(database: str | Path) -> list[str]:
    """Return calls, commands and recordings that are not over."""
    return [name for (name,) in rows(database, OPEN)]
