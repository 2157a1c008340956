"""The stored form of an event's record in its journal row: without defaults, and without values of the row itself.

A field that is not stored has the row's call, agent or time if AS_ROW lists it, and otherwise its default.
"""

from typing import Any, NamedTuple

import msgspec
from msgspec import Struct
from msgspec.structs import FieldInfo, asdict, fields

from warmline.store.events.public_records import (
    Public,
    PublicAgent,
    PublicCall,
    PublicCommand,
    PublicDialler,
    PublicDisposition,
    PublicHandover,
    PublicRecording,
)

Fields = dict[str, Any]

# The beginning of an event's type, and the record that such an event contains.
RECORDS: dict[str, type[Struct]] = {
    "call": PublicCall,
    "agent": PublicAgent,
    "command": PublicCommand,
    "recording": PublicRecording,
    "disposition": PublicDisposition,
    "handover": PublicHandover,
    "dialler": PublicDialler,
}


class Row(NamedTuple):
    """The call, agent and time of a journal row."""

    call: str
    agent: str
    at: int


def _default(field: FieldInfo) -> Any:
    return field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()


AS_ROW: dict[type[Struct], dict[str, str]] = {
    PublicCall: {"id": "call", "agent": "agent", "since": "at"},
    PublicAgent: {"user": "agent", "call": "call", "last_call": "call", "since": "at"},
    PublicCommand: {"call": "call", "agent": "agent", "requested": "at"},
    PublicRecording: {"call": "call", "agent": "agent"},
    PublicDisposition: {"call": "call", "agent": "agent"},
    PublicHandover: {"call": "call", "agent": "agent"},
    PublicDialler: {"since": "at"},
}
# Each field with its default; NODEFAULT if it is always stored, or taken from the row.
DEFAULTS = {shape: {field.name: _default(field) for field in fields(shape)} for shape in AS_ROW}


def stored(record: Public, row: Row) -> Fields:
    """Return the fields of a record that are stored in that row."""
    unsaid = _unsaid(type(record), row)
    return {name: value for name, value in asdict(record).items() if value != unsaid[name]}


def whole(of: str, found: Fields, row: Row) -> Fields:
    """Return every field of the record of an event of this type, as stored in that row.

    Raises KeyError, ValueError or msgspec.ValidationError if the stored form is invalid.
    """
    shape = RECORDS[of.partition(".")[0]]
    record = msgspec.convert(_unsaid(shape, row) | found, shape)
    return asdict(record)


def _unsaid(shape: type[Struct], row: Row) -> Fields:
    """Return the fields of a record that has no stored field."""
    return DEFAULTS[shape] | {name: getattr(row, column) for name, column in AS_ROW[shape].items()}
