"""Writes the core's records of the configuration from the option table."""

import json

from tools.pages.marked_text import PROJECT, between
from warmline.options.code_options import DISPOSITION, PAUSE_CODE
from warmline.options.option_table import (
    AGENT,
    CALL_TIME,
    CAMPAIGN,
    CID_GROUP,
    GROUP_ALIAS,
    HOLIDAY,
    INGROUP,
    SETTING,
    TRUNK,
)
from warmline.options.values.entity import Entity, Option
from warmline.options.values.option_types import Secret, Value

FILE = PROJECT / "warmline/core/rules/configuration.py"
RECORDS = (CAMPAIGN, INGROUP, AGENT, CALL_TIME, HOLIDAY, GROUP_ALIAS, DISPOSITION, PAUSE_CODE, TRUNK, CID_GROUP)


def filled(text: str) -> str:
    """Return the file with new records, and with new settings in the rules."""
    records = "".join(f"{record(entity)}\n\n" for entity in RECORDS)
    text = between(text, "# <records>\n", "# </records>\n", records)
    return between(text, "    # <settings>\n", "    # </settings>\n", fields(SETTING))


def record(entity: Entity) -> str:
    """Return the class of an entity."""
    name = "".join(word.capitalize() for word in entity.kind.split("-"))
    meaning = f"{entity.meaning[0].upper()}{entity.meaning[1:]}"
    head = f'@dataclass(frozen=True, slots=True)\nclass {name}:\n    """{meaning}."""\n\n    id: str\n'
    return head + fields(entity)


def fields(entity: Entity) -> str:
    """Return a line for each option that the core uses."""
    return "".join(_field(option) for option in entity.options if option.core and not isinstance(option.type, Secret))


def _field(option: Option) -> str:
    kind = "tuple[str, ...]" if isinstance(option.default, tuple) else type(option.default).__name__
    return f"    {option.name}: {kind} = {_literal(option.default)}\n"


def _literal(value: Value) -> str:
    """Return a value in Python's syntax, in double quotation marks."""
    if isinstance(value, tuple):
        return f"({', '.join(map(_literal, value))}{',' if len(value) == 1 else ''})"
    return json.dumps(value, ensure_ascii=False)
