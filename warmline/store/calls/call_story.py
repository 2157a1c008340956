"""Reads all records of one call, and lists the latest calls."""

import json
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from warmline.store.calls import agents_of_calls, call_comments
from warmline.store.calls.agents_of_calls import AgentOfCall
from warmline.store.database.errors import NotFound, unknown_call
from warmline.store.database.id_prefix import ambiguous, check_length
from warmline.store.database.reading import Row, reading, rows
from warmline.store.journal.clock_corrections import ClockCorrections
from warmline.store.journal.receipt_lookup import steps_from
from warmline.store.wire_names.action_names import named_now
from warmline.store.wire_names.journal_kinds import JOURNAL_KINDS, kind_of

__all__ = ["CallStory", "Row", "calls", "found", "story"]

NAMED = 5  # calls that the error of an ambiguous id lists
SHORTEST = 4  # letters accepted in place of a whole id

# The legs of a call: its own, and those of its agents that existed while the agent was in the call.
LEGS = """
    SELECT * FROM leg WHERE owner = :call
    UNION SELECT leg.* FROM agent_interval AS stretch JOIN call ON call.id = stretch.call
    JOIN leg ON leg.owner = stretch.agent
    AND leg.created <= min(ifnull(call.ended, leg.created), ifnull(stretch.ended, leg.created))
    AND (leg.ended IS NULL OR leg.ended >= max(call.arrived, stretch.started))
    WHERE stretch.call = :call AND stretch.call <> ''
    ORDER BY created, id
"""

# Each agent's intervals in the call and its wrap-up, and the interval after them.
INTERVALS = """
    SELECT * FROM agent_interval WHERE call = :call AND call <> ''
    UNION SELECT next.* FROM agent_interval AS stretch JOIN agent_interval AS next USING (session)
    WHERE stretch.call = :call AND stretch.call <> '' AND next.started = stretch.ended
    ORDER BY started, id
"""

# Of all calls: what happened to the app and to its servers.
OF_SERVERS = JOURNAL_KINDS.sql("asterisk.connected", "asterisk.away", "asterisk.lost", "app.reconciled")

# The inputs of a call, and restarts and reconnections of the app during the call. Rows of timers and of new
# configurations name only one of the calls that they concern, so their payload is searched.
JOURNAL = f"""
    WITH own AS (SELECT * FROM journal WHERE call = :call AND call <> '')
    SELECT * FROM own
    UNION SELECT * FROM journal WHERE seq BETWEEN (SELECT min(seq) FROM own) AND (SELECT max(seq) FROM own)
    AND (kind IN ({JOURNAL_KINDS.sql("app.started")}, {OF_SERVERS})
        OR kind IN ({JOURNAL_KINDS.sql("timer.fired", "config.changed")}) AND instr(payload, :call) > 0)
    ORDER BY seq
"""  # noqa: S608 - only constants of the code

# The names of the agents and in-groups of a call.
AGENTS = """
    SELECT id, full_name AS name FROM known_agent
    WHERE full_name <> '' AND id IN (SELECT agent FROM agent_interval WHERE call = :call AND call <> '')
"""
INGROUPS = """
    SELECT id, group_name AS name FROM ingroup WHERE group_name <> '' AND id IN (
        SELECT ingroup FROM call WHERE id = :call UNION SELECT ingroup FROM queue_wait WHERE call = :call
    )
"""

# By id, agent API id, the id of a channel or the beginning of an id; includes calls that only the fallback had. Each
# part of `named` reads an index, so that a million calls do not matter.
FIND = """
    WITH named AS (
        SELECT id FROM call WHERE id BETWEEN :start AND :end AND length(:wanted) >= :shortest
        UNION SELECT id FROM fallback WHERE id BETWEEN :start AND :end AND length(:wanted) >= :shortest
        UNION SELECT id FROM call WHERE agc_id = :wanted
        UNION SELECT owner FROM leg WHERE id = :wanted
    ), every AS (
        SELECT id, arrived FROM call WHERE id IN (SELECT id FROM named)
        UNION ALL SELECT id, at FROM fallback WHERE id IN (SELECT id FROM named)
            AND NOT EXISTS (SELECT 1 FROM call WHERE call.id = fallback.id)
    )
    SELECT id FROM every ORDER BY arrived DESC, id DESC LIMIT 100
"""

