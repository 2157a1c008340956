"""What happened, read back: one call's whole story, and the calls there were."""

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from warmline.store.database.errors import NotFound, unknown_call
from warmline.store.database.id_prefix import ambiguous, check_length
from warmline.store.database.reading import Row, reading, rows
from warmline.store.wire_names.action_names import named_now
from warmline.store.wire_names.journal_kinds import JOURNAL_KINDS, kind_of

__all__ = ["CallStory", "Row", "calls", "found", "story"]

NAMED = 5  # how many of several calls an answer names
SHORTEST = 4  # letters of an id that may stand for it

# The legs of a call are its own and, of the agents who were in it, those that lived while it and they did.
LEGS = """
    SELECT * FROM leg WHERE owner = :call
    UNION SELECT leg.* FROM agent_interval AS stretch JOIN call ON call.id = stretch.call
    JOIN leg ON leg.owner = stretch.agent
    AND leg.created <= min(ifnull(call.ended, leg.created), ifnull(stretch.ended, leg.created))
    AND (leg.ended IS NULL OR leg.ended >= max(call.arrived, stretch.started))
    WHERE stretch.call = :call AND stretch.call <> ''
    ORDER BY created, id
"""

# Each agent's stretches in the call and its disposition, and the one that followed.
INTERVALS = """
    SELECT * FROM agent_interval WHERE call = :call AND call <> ''
    UNION SELECT next.* FROM agent_interval AS stretch JOIN agent_interval AS next USING (session)
    WHERE stretch.call = :call AND stretch.call <> '' AND next.started = stretch.ended
    ORDER BY started, id
"""

# The inputs of a call; and that the app started again, or came back to Asterisk, while it lasted. When a time came for
# several calls, or other rules, the row has the name of one of them alone.
JOURNAL = f"""
    WITH own AS (SELECT * FROM journal WHERE call = :call AND call <> '')
    SELECT * FROM own
    UNION SELECT * FROM journal WHERE seq BETWEEN (SELECT min(seq) FROM own) AND (SELECT max(seq) FROM own)
    AND (kind IN ({JOURNAL_KINDS.sql("app.started", "asterisk.connected", "app.reconciled")})
        OR kind IN ({JOURNAL_KINDS.sql("timer.fired", "config.changed")}) AND instr(payload, :call))
    ORDER BY seq
"""  # noqa: S608 - names of our own

# By id, agent API id, or the beginning of an id; also calls that only the fallback had.
FIND = """
    WITH every AS (
        SELECT id, arrived, agc_id FROM call
        UNION ALL SELECT id, at, NULL FROM fallback WHERE id NOT IN (SELECT id FROM call)
    )
    SELECT id FROM every
    WHERE :wanted = 'last' OR agc_id = :wanted OR (id BETWEEN :start AND :end AND length(:wanted) >= :shortest)
    ORDER BY arrived DESC, id DESC LIMIT iif(:wanted = 'last', 1, 100)
"""


@dataclass(frozen=True, slots=True)
class CallStory:
    """Everything recorded about one call: rows of the tables of schema.sql, times in microseconds UTC.

    `call` is None for a call that the app never had; `fallback` is the note of the dialplan's fallback, if it took
    the call. `intervals` are the agents' stretches in the call, and of each agent the one that followed. `journal` has
    each input's row with its payload decoded, None where it was erased; kinds and actions have today's names.
    """

    call: Row | None
    fallback: Row | None
    legs: list[Row]
    waits: list[Row]
    receipts: list[Row]
    recordings: list[Row]
    intervals: list[Row]
    dispositions: list[Row]
    journal: list[Row]


def story(path: str | Path, wanted: str) -> CallStory:
    """The call of that id, agent API id or beginning of an id, or `last`.

    Raises NotFound; Conflict if several calls begin so; StoreError.
    """
    with reading(path) as db:
        call = _id(db, wanted)

        def of(sql: str) -> list[Row]:
            return rows(db, sql, call=call)

        return CallStory(
            call=next(iter(_decoded(of("SELECT * FROM call WHERE id = :call"), "why")), None),
            fallback=next(iter(of("SELECT * FROM fallback WHERE id = :call")), None),
            legs=of(LEGS),
            waits=of("SELECT * FROM queue_wait WHERE call = :call ORDER BY entered, id"),
            receipts=_decoded(of("SELECT * FROM receipt WHERE call = :call ORDER BY requested, id"), "steps"),
            recordings=of("SELECT * FROM recording WHERE call = :call ORDER BY asked, id"),
            intervals=of(INTERVALS),
            dispositions=of("SELECT * FROM disposition_entry WHERE call = :call ORDER BY at, id"),
            journal=_named_now(_decoded(of(JOURNAL), "payload")),
        )


def found(path: str | Path, wanted: str) -> str:
    """The id of the call meant, as for `story`. Raises NotFound, Conflict, StoreError."""
    with reading(path) as db:
        return _id(db, wanted)


def calls(path: str | Path, limit: int = 20) -> list[Row]:
    """The newest calls first, open and ended. Raises StoreError."""
    with reading(path) as db:
        return rows(db, "SELECT * FROM call ORDER BY arrived DESC, id DESC LIMIT :limit", limit=limit)


def _id(db: sqlite3.Connection, wanted: str) -> str:
    """The id of the call meant."""
    check_length("call", wanted)
    start = wanted.upper()
    ids = [str(row["id"]) for row in rows(db, FIND, wanted=wanted, start=start, end=f"{start}~", shortest=SHORTEST)]
    if not ids:
        if wanted == "last":
            raise NotFound("no_call_yet", "no call has come yet")
        raise unknown_call(wanted)
    if len(ids) > 1 and wanted != "last":
        more = f" and {len(ids) - NAMED} more" if len(ids) > NAMED else ""
        raise ambiguous("call", wanted, ids, more)
    return ids[0]


def _decoded(found: list[Row], column: str) -> list[Row]:
    """The rows with the JSON of one column read; what was erased is None."""
    return [row | {column: row[column] and json.loads(row[column])} for row in found]


def _named_now(journal: list[Row]) -> list[Row]:
    """The journal's rows with today's names of kinds and actions."""
    return [
        row | {"kind": kind_of(row["kind"]), "payload": row["payload"] and named_now(row["payload"])} for row in journal
    ]
