"""Open records, stored for the next start as JSON with the number of their format.

If a record changes so that its old JSON can no longer be read, count FORMAT up and add a step to UPGRADES. A step is a
function of the kind and the old JSON. It returns the new JSON, or None to drop the record.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from warmline.core.messages.fallback_messages import FallbackTaken
from warmline.core.messages.values.callback import Callback
from warmline.core.model.call_states import Direction, Origin
from warmline.core.model.dial_check import DialCheck
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.core.model.leg import Leg
from warmline.core.model.receipt import Receipt
from warmline.core.model.session import Session
from warmline.core.world.world import OpenRecord
from warmline.store.database.database import StoreError
from warmline.store.journal import command_codec, server_codec
from warmline.store.journal.former_fields import PARTS_3, nested
from warmline.store.journal.projections import TABLES

FORMAT = 5
LEG_FIELDS_1 = {
    "at": "bridge",
    "going": "target_bridge",
    "silent": "silence_playing",
    "anew": "rejoining",
    "deaf": "outbound_muted",
    "beside": "peer_leg",
    "made": "originated",
    "hanging": "hangup_requested",
}

KINDS = {table.name: kind for kind, table in TABLES.items() if kind not in (DispositionEntry, Callback, FallbackTaken)}

PUT = (
    "INSERT INTO open_state (kind, id, format, body) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (kind, id) DO UPDATE SET format = excluded.format, body = excluded.body"
)
REMOVE = "DELETE FROM open_state WHERE kind = ? AND id = ?"


def _from_1(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """Give the fields of a leg the trade's names."""
    return {LEG_FIELDS_1.get(name, name): value for name, value in body.items()} if kind == "leg" else body


def _from_2(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """Put the command into its receipt, and direction and origin into the call."""
    return _receipt_of_2(body) if kind == "receipt" else _call_of_2(body) if kind == "call" else body


def _from_3(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """Move fields of calls, sessions and legs into their parts."""
    return nested(body, PARTS_3[kind]) if kind in PARTS_3 else body


def _from_4(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """Move the call's own priority to its place in line. An open question to a Python hook is dropped."""
    if kind != "call":
        return body
    rest = {name: value for name, value in body.items() if name != "hooks"}
    own = {"own_priority": body.get("hooks", {}).get("priority", 0)}
    return rest | {"queueing": body.get("queueing", {}) | own}


def _receipt_of_2(body: dict[str, Any]) -> dict[str, Any]:
    """Collect the command from the fields of the receipt."""
    command = {name: body[name] for name in command_codec.FLAT if name in body}
    return {name: value for name, value in body.items() if name not in command} | {"command": command}


def _call_of_2(body: dict[str, Any]) -> dict[str, Any]:
    """Take the direction from the first letter of the call's name in the agent API."""
    if not str(body["agc_id"]).startswith("M"):
        return body | {"direction": Direction.IN, "origin": Origin.CALLER}
    return body | {"direction": Direction.OUT, "origin": Origin.CALLBACK if body.get("callback") else Origin.AGENT}


Step = Callable[[str, dict[str, Any]], dict[str, Any] | None]
UPGRADES: dict[int, Step] = {1: _from_1, 2: _from_2, 3: _from_3, 4: _from_4}  # each to the next format


def row(
    record: OpenRecord, encoded: Callable[[OpenRecord], bytes], *, is_open: bool
) -> tuple[str, str, tuple[str | int, ...]]:
    """Return what stores an open record, or removes one that has been closed: its name, the statement and the values.

    `encoded` is `body`, or remembers what that returned.
    """
    name = TABLES[type(record)].name
    if is_open:
        return "open", PUT, (name, record.id, FORMAT, encoded(record).decode())
    return "closed", REMOVE, (name, record.id)


def load(connection: sqlite3.Connection) -> list[OpenRecord]:
    """Return every open record, `in_order`. Raises StoreError if one has a newer format or cannot be read."""
    rows: Iterable[tuple[str, str, int, str]] = connection.execute("SELECT kind, id, format, body FROM open_state")
    records = (read(*row) for row in rows)
    return in_order(record for record in records if record is not None)


def in_order(records: Iterable[OpenRecord]) -> list[OpenRecord]:
    """Return open records in the order in which a start restores them, so that a replay decides the same."""
    return sorted(records, key=lambda one: (TABLES[type(one)].name, one.id))


def written(record: OpenRecord) -> tuple[str, str, int, str]:
    """Return the row of an open record: kind, id, format and body."""
    return TABLES[type(record)].name, record.id, FORMAT, body(record).decode()


def body(record: OpenRecord) -> bytes:
    """Return a record as JSON."""
    return msgspec.json.encode(_fields(record))


def _fields(record: OpenRecord) -> dict[str, Any]:
    """Return the fields of a record; their codecs encode commands and servers."""
    found = server_codec.record_fields(record)
    if isinstance(record, Receipt):
        found["command"] = command_codec.written(record.command)
    elif isinstance(record, Session):
        found["phone_loss"] = server_codec.record_fields(record.phone_loss)
        if record.dial_checks:
            found["dial_checks"] = [_check(one) for one in record.dial_checks]
    elif isinstance(record, Leg):
        if record.dialling.redirect_check:
            found["dialling"] = vars(record.dialling) | {"redirect_check": _check(record.dialling.redirect_check)}
        if record.fallback:
            found["fallback"] = server_codec.stored(record.fallback)
    return found


def _check(check: DialCheck) -> dict[str, Any]:
    return vars(check) | {"ask": command_codec.written_request(check.ask) if check.ask else None}


def read(kind: str, name: str, form: int, text: str) -> OpenRecord | None:
    """Return the record of a row; None if an upgrade dropped it. Raises StoreError."""
    if form > FORMAT:
        raise StoreError(
            "open_state_newer",
            "the stored state of {kind} {name} has format {form}, but this Warmline reads formats up to {ours}; "
            "start the newer Warmline",
            kind=kind,
            name=name,
            form=form,
            ours=FORMAT,
        )
    try:
        body = _upgraded(kind, form, text)
        if body is None:
            return None
        record: OpenRecord = msgspec.convert(body, KINDS[kind], dec_hook=command_codec.stored)
    except (msgspec.ValidationError, ValueError, RecursionError, KeyError) as error:
        raise StoreError(
            "open_state_unreadable",
            "the stored state of {kind} {name} cannot be read: {why}",
            kind=kind,
            name=name,
            why=error,
        ) from None
    return record


def _upgraded(kind: str, form: int, text: str) -> dict[str, Any] | None:
    body: dict[str, Any] | None = json.loads(text)
    if not isinstance(body, dict):
        raise ValueError("it is not a JSON object")
    for step in range(form, FORMAT):
        body = UPGRADES[step](kind, body)
        if body is None:
            return None
    return body


def is_stored(record: OpenRecord, kind: str, form: int, text: str) -> bool:
    """Return whether a row has this record. A row of a former format has not the fields that were added since."""
    there = read(kind, record.id, form, text)
    if there is None or form == FORMAT:
        return there == record
    known = _upgraded(kind, form, text)
    return _known(json.loads(body(record)), known) == _known(json.loads(body(there)), known)


def _known(value: object, stored: object) -> object:
    if isinstance(value, dict) and isinstance(stored, dict):
        return {name: _known(one, stored[name]) for name, one in value.items() if name in stored}
    return value
