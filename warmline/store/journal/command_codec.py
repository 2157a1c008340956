"""A command as JSON: its kind, and the fields that differ from their default."""

from dataclasses import fields
from typing import Any

import msgspec

from warmline.core.messages.command_classes import COMMAND_CLASSES, to_current_fields, to_fields
from warmline.core.messages.commands import Ask, Command, Kind

# The fields of a receipt's command in open_state up to format 2, with the names of a flat command.
FLAT = (
    *("kind", "agent", "number", "ingroup", "to_agent", "caller_id", "dial_override"),
    *("message", "lead", "status", "to", "notes"),
)


def written(command: Command) -> dict[str, Any]:
    """Return the fields of a command that are stored."""
    return to_fields(command)


def written_request(ask: Ask) -> dict[str, Any]:
    """Return the stored form of a request: its command, and the fields that differ from their default."""
    given = {one.name: value for one in fields(ask) if (value := getattr(ask, one.name)) != one.default}
    return given | {"command": written(ask.command)}


def read(kind: str, given: dict[str, Any]) -> Command:
    """Return the command of that kind; its fields may have the names of a flat command.

    Raises ValueError or msgspec.ValidationError if it cannot be read.
    """
    shape = COMMAND_CLASSES[Kind(kind)]
    return msgspec.convert(to_current_fields(shape, given), shape)


def stored(of: type, given: Any) -> Any:
    """Decode the command in a record, as a decoder's hook. Raises NotImplementedError for any other type."""
    if of is not Command:
        raise NotImplementedError
    if not isinstance(given, dict) or not isinstance(given.get("kind"), str):
        raise ValueError("a command has no kind")
    return read(given["kind"], given)
