"""Edits the configuration: each change whole or not at all, and in config_journal."""

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.db import NotFoundError, Table

from warmline import convert
from warmline.core.recording import WAV
from warmline.option_types import Reference, References, Secret, Token, Value, nearest, references
from warmline.options import AGENTDIRECT, ENTITIES, Entity, Option, OptionError, check, check_name, spelled
from warmline.store import chain
from warmline.store.columns import Column, loaded, stored
from warmline.store.database import StoreError, connect
from warmline.store.passwords import hashed, hashed_token
from warmline.store.refusals import Conflict, NotFound

__all__ = ["Conflict", "NotFound", "create", "delete", "list_names", "set_options", "show", "show_all"]

NAMED = 3  # how many users of a thing a refusal names


def list_names(path: str | Path, kind: str) -> list[str]:
    """Every name, in order. Raises StoreError."""
    return list(show_all(path, kind))


def show(path: str | Path, kind: str, name: str) -> dict[str, Value]:
    """Every option's value; a secret is `set` or `not set`. Raises NotFound, StoreError."""
    with _open(path) as db:
        return _shown(ENTITIES[kind], _row(db, ENTITIES[kind], name))


def show_all(path: str | Path, kind: str) -> dict[str, dict[str, Value]]:
    """Each name with its options, in order of name. Raises StoreError."""
    entity = ENTITIES[kind]
    with _open(path) as db:
        return {str(row["id"]): _shown(entity, row) for row in db.table(entity.table).rows_where(order_by="id")}


def create(path: str | Path, kind: str, name: str, options: Mapping[str, str], *, who: str) -> None:
    """Make a new one; options not given have their defaults. `who`: the login name of the one who does it.

    Raises OptionError, NotFound (a name it refers to), Conflict, StoreError; then nothing has changed.
    """
    entity = ENTITIES[kind]
    name = check_name(kind, name)
    if entity.only and name != entity.only:
        raise Conflict(f"{kind}s cannot be made: they are always there")
    given = check(kind, options)
    _check_machine(given)
    missing = [option.name for option in entity.options if option.required and option.name not in given]
    if missing:
        raise OptionError(f"{kind} {name} needs {missing[0]}=…: {entity.option(missing[0]).type.allowed}")
    columns = _columns(entity, given)
    defaults = _columns(entity, {option.name: entity.default(option, name) for option in entity.options})
    with _open(path, write=True) as db:
        if db.table(entity.table).count_where("id = ?", [name]):
            raise Conflict(f"{kind} {name} exists; change it with: warmline {kind} set {name} option=value")
        _check_references(db, entity, name, given)
        db.table(entity.table).insert({"id": name} | defaults | columns)
        _note(db, who, "create", kind, name, {}, _told(entity, columns))


def set_options(path: str | Path, kind: str, name: str, options: Mapping[str, str], *, who: str) -> list[str]:
    """Change options, all or none; returns the names of those that had another value before.

    Raises OptionError, NotFound, Conflict, StoreError; then nothing has changed.
    """
    entity = ENTITIES[kind]
    values = check(kind, options)
    _check_machine(values)
    columns = _columns(entity, values)
    with _open(path, write=True) as db:
        row = _row(db, entity, name)
        _check_references(db, entity, str(row["id"]), values)
        new = {option: column for option, column in columns.items() if row[option] != column}
        if new:
            db.table(entity.table).update(str(row["id"]), new)
            before = _told(entity, {option: row[option] for option in new})
            _note(db, who, "set", kind, str(row["id"]), before, _told(entity, new))
        return list(new)


def delete(path: str | Path, kind: str, name: str, *, who: str) -> None:
    """Take it away. Raises NotFound, StoreError, and Conflict naming what still uses it."""
    entity = ENTITIES[kind]
    with _open(path, write=True) as db:
        row = _row(db, entity, name)
        name = str(row.pop("id"))
        if name == entity.only:
            raise Conflict(f"{kind}s are always there: they can be changed, not deleted")
        if (kind, name) == ("ingroup", AGENTDIRECT):
            raise Conflict(f"ingroup {AGENTDIRECT} is always there: it holds the calls for one named agent")
        users = list(_users(db, kind, name))
        if users:
            more = f" and {len(users) - NAMED} more" if len(users) > NAMED else ""
            raise Conflict(
                f"{kind} {name} cannot be deleted: used by {', '.join(users[:NAMED])}{more}; change that first"
            )
        db.table(entity.table).delete(name)
        _note(db, who, "delete", kind, name, _told(entity, row), {})


