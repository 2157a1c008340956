"""The server of an action: that of its leg, its recording or its call."""

from collections.abc import Callable
from dataclasses import fields
from typing import get_args

from warmline.core.messages.actions import Action
from warmline.core.messages.values.server_action import ServerAction
from warmline.core.model.call import Call
from warmline.core.model.leg import Leg
from warmline.core.model.recording import Recording

OnServer = Call | Leg | Recording
FindRecord = Callable[[type[OnServer], str], OnServer | None]

RECORD_CLASSES: dict[str, type[OnServer]] = {"leg": Leg, "name": Recording}  # by the first field of an action
FIRST_FIELDS: dict[type[ServerAction], str] = {
    kind: fields(kind)[1].name for kind in get_args(Action) if issubclass(kind, ServerAction)
}
"""The first field of each action for a server. For actions on a bridge or its audio, the order key is the call."""


def find_server(action: ServerAction, order_key: str, find_record: FindRecord) -> str:
    """Return the server of the action's record, or the action's own server if `find` has no such record."""
    field = FIRST_FIELDS[type(action)]
    record_class = RECORD_CLASSES.get(field)
    record = find_record(record_class, getattr(action, field)) if record_class else find_record(Call, order_key)
    return record.server if record else action.server
