"""The agents of a call, in order: how long each of them had it, the code and the notes.

An agent who gets a call back has another part of it. The codes and notes of an agent belong to the last part that began
before them. Notes without a code are those that the agent saved last, by a command with notes.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState
from warmline.core.model.receipt import Outcome
from warmline.store.database.reading import Row, reading, rows

CALLS = "(SELECT value FROM json_each(:calls))"
TALKS = f"""
    SELECT call, agent, started, ended FROM agent_interval
    WHERE call IN {CALLS} AND call <> '' AND state = '{AgentState.INCALL}' ORDER BY started, id
"""  # noqa: S608 - only constants of the code
CODES = f"""
    SELECT call, agent, status, at, notes, correction FROM disposition_entry WHERE call IN {CALLS} ORDER BY at, id
"""  # noqa: S608 - only constants of the code
NOTES = f"""
    SELECT call, agent, kind, notes, requested AS at FROM receipt
    WHERE call IN {CALLS} AND kind IN ('{Kind.NOTES}', '{Kind.STATUS}') AND outcome = '{Outcome.COMPLETED}'
    ORDER BY requested, id
"""  # noqa: S608 - only constants of the code
FULL_NAMES = "SELECT id, full_name AS name FROM known_agent WHERE id IN (SELECT value FROM json_each(:keys))"
STATUS_NAMES = "SELECT id, status_name AS name FROM disposition WHERE id IN (SELECT value FROM json_each(:keys))"
# A callback for a number without a lead is found by its time alone, so only those of the lead are looked through.
PROMISED_IN = """
    SELECT callback.call AS id FROM callback JOIN call ON call.id = :call
    WHERE callback.lead = call.lead AND callback.lead <> 0 AND done_in = call.id AND callback.call <> ''
"""


@dataclass(slots=True)
class AgentOfCall:
    """One agent's part of a call. Times in microseconds UTC.

    `joined` is None for an agent who never talked in the call, such as after a dial that nobody answered. `left` is
    None while the agent is in the call. `status` and `status_name` are the agent's code, "" without one.
    """

    call: str
    user: str
    full_name: str = ""
    joined: int | None = None
    left: int | None = None
    status: str = ""
    status_name: str = ""
    notes: str = ""


def of_call(path: str | Path, call: str, promised_in: str = "") -> list[AgentOfCall]:
    """Return the agents of a call, in the order in which they had it. Raises StoreError.

    For the call of a callback, those of the call that promised it come first. `promised_in` is that call, if the
    callback is not on record as done yet.
    """
    with reading(path) as db:
        return read_call(db, call, promised_in)


def read_call(db: sqlite3.Connection, call: str, promised_in: str = "") -> list[AgentOfCall]:
    """Return the same from an open database."""
    promises = [promised_in] if promised_in else [row["id"] for row in rows(db, PROMISED_IN, call=call)]
    calls = [*promises[:1], call]
    found = _of_calls(db, calls)
    return [part for one in calls for part in found[one]]


def of_calls(path: str | Path, calls: Iterable[str]) -> dict[str, list[AgentOfCall]]:
    """Return the agents of several calls by the call's id. Raises StoreError."""
    with reading(path) as db:
        return _of_calls(db, list(calls))


def _of_calls(db: sqlite3.Connection, calls: list[str]) -> defaultdict[str, list[AgentOfCall]]:
    asked = json.dumps(calls)
    found: defaultdict[str, list[AgentOfCall]] = defaultdict(list)
    for row in rows(db, TALKS, calls=asked):
        _talked(found[row["call"]], row)
    for row in rows(db, NOTES, calls=asked):
        if row["notes"] or row["kind"] == Kind.NOTES:
            _part_of(found[row["call"]], row).notes = row["notes"]
    for row in rows(db, CODES, calls=asked):
        part = _part_of(found[row["call"]], row)
        part.status = row["status"]
        if not row["correction"]:  # the notes of a correction are its reason
            part.notes = row["notes"]
    parts = [part for of_one in found.values() for part in of_one]
    full_names = _names(db, FULL_NAMES, {part.user for part in parts})
    status_names = _names(db, STATUS_NAMES, {part.status for part in parts})
    for part in parts:
        part.full_name = full_names.get(part.user, "")
        part.status_name = status_names.get(part.status, "")
    return found


def _talked(parts: list[AgentOfCall], talk: Row) -> None:
    """Add an interval in which an agent was in the call. A hold within it begins another interval, but no part."""
    last = next((part for part in reversed(parts) if part.user == talk["agent"]), None)
    if last and last.left is not None and last.left >= talk["started"]:
        last.left = talk["ended"]
    else:
        parts.append(AgentOfCall(talk["call"], talk["agent"], joined=talk["started"], left=talk["ended"]))


def _part_of(parts: list[AgentOfCall], row: Row) -> AgentOfCall:
    """Return the agent's last part that began before the time of a row, else the first one, else a new one."""
    own = [part for part in parts if part.user == row["agent"]]
    before = [part for part in own if part.joined is None or part.joined <= row["at"]]
    if not own:
        parts.append(AgentOfCall(row["call"], row["agent"]))
        return parts[-1]
    return before[-1] if before else own[0]


def _names(db: sqlite3.Connection, sql: str, keys: set[str]) -> dict[str, str]:
    return {row["id"]: row["name"] for row in rows(db, sql, keys=json.dumps(sorted(keys - {""})))}