@contextmanager
def _open(path: str | Path, *, write: bool = False) -> Iterator[Database]:
    """The database in one transaction, taken back if anything is raised."""
    connection = connect(path)
    try:
        connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
        yield Database(connection)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise StoreError(f"database {path}: {error}; nothing has been changed, try again") from None
    finally:
        connection.close()  # an open transaction is rolled back


def _row(db: Database, entity: Entity, name: str) -> dict[str, Column]:
    name = spelled(entity.kind, name)
    table: Table = db.table(entity.table)
    try:
        return dict(table.get(name))
    except NotFoundError:
        names = [str(row["id"]) for row in table.rows_where(select="id", order_by="id")]
        hint = nearest(name, names) or (f"there are {', '.join(names[:10])}" if names else "there is none yet")
        raise NotFound(f"{entity.kind} {name!r} does not exist: {hint}") from None


def _shown(entity: Entity, row: Mapping[str, Column]) -> dict[str, Value]:
    return {option.name: _show_one(option, row[option.name]) for option in entity.options}


def _show_one(option: Option, column: Column) -> Value:
    if isinstance(option.type, Secret):
        return "set" if column else "not set"
    return loaded(option, column)


def _columns(entity: Entity, values: Mapping[str, Value]) -> dict[str, Column]:
    """What is stored: of a secret, its hash."""
    options = {name: entity.option(name) for name in values}
    return {name: _column(options[name], value) for name, value in values.items()}


def _column(option: Option, value: Value) -> Column:
    match option.type:
        case Token() if value:
            return hashed_token(str(value))
        case Secret() if value:
            return hashed(str(value))
        case _:
            return stored(option, value)


def _told(entity: Entity, columns: Mapping[str, Column]) -> dict[str, Value]:
    """The values as config_journal keeps them: no secret, nor its hash."""
    options = {name: entity.option(name) for name in columns}
    return {
        name: "changed" if isinstance(options[name].type, Secret) else loaded(options[name], column)
        for name, column in columns.items()
    }


def _check_references(db: Database, entity: Entity, name: str, values: Mapping[str, Value]) -> None:
    """Every entity that the values name exists, and what may be held once is free."""
    for option_name, value in values.items():
        option = entity.option(option_name)
        for kind, target in references(option.type, value):
            try:
                _row(db, ENTITIES[kind], target)
            except NotFound as error:
                raise NotFound(f"{option_name}: {error}") from None
        if option.unique and value:
            for row in db.table(entity.table).rows_where(f"{option_name} = ? AND id <> ?", [value, name]):
                raise Conflict(f"{option_name} {value} belongs to {entity.kind} {row['id']}; take it away there first")


def _check_machine(values: Mapping[str, Value]) -> None:
    """This machine can do what the values ask of it. Raises OptionError."""
    form = str(values.get("recording_format", WAV))
    if form != WAV and (why := convert.why_not(form)):
        raise OptionError(
            f"recording_format cannot be {form!r}: {why}; install one that can make it, or leave it at wav"
        )


def _users(db: Database, kind: str, name: str) -> Iterator[str]:
    """Everything else whose options name this one."""
    for entity in ENTITIES.values():
        for option in entity.options:
            for row in db.table(entity.table).rows_where(order_by="id") if _may_name(option, kind) else ():
                used = references(option.type, loaded(option, row[option.name]))
                if (kind, name) in used and (entity.kind, row["id"]) != (kind, name):
                    yield f"{entity.kind} {row['id']} ({option.name})"
    if kind == "list":
        for row in db.query("SELECT lead_id FROM lead WHERE list_id = ?", [name]):
            yield f"lead {row['lead_id']}"


def _may_name(option: Option, kind: str) -> bool:
    match option.type:
        case Reference(entity) | References(entity):
            return entity == kind
        case _:
            return True


def _note(
    db: Database, who: str, action: str, kind: str, name: str, before: Mapping[str, Value], after: Mapping[str, Value]
) -> None:
    """The change's row in config_journal."""
    last = next(iter(db.query("SELECT seq, hash FROM config_journal ORDER BY seq DESC LIMIT 1")), None)
    previous, seq = (last["hash"], last["seq"] + 1) if last else (chain.START, 1)
    row = {
        "seq": seq,
        "at": time.time_ns() // 1000,
        "who": who,
        "action": action,
        "entity": kind,
        "name": name,
        "before": json.dumps(before),
        "after": json.dumps(after),
    }
    db.table("config_journal").insert(row | {"hash": chain.link(previous, *row.values())})
