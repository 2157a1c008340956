"""The records in events, as the OpenAPI document describes them: public fields, times as ISO 8601."""

from typing import Any

from msgspec import Struct, defstruct
from msgspec.structs import fields

from warmline.operations.live_records import Supervisor, Time
from warmline.store.events import public_records
from warmline.store.events.public_records import TIMES


def _shape(stored: type[Struct]) -> type[Struct]:
    """Return the shape of a record as it is sent, with every field required."""
    sent: list[tuple[str, Any]] = []
    for field in fields(stored):
        time = Time if field.type is int else Time | None
        own = list[Supervisor] if field.name == "supervisors" else field.type
        sent.append((field.name, time if field.name in TIMES else own))
    return defstruct(f"{stored.__name__}Sent", sent, namespace={"__doc__": stored.__doc__}, frozen=True)


CallFields = _shape(public_records.PublicCall)
AgentFields = _shape(public_records.PublicAgent)
CommandFields = _shape(public_records.PublicCommand)
RecordingFields = _shape(public_records.PublicRecording)
DispositionFields = _shape(public_records.PublicDisposition)
HandoverFields = _shape(public_records.PublicHandover)
DiallerFields = _shape(public_records.PublicDialler)

RECORDS = (CallFields, AgentFields, CommandFields, RecordingFields, DispositionFields, HandoverFields, DiallerFields)
