"""schema.sql: its configuration columns are those of the option table, and a migrated database equals it."""

import re
from pathlib import Path

import pytest

from warmline.option_types import Choice, Number, Reference, References, Value, Words
from warmline.options import ENTITIES, Entity, Option

SCHEMA = Path(__file__).parents[2] / "schema.sql"


def literal(value: Value) -> str:
    if isinstance(value, tuple):
        return "'[" + ", ".join(f'"{word}"' for word in value) + "]'"
    return str(value) if isinstance(value, int) else f"'{value}'"


def column(option: Option) -> str:
    """The column an option must have, without its comment."""
    name = option.name
    default = f"CHECK ({name} <> '')" if option.required else f"DEFAULT {literal(option.default)}"
    match option.type:
        case Reference(entity):
            return f"{name} TEXT REFERENCES {entity} (id)"
        case Choice(values):
            return f"{name} TEXT NOT NULL {default} CHECK ({name} IN ({', '.join(map(literal, values))}))"
        case Number(low, high):
            return f"{name} INTEGER NOT NULL {default} CHECK ({name} BETWEEN {low} AND {high})"
        case References() | Words():
            return f"{name} TEXT NOT NULL {default} CHECK (json_valid({name}))"
        case _:
            return f"{name} TEXT NOT NULL {default}"


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=list(ENTITIES))
def test_a_configuration_table_is_its_options(entity: Entity) -> None:
    table = re.search(rf"CREATE TABLE {entity.table} \(\n(.*?)\n\) STRICT", SCHEMA.read_text(), re.DOTALL)
    assert table, f"schema.sql has no table {entity.table}"
    lines = ["id TEXT PRIMARY KEY"]
    for option in entity.options:
        lines[-1] += ","
        lines += [f"-- {option.meaning}", column(option)]
    assert [line.strip() for line in table[1].split("\n")] == lines
