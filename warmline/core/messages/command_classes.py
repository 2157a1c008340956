"""Every command by its kind, and its fields by their names in the receipt table and older journals."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from warmline.core.messages import agent_command_types, call_command_types
from warmline.core.messages.agent_command_types import CustomerDial
from warmline.core.messages.call_command_types import BlindTransfer, ThirdPartyDial
from warmline.core.messages.commands import Command, CommandFields, Kind

OutsideDial = ThirdPartyDial | BlindTransfer  # dials of an agent in a call
NumberDial = CustomerDial | OutsideDial

_COMMAND_NAMES = (*vars(call_command_types).values(), *vars(agent_command_types).values())
COMMAND_CLASSES: dict[Kind, type[CommandFields]] = {
    command_class.kind: command_class
    for command_class in _COMMAND_NAMES
    if isinstance(command_class, type) and issubclass(command_class, CommandFields) and "kind" in vars(command_class)
}
RECEIPT_COLUMNS = ("number", "ingroup", "to_agent", "caller_id", "message", "status", "notes")  # of the receipt table

_FIELD_BY_COLUMN: dict[type[Command], dict[str, str]] = {}
_FIELDS_IN_COLUMN_ORDER: dict[type[Command], tuple[str, ...]] = {}
_DEFAULTS: dict[type[Command], tuple[tuple[str, Any], ...]] = {}
for _command_class in COMMAND_CLASSES.values():
    _columns = {
        field.metadata["column"] or field.name: field.name for field in fields(_command_class) if field.metadata
    }
    _FIELD_BY_COLUMN[_command_class] = _columns
    _FIELDS_IN_COLUMN_ORDER[_command_class] = tuple(_columns.get(column, "") for column in RECEIPT_COLUMNS)
    _DEFAULTS[_command_class] = tuple((field.name, field.default) for field in fields(_command_class))


def make_command(kind: Kind, agent: str = "", call: str = "", **arguments: Any) -> CommandFields:
    """Return the command of that kind. Raises TypeError if it has no such argument."""
    return COMMAND_CLASSES[kind](agent, call, **arguments)


def list_columns(command: Command) -> list[str]:
    """Return a command's value for each of COLUMNS, or "" if it has none."""
    return [_to_column_text(getattr(command, name)) if name else "" for name in _FIELDS_IN_COLUMN_ORDER[type(command)]]


def get_column(command: Command, name: str) -> str:
    """Return a command's value for that column, or "" if it has none."""
    field = _FIELD_BY_COLUMN[type(command)].get(name)
    return _to_column_text(getattr(command, field)) if field else ""


def to_fields(command: Command) -> dict[str, Any]:
    """Return the kind of a command, and those of its fields that are not the default."""
    fields_with_defaults = ((name, getattr(command, name), default) for name, default in _DEFAULTS[type(command)])
    return {"kind": command.kind, **{name: value for name, value, default in fields_with_defaults if value != default}}


def to_current_fields(command_class: type[Command], stored_fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a command under today's names, from these names or the names of the columns.

    Fields that a command of this class does not have are left out.
    """
    name_by_column = _FIELD_BY_COLUMN[command_class]
    field_values = {name_by_column.get(name, name): value for name, value in stored_fields.items()}
    return {
        name: _to_field_value(field_values[name], default)
        for name, default in _DEFAULTS[command_class]
        if name in field_values
    }


def _to_field_value(value: Any, default: Any) -> Any:
    return tuple(value.split()) if isinstance(default, tuple) and isinstance(value, str) else value


def _to_column_text(value: Any) -> str:
    return " ".join(value) if isinstance(value, tuple) else str(value)
