"""The configuration for the app: all of it at one moment, and a number that shows changes."""

import json
import sqlite3
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple, TypeVar

import msgspec

from warmline.core.rules.configuration import (
    Agent,
    CallTime,
    Campaign,
    CidGroup,
    Disposition,
    GroupAlias,
    Holiday,
    Ingroup,
    PauseCode,
    Rules,
    Trunk,
)
from warmline.options.code_options import DISPOSITION, PAUSE_CODE
from warmline.options.option_table import (
    AGENT,
    CALL_TIME,
    CAMPAIGN,
    CID_GROUP,
    CONTAINER,
    GROUP_ALIAS,
    HOLIDAY,
    INGROUP,
    SETTING,
    TRUNK,
    Entity,
    Option,
)
from warmline.store.configuration.option_columns import is_its_column, loaded

DAY_COUNTRIES = ("GB",)  # Ofcom counts the dropped persons of 24 hours; the United States those of 30 days
COUNTED_BY_DAY = "SELECT campaign FROM list WHERE country IN (SELECT value FROM json_each(?)) AND campaign IS NOT NULL"


@dataclass(frozen=True, slots=True)
class ContainerList:
    """A container; the core gets its entries by name."""

    id: str
    entries: tuple[str, ...]


# fmt: off
T = TypeVar(
    "T", Campaign, Ingroup, Agent, CallTime, Holiday, GroupAlias, Disposition, PauseCode, Trunk, CidGroup,
    ContainerList,
)
# fmt: on


def load_rules(connection: sqlite3.Connection) -> Rules:
    """Return the configuration that the core reads; `connection` is in a transaction, so that it is of one moment."""
    return Rules(
        campaigns=campaigns(connection),
        ingroups=records(connection, Ingroup, INGROUP),
        agents=agents(connection),
        call_times=records(connection, CallTime, CALL_TIME),
        holidays=records(connection, Holiday, HOLIDAY),
        containers={name: one.entries for name, one in records(connection, ContainerList, CONTAINER).items()},
        group_aliases=records(connection, GroupAlias, GROUP_ALIAS),
        dispositions=records(connection, Disposition, DISPOSITION),
        pause_codes=records(connection, PauseCode, PAUSE_CODE),
        trunks=records(connection, Trunk, TRUNK),
        cid_groups=records(connection, CidGroup, CID_GROUP),
        **_settings(connection),
    )


def campaigns(connection: sqlite3.Connection) -> dict[str, Campaign]:
    """Return the campaigns by name. `drop_window` is DAY instead of AUTO if a list is of a country that counts days."""
    by_day = {name for (name,) in connection.execute(COUNTED_BY_DAY, [json.dumps(DAY_COUNTRIES)])}
    found = records(connection, Campaign, CAMPAIGN)
    return {
        name: replace(one, drop_window="DAY") if one.drop_window == "AUTO" and name in by_day else one
        for name, one in found.items()
    }


def agents(connection: sqlite3.Connection) -> dict[str, Agent]:
    """Return the agents by name. One without a `full_name` has that of its user."""
    names = dict(connection.execute("SELECT id, full_name FROM known_agent"))
    return {name: replace(one, full_name=names[name]) for name, one in records(connection, Agent, AGENT).items()}


class _Columns(NamedTuple):
    """The columns that are read for a kind of record: their SQL, their names, and the options that are converted."""

    sql: str
    names: tuple[str, ...]
    converted: tuple[Option, ...]


def records(connection: sqlite3.Connection, kind: type[T], entity: Entity) -> dict[str, T]:
    """Return each row of an entity as a record, by its name; the fields of the record name the options."""
    columns = _of_kind.get(kind)
    if columns is None:
        options = [entity.option(field.name) for field in fields(kind) if field.name != "id"]
        columns = _of_kind[kind] = _columns(entity, ("id",), options)
    rows = connection.execute(columns.sql)
    return {row[0]: msgspec.convert(_values(columns, row), kind) for row in rows}


def _settings(connection: sqlite3.Connection) -> dict[str, Any]:
    """Return the settings that the core reads."""
    columns = _columns(SETTING, (), [option for option in SETTING.options if option.core])
    return _values(columns, connection.execute(columns.sql).fetchone())


_of_kind: dict[type, _Columns] = {}  # the options of an entity are known before the first reading


def _columns(entity: Entity, more: tuple[str, ...], options: list[Option]) -> _Columns:
    names = (*more, *(option.name for option in options))
    sql = f"SELECT {', '.join(names)} FROM {entity.table}"  # noqa: S608 - names of the option table
    return _Columns(sql, names, tuple(option for option in options if not is_its_column(option)))


def _values(columns: _Columns, row: tuple[Any, ...]) -> dict[str, Any]:
    values = dict(zip(columns.names, row, strict=True))
    for option in columns.converted:
        values[option.name] = loaded(option, values[option.name])
    return values
