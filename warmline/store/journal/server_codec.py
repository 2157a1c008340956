"""The stored form of records, actions and events: without the server MAIN, and without later fields at their default.

Rows of former versions do not have these fields. A row without them is therefore the same in every version.
"""

from dataclasses import fields
from typing import Any, get_args

from warmline.core.messages.actions import Action
from warmline.core.messages.audio_messages import DtmfReceived, SendDtmf
from warmline.core.messages.bridge_messages import AddToBridge
from warmline.core.messages.events import Event
from warmline.core.messages.leg_messages import CreateChannel, HangUpLeg, LegLeft
from warmline.core.messages.recording_messages import RecordingFinished, RecordingMeasured
from warmline.core.messages.values.server_action import MAIN_SERVER

SERVER = "server"


LATER = {
    AddToBridge: ("absorb",),
    SendDtmf: ("keys",),
    DtmfReceived: ("kept", "number"),
    LegLeft: ("found",),
    HangUpLeg: ("answered_elsewhere",),
    CreateChannel: ("variables",),
    RecordingFinished: ("found",),
    RecordingMeasured: ("fault", "age"),
}
"""Fields that a kind did not have in the first version."""

NAMES = {kind: [field.name for field in fields(kind)] for kind in (*get_args(Action), *get_args(Event))}
OPTIONAL = {
    kind: {field.name: field.default for field in fields(kind) if field.name in (SERVER, *LATER.get(kind, ()))}
    for kind in NAMES
}
"""By kind of action or event: the fields that are not stored if they have this default."""


def stored(said: Any) -> Any:
    """Return the stored form of an action or event: its fields without optional ones, or else the value itself."""
    left_out = {name for name, default in OPTIONAL.get(type(said), {}).items() if getattr(said, name) == default}
    return {name: getattr(said, name) for name in NAMES[type(said)] if name not in left_out} if left_out else said


def record_fields(record: object) -> dict[str, Any]:
    """Return the fields of an open record or of a part of one, without the server MAIN."""
    found = vars(record).copy()
    if found.get(SERVER) == MAIN_SERVER:
        del found[SERVER]
    return found
