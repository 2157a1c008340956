"""Writes two parts of schema.sql: the tables of the configuration, and the views for analysts."""

import json

from tools.pages.analysis import views
from tools.pages.marked_text import PROJECT, between
from warmline.options.option_table import ENTITIES
from warmline.options.values.entity import Entity, Option
from warmline.options.values.option_types import Choice, Number, Reference, Value

FILE = PROJECT / "schema.sql"
START = "-- <configuration> made from warmline/options by `python -m tools.pages`\n"
END = "-- </configuration>\n"
VIEWS_START = "-- <views> made from tools/pages/analysis by `python -m tools.pages`\n"
VIEWS_END = "-- </views>\n"


def filled(text: str) -> str:
    """Return the schema with new tables and views."""
    text = between(text, START, END, "\n".join(map(table, ENTITIES.values())))
    return between(text, VIEWS_START, VIEWS_END, "\n".join(map(views.sql, views.VIEWS)))


def table(entity: Entity) -> str:
    """Return the SQL of an entity's table and of its unique indexes."""
    columns = [f"    -- {option.meaning}\n    {column(option)}" for option in entity.options]
    lines = ",\n".join(["    id TEXT PRIMARY KEY", *columns])
    unique = "".join(f"\n{_index(entity, option)}\n" for option in entity.options if option.unique)
    return f"CREATE TABLE {entity.table} (\n{lines}\n) STRICT, WITHOUT ROWID;\n{unique}"


def column(option: Option) -> str:
    """Return the definition of an option's column. option_columns.py writes and reads the rows."""
    name, held = option.name, option.type
    if isinstance(held, Reference):
        target = f"REFERENCES {ENTITIES[held.entity].table} (id)"
        return f"{name} TEXT NOT NULL {target}" if option.required else f"{name} TEXT {target}"
    kind = "INTEGER" if isinstance(option.default, int) else "TEXT"
    default = f"CHECK ({name} <> '')" if option.required else f"DEFAULT {_literal(option.default)}"
    return " ".join([name, kind, "NOT NULL", default, *_check(option)])


def _check(option: Option) -> list[str]:
    """Return the condition for the values of a column as SQL; an empty list for none."""
    match option.type:
        case Choice(values):
            return [f"CHECK ({option.name} IN ({', '.join(map(_literal, values))}))"]
        case Number(low, high):
            return [f"CHECK ({option.name} BETWEEN {low} AND {high})"]
    return [f"CHECK (json_valid({option.name}))"] if isinstance(option.default, tuple) else []


def _literal(value: Value) -> str:
    if isinstance(value, int):
        return str(value)
    text = json.dumps(value) if isinstance(value, tuple) else value
    return "'" + text.replace("'", "''") + "'"


def _index(entity: Entity, option: Option) -> str:
    return f"CREATE UNIQUE INDEX {entity.table}_{option.name} ON {entity.table} ({option.name});"
