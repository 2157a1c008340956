"""The stored form of records, actions and events that name a server; the server MAIN is not stored."""

from dataclasses import fields
from typing import Any, get_args

from warmline.core.model.actions import Action
from warmline.core.model.events import Event
from warmline.core.model.server import MAIN

SERVER = "server"


NAMES = {kind: [field.name for field in fields(kind)] for kind in (*get_args(Action), *get_args(Event))}
OTHERS = {kind: [name for name in names if name != SERVER] for kind, names in NAMES.items() if SERVER in names}
"""By kind of action or event with a server: its other fields."""


def stored(said: Any) -> Any:
    """Return the stored form of an action or event: its fields without the server MAIN, or else the value itself."""
    names = OTHERS.get(type(said))
    return said if names is None or said.server != MAIN else {name: getattr(said, name) for name in names}


def record_fields(record: object) -> dict[str, Any]:
    """Return the fields of an open record or of a part of one, without the server MAIN."""
    found = vars(record).copy()
    if found.get(SERVER) == MAIN:
        del found[SERVER]
    return found
