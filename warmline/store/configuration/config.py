"""Edits the configuration: each change is made completely or not at all, and is written to config_journal."""

import sqlite3
from collections.abc import Collection, Mapping
from pathlib import Path

from warmline.options.option_table import ENTITIES, OptionError, check, check_name
from warmline.options.values.option_types import Secret, Value, as_text
from warmline.store.configuration import config_rows
from warmline.store.configuration.code_keys import no_new_shared_key
from warmline.store.configuration.option_columns import loaded
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.database.reading import reading
from warmline.store.database.writing import writing

__all__ = [
    "Conflict",
    "NotFound",
    "copied_options",
    "create",
    "delete",
    "entity_exists",
    "everything",
    "list_names",
    "set_apart",
    "set_options",
    "show",
    "show_all",
]

NAMED = 3  # users of an entity that an error lists

Everything = dict[str, dict[str, dict[str, Value]]]  # options by kind and name


def list_names(path: str | Path, kind: str) -> list[str]:
    """Return every name in order. Raises StoreError."""
    with reading(path) as db:
        return config_rows.names(db, ENTITIES[kind])


def show(path: str | Path, kind: str, name: str) -> dict[str, Value]:
    """Return the value of every option; a secret is `set` or `not set`. Raises NotFound, StoreError."""
    with reading(path) as db:
        return config_rows.shown(ENTITIES[kind], config_rows.find(db, ENTITIES[kind], name))


def show_all(path: str | Path, kind: str) -> dict[str, dict[str, Value]]:
    """Return each name with its options, in order of name. Raises StoreError."""
    entity = ENTITIES[kind]
    with reading(path) as db:
        return {name: config_rows.shown(entity, row) for name, row in config_rows.every(db, entity).items()}


def everything(path: str | Path, *, secrets: bool = False) -> Everything:
    """Return the whole configuration at one moment, with hashes of secrets if `secrets`. Raises StoreError."""
    with reading(path) as db:
        return everything_in(db, secrets=secrets)


def everything_in(db: sqlite3.Connection, *, secrets: bool = False) -> Everything:
    """Return the same from an open database."""
    found: Everything = {}
    for kind, entity in ENTITIES.items():
        found[kind] = {}
        for name, row in config_rows.every(db, entity).items():
            found[kind][name] = {}
            for option in entity.options:
                column = row[option.name]
                if not isinstance(option.type, Secret):
                    found[kind][name][option.name] = loaded(option, column)
                elif secrets:
                    found[kind][name][option.name] = f"{config_rows.HASH}{column}" if column else ""
    return found


def set_apart(found: Everything) -> Everything:
    """Return the configuration without options that have their defaults."""
    return {
        kind: {
            name: {
                option: value
                for option, value in options.items()
                if value != ENTITIES[kind].default(ENTITIES[kind].option(option), name)
            }
            for name, options in entities.items()
        }
        for kind, entities in found.items()
    }


def copied_options(kind: str, source: Mapping[str, Value], given: Collection[str]) -> tuple[dict[str, str], list[str]]:
    """Return the options, as texts, that a copy of an entity with the options `source` gets besides the `given` ones.

    Also return the names of options that are not copied although they are set, because they are the entity's own.
    """
    own = {one.name for one in ENTITIES[kind].options if one.unique or isinstance(one.type, Secret)}
    texts = {option: as_text(value) for option, value in source.items() if option not in own and option not in given}
    return texts, sorted(one for one in own if one not in given and source[one] not in ("", "not set"))


def create(path: str | Path, kind: str, name: str, options: Mapping[str, str], *, who: str) -> None:
    """Create an entity; options that are not given have their defaults. `who` is the login name of the user.

    Raises OptionError, NotFound (an entity that it names), Conflict or StoreError; then nothing has changed.
    """
    entity = ENTITIES[kind]
    name = check_name(kind, name)
    if entity.only and name != entity.only:
        raise not_created(kind)
    given = check(kind, options)
    config_rows.check_machine(given)
    missing = [option.name for option in entity.options if option.required and option.name not in given]
    if missing:
        raise OptionError(
            "create_option_missing",
            "{kind} {name} needs {option}=VALUE; allowed: {allowed}",
            kind=kind,
            name=name,
            option=missing[0],
            allowed=entity.option(missing[0]).type.allowed,
        )
    columns = config_rows.columns_of(entity, given)
    config_rows.check_together(entity, name, columns)
    with writing(path) as db:
        if config_rows.find_if_any(db, entity, name):
            raise entity_exists(kind, name)
        config_rows.check_references(db, entity, name, given)
        with no_new_shared_key(db, {kind}):
            config_rows.insert(db, entity, name, columns)
        after = config_rows.told(entity, columns)
        config_rows.note(db, who, config_rows.now(), ("create", kind, name), {}, after)


def entity_exists(kind: str, name: str) -> Conflict:
    """Return the error of an entity that is to be created and is there."""
    return Conflict(
        "entity_exists",
        "{kind} {name} exists; to change it: warmline {kind} set {name} option=value",
        kind=kind,
        name=name,
    )


def set_options(
    path: str | Path, kind: str, name: str, options: Mapping[str, str], *, who: str, since: int | None = None
) -> list[str]:
    """Change options, all or none; return the names of the options whose value changed.

    With `since`, the entity must not have changed after that revision.
    Raises OptionError, NotFound, Conflict or StoreError; then nothing has changed.
    """
    entity = ENTITIES[kind]
    values = check(kind, options)
    config_rows.check_machine(values)
    columns = config_rows.columns_of(entity, values)
    with writing(path) as db:
        row = config_rows.find(db, entity, name)
        name = str(row["id"])
        config_rows.check_since(db, kind, name, since)
        config_rows.check_references(db, entity, name, values)
        new = {option: column for option, column in columns.items() if row[option] != column}
        if new:
            config_rows.check_together(entity, name, {**row, **new})
            with no_new_shared_key(db, {kind}):
                config_rows.update(db, entity, name, new)
            before = config_rows.told(entity, {option: row[option] for option in new})
            after = config_rows.told(entity, new)
            config_rows.note(db, who, config_rows.now(), ("set", kind, name), before, after)
        return list(new)


def delete(path: str | Path, kind: str, name: str, *, who: str, since: int | None = None) -> None:
    """Delete an entity. Raises NotFound, StoreError, and Conflict with the entities that still use it.

    With `since`, the entity must not have changed after that revision.
    """
    entity = ENTITIES[kind]
    with writing(path) as db:
        row = config_rows.find(db, entity, name)
        name = str(row["id"])
        config_rows.check_since(db, kind, name, since)
        config_rows.check_may_go(kind, name)
        if users := config_rows.users(db, (kind,)).get((kind, name)):
            raise still_used(kind, name, users)
        config_rows.remove(db, entity, name)
        config_rows.note(db, who, config_rows.now(), ("delete", kind, name), config_rows.told(entity, row), {})


def still_used(kind: str, name: str, users: list[str]) -> Conflict:
    """Make the error for the deletion of an entity that others name."""
    more = f" and {len(users) - NAMED} more" if len(users) > NAMED else ""
    return Conflict(
        "entity_in_use",
        "{kind} {name} cannot be deleted: used by {users}{more}; change these first",
        kind=kind,
        name=name,
        users=", ".join(users[:NAMED]),
        more=more,
    )


def not_created(kind: str) -> Conflict:
    """Make the error for creating a second entity of a kind that has exactly one."""
    return Conflict("kind_not_created", "new {kind}s cannot be created; change the existing ones", kind=kind)