LAST = """
    WITH latest AS (SELECT id, arrived FROM call ORDER BY arrived DESC, id DESC LIMIT 1),
    of_fallback AS (
        SELECT id, at AS arrived FROM fallback WHERE NOT EXISTS (SELECT 1 FROM call WHERE call.id = fallback.id)
        ORDER BY at DESC, id DESC LIMIT 1
    ), either AS (SELECT * FROM latest UNION ALL SELECT * FROM of_fallback)
    SELECT id FROM either ORDER BY arrived DESC, id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class CallStory:
    """All records of one call, as rows of the tables in schema.sql; times in microseconds UTC.

    `call` is None for a call that the app never had. `fallback` is the note of the dialplan's fallback, if it took the
    call. `intervals` are the agents' intervals in the call, and the next interval of each agent. `journal` has the row
    of each input with its payload decoded, or None if it was erased; kinds and actions have their current names.
    `full_names` and `group_names` are the names of its agents and in-groups that have one. `comments` are those of
    supervisors and managers. `agents` are those of the call, in order.
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
    full_names: dict[str, str]
    group_names: dict[str, str]
    comments: list[Row] = field(default_factory=list)
    agents: list[AgentOfCall] = field(default_factory=list)


def story(path: str | Path, wanted: str) -> CallStory:
    """Return the records of a call by its id, its agent API id, the beginning of its id, a channel's id, or `last`.

    Raises:
        NotFound: there is no such call.
        Conflict: the ids of several calls begin like this.
        StoreError: the database cannot be read.
    """
    with reading(path) as db:
        call = _id(db, wanted)

        def of(sql: str) -> list[Row]:
            return rows(db, sql, call=call)

        row = next(iter(_decoded(of("SELECT * FROM call WHERE id = :call"), "why", "data")), None)
        return CallStory(
            call=row,
            fallback=next(iter(of("SELECT * FROM fallback WHERE id = :call")), None),
            legs=of(LEGS),
            waits=of("SELECT * FROM queue_wait WHERE call = :call ORDER BY entered, id"),
            receipts=_since_request(of("SELECT * FROM receipt WHERE call = :call ORDER BY requested, id")),
            recordings=of("SELECT * FROM recording WHERE call = :call ORDER BY asked, id"),
            intervals=of(INTERVALS),
            dispositions=of("SELECT * FROM disposition_entry WHERE call = :call ORDER BY at, id"),
            journal=_corrected(_named_now(_decoded(of(JOURNAL), "payload")), row, ClockCorrections(db)),
            full_names={row["id"]: row["name"] for row in of(AGENTS)},
            group_names={row["id"]: row["name"] for row in of(INGROUPS)},
            comments=of(call_comments.OF_CALL),
            agents=agents_of_calls.read_call(db, call),
        )


def found(path: str | Path, wanted: str) -> str:
    """Return the id of a call, with the same arguments as `story`. Raises NotFound, Conflict, StoreError."""
    with reading(path) as db:
        return _id(db, wanted)


def calls(path: str | Path, limit: int = 20) -> list[Row]:
    """Return the latest calls, open and ended, newest first. Raises StoreError."""
    with reading(path) as db:
        return rows(db, "SELECT * FROM call ORDER BY arrived DESC, id DESC LIMIT :limit", limit=limit)


def _id(db: sqlite3.Connection, wanted: str) -> str:
    """Return the id of the wanted call."""
    check_length("call", wanted)
    if wanted == "last":
        if not (latest := rows(db, LAST)):
            raise NotFound("no_call_yet", "no call has arrived yet")
        return str(latest[0]["id"])
    start = wanted.upper()
    ids = [str(row["id"]) for row in rows(db, FIND, wanted=wanted, start=start, end=f"{start}~", shortest=SHORTEST)]
    if not ids:
        raise unknown_call(wanted)
    if len(ids) > 1:
        more = f" and {len(ids) - NAMED} more" if len(ids) > NAMED else ""
        raise ambiguous("call", wanted, ids, more)
    return ids[0]


def _decoded(found: list[Row], *columns: str) -> list[Row]:
    """Return the rows with the JSON of these columns decoded; None if it was erased."""
    return [row | {column: row[column] and json.loads(row[column]) for column in columns} for row in found]


def _since_request(receipts: list[Row]) -> list[Row]:
    """Return the rows of commands with the steps at the times that follow from their request, the first step.

    The request has moved with its call if the machine's clock was set since.
    """
    return [row | {"steps": steps_from(row["requested"], row["steps"])} for row in _decoded(receipts, "steps")]


def _corrected(journal: list[Row], call: Row | None, corrections: ClockCorrections) -> list[Row]:
    """Return the journal's rows with the machine's times, by the correction of the call, which its first row tells."""
    if not corrections or not journal:
        return journal
    of_call = call["arrived"] - journal[0]["at"] if call else 0
    is_known = call is not None and corrections.has(of_call)
    return [row | {"at": row["at"] + (of_call if is_known else corrections.of(row["at"]))} for row in journal]


def _named_now(journal: list[Row]) -> list[Row]:
    """Return the journal's rows with the current names of kinds and actions."""
    return [
        row | {"kind": kind_of(row["kind"]), "payload": row["payload"] and named_now(row["payload"])} for row in journal
    ]
