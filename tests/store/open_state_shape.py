"""The shape of the open records. `python -m tests.store.open_state_shape` writes it to its file.

Before you run it, check whether records of the old shape can still be read correctly. A new field with a default can,
if the default is true of old records. Otherwise increase FORMAT in warmline/store/journal/open_state.py, and add the
step to UPGRADES.
"""

import json
import re
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import get_args, get_type_hints

from warmline.core.messages.command_classes import COMMAND_CLASSES
from warmline.store.journal.open_state import FORMAT, KINDS

FILE = Path(__file__).with_name("open_state_shape.json")

MODULE = re.compile(r"\b(?:[a-z_]+\.)+(?=[A-Z])")

Shape = dict[str, object]
Fields = dict[str, dict[str, str]]  # of each class


def shape() -> Shape:
    """Return the format's number, and the fields of each record, of its parts and of each command.

    Each field has its type and default; each enumeration has its values.
    """
    enums: dict[str, type[Enum]] = {}
    parts: Fields = {}
    records = {table: _record(kind, enums, parts) for table, kind in sorted(KINDS.items())}
    commands = {kind.value: _record(command, enums, parts) for kind, command in sorted(COMMAND_CLASSES.items())}
    values = {name: sorted(str(member.value) for member in enum) for name, enum in sorted(enums.items())}
    return {"format": FORMAT, "records": records, "parts": parts, "commands": commands, "values": values}


def _record(kind: type, enums: dict[str, type[Enum]], parts: Fields) -> dict[str, str]:
    hints = get_type_hints(kind)
    for hint in hints.values():
        for part in (hint, *get_args(hint)):
            if isinstance(part, type) and issubclass(part, Enum):
                enums[part.__name__] = part
    for field in fields(kind):
        if is_dataclass(field.default):
            parts[type(field.default).__name__] = _record(type(field.default), enums, parts)
    return {field.name: _field(hints[field.name], field.default) for field in fields(kind)}


def _field(hint: object, default: object) -> str:
    name = hint.__name__ if isinstance(hint, type) and not get_args(hint) else MODULE.sub("", str(hint))
    if is_dataclass(default):  # a part with its own defaults
        return f"{name} = {name}()"
    return name if default is MISSING else f"{name} = {default!r}"


if __name__ == "__main__":
    FILE.write_text(json.dumps(shape(), indent=1) + "\n")
