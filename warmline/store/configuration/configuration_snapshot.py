"""The configuration as the app reads it: whole, and whether it has changed."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import msgspec

from warmline.core.rules.configuration import (
    Agent,
    CallTime,
    Campaign,
    Disposition,
    GroupAlias,
    Holiday,
    Ingroup,
    PauseCode,
    Rules,
)
from warmline.options.code_options import DISPOSITION, PAUSE_CODE
from warmline.options.option_table import (
    AGENT,
    CALL_TIME,
    CAMPAIGN,
    CONTAINER,
    GROUP_ALIAS,
    HOLIDAY,
    INGROUP,
    SETTING,
    Entity,
    Option,
)
from warmline.store.configuration.option_columns import Column, loaded


@dataclass(frozen=True, slots=True)
class ContainerList:
    """A list; the core gets its entries by its name."""

    id: str
    entries: tuple[str, ...]


T = TypeVar("T", Campaign, Ingroup, Agent, CallTime, Holiday, GroupAlias, Disposition, PauseCode, ContainerList)


def revision(connection: sqlite3.Connection) -> int:
    """A number that grows with each change of the configuration; microseconds to ask."""
    return int(connection.execute("SELECT ifnull(max(seq), 0) FROM config_journal").fetchone()[0])


def load_rules(connection: sqlite3.Connection) -> Rules:
    """Everything configured that the core decides by, from one moment."""
    connection.execute("BEGIN")
    try:
        return Rules(
            campaigns=_records(connection, Campaign, CAMPAIGN),
            ingroups=_records(connection, Ingroup, INGROUP),
            agents=_records(connection, Agent, AGENT),
            call_times=_records(connection, CallTime, CALL_TIME),
            holidays=_records(connection, Holiday, HOLIDAY),
            containers={name: one.entries for name, one in _records(connection, ContainerList, CONTAINER).items()},
            group_aliases=_records(connection, GroupAlias, GROUP_ALIAS),
            dispositions=_records(connection, Disposition, DISPOSITION),
            pause_codes=_records(connection, PauseCode, PAUSE_CODE),
            **_settings(connection),
        )
    finally:
        connection.execute("COMMIT")


def _records(connection: sqlite3.Connection, kind: type[T], entity: Entity) -> dict[str, T]:
    """Each row as a record, which names the options it wants."""
    options = [entity.option(field.name) for field in fields(kind) if field.name != "id"]
    names = ", ".join(option.name for option in options)
    rows = connection.execute(f"SELECT id, {names} FROM {entity.table}")  # noqa: S608 - names of the option table
    return {name: msgspec.convert({"id": name} | _values(options, columns), kind) for name, *columns in rows}


def _settings(connection: sqlite3.Connection) -> dict[str, Any]:
    """Return the settings that the core decides by."""
    options = [option for option in SETTING.options if option.core]
    names = ", ".join(option.name for option in options)
    return _values(options, connection.execute(f"SELECT {names} FROM {SETTING.table}").fetchone())  # noqa: S608 - as above


def _values(options: list[Option], columns: Sequence[Column]) -> dict[str, Any]:
    return {option.name: loaded(option, column) for option, column in zip(options, columns, strict=True)}
