"""Many changes of the configuration at once: planned first, then made in one transaction, all of them or none.

Foreign keys are checked at its end, so that what names each other can come and go in any order, and in circles.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from warmline.options.option_table import ENTITIES, Entity, OptionError, check, check_name
from warmline.options.option_types import Secret, Value
from warmline.store.configuration import config_rows
from warmline.store.configuration.config import not_created, still_used
from warmline.store.configuration.config_rows import HASH, LOCKED, Columns
from warmline.store.configuration.option_columns import loaded, stored
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.database.reading import reading
from warmline.store.database.writing import writing

Wanted = Mapping[tuple[str, str], Mapping[str, str] | None]  # of each (kind, name) its options, as texts; None: gone


@dataclass(frozen=True, slots=True)
class ConfigChange:
    """What is to be done to one entity: `action` as config_journal has it; `old` and `new`: the columns it is about."""

    action: str
    kind: str
    name: str
    old: Columns
    new: Columns

    @property
    def entity(self) -> Entity:
        return ENTITIES[self.kind]

    @property
    def before(self) -> dict[str, Value]:
        """The values there are, as people may see them."""
        return config_rows.told(self.entity, self.old)

    @property
    def after(self) -> dict[str, Value]:
        """The values there will be, as people may see them."""
        return config_rows.told(self.entity, self.new)

    @property
    def locked(self) -> list[str]:
        """The secrets that it will not have, and cannot be used without."""
        secrets = [option.name for option in self.entity.options if isinstance(option.type, Secret)]
        return [option for option in secrets if self.new.get(option) == LOCKED]


class _Rehearsed(Exception):
    """Everything went well, and is taken back."""


def plan(path: str | Path, wanted: Wanted) -> list[ConfigChange]:
    """What is to be done so that all is as wanted; it has been tried, and taken back.

    Options that are not named stay. A required secret that is not given is locked: none is right. Raises OptionError
    (a line for each thing that is wrong), NotFound (a name that is referred to), Conflict, StoreError.
    """
    changes: list[ConfigChange] = []
    wrong: list[OptionError | Conflict] = []
    with reading(path) as db:
        for (kind, name), texts in wanted.items():
            try:
                changes += _planned(db, ENTITIES[kind], check_name(kind, name), texts)
            except (OptionError, Conflict) as error:
                wrong.append(error if texts is None else error.about(f"{kind} {name}"))
    if wrong:
        codes = tuple(one.code for one in wrong)
        raise OptionError("plan_invalid", "{faults}", faults="\n".join(map(str, wrong)), codes=codes)
    if changes:
        with suppress(_Rehearsed), writing(path) as db:
            _make(db, changes)
            raise _Rehearsed
    return changes


def apply(path: str | Path, changes: Sequence[ConfigChange], *, who: str) -> int:
    """Make the changes of a plan; returns the number of the revision they are, 0 if there were none.

    Raises Conflict (also if what was planned upon is not so any more), NotFound, StoreError; then nothing has changed.
    """
    number = 0
    if changes:
        with writing(path) as db:
            _make(db, changes)
            at = config_rows.now()
            for change in changes:
                what = change.action, change.kind, change.name
                number = config_rows.note(db, who, at, what, change.before, change.after)
    return number


def _planned(
    db: sqlite3.Connection, entity: Entity, name: str, texts: Mapping[str, str] | None
) -> Iterator[ConfigChange]:
    """The change that this one needs, if any."""
    row = config_rows.find_if_any(db, entity, name)
    if texts is None:
        if row:
            config_rows.check_may_go(entity.kind, name)
            yield ConfigChange("delete", entity.kind, name, row, {})
        return
    if entity.only and name != entity.only:
        raise not_created(entity.kind)
    new = _columns(entity, texts, row or {})
    config_rows.check_machine({option: loaded(entity.option(option), column) for option, column in new.items()})
    if row is None:
        yield ConfigChange("create", entity.kind, name, {}, _with_locked(entity, new))
    elif new:
        yield ConfigChange("set", entity.kind, name, {option: row[option] for option in new}, new)


def _columns(entity: Entity, texts: Mapping[str, str], row: Columns) -> Columns:
    """What is to be stored of these options, as far as it is not so already."""
    columns: Columns = {}
    for option_name, text in texts.items():
        option = entity.option(option_name)
        secret = isinstance(option.type, Secret)
        if secret and text.startswith(HASH):
            columns[option_name] = config_rows.given_hash(option, text)
            continue
        value = check(entity.kind, {option_name: text})[option_name]
        if not secret:
            columns[option_name] = stored(option, value)
        elif not row or not config_rows.is_secret(option, text, row[option_name]):
            columns |= config_rows.columns_of(entity, {option_name: value})
    return {option: column for option, column in columns.items() if not row or row[option] != column}


def _with_locked(entity: Entity, columns: Columns) -> Columns:
    """The columns of a new one, secrets that it cannot be without among them. Raises OptionError for anything else."""
    missing = [option for option in entity.options if option.required and option.name not in columns]
    for option in missing:
        if not isinstance(option.type, Secret):
            raise OptionError(
                "required_option_missing",
                "{name} is missing; allowed: {allowed}",
                name=option.name,
                allowed=option.type.allowed,
            )
    return columns | {option.name: LOCKED for option in missing}


def _make(db: sqlite3.Connection, changes: Sequence[ConfigChange]) -> None:
    """Write the rows: first what frees others, last what uses them; and look at what has come of it."""
    db.execute("PRAGMA defer_foreign_keys = ON")
    for change in changes:
        _check_unchanged(db, change)
        moving = [option for option in change.new if change.entity.option(option).unique]
        if change.action == "delete":
            config_rows.remove(db, change.entity, change.name)
        elif change.action == "set" and moving:
            config_rows.update(db, change.entity, change.name, dict.fromkeys(moving))
    for action, write in (("create", config_rows.insert), ("set", config_rows.update)):
        for change in changes:
            if change.action == action:
                try:
                    write(db, change.entity, change.name, change.new)
                except sqlite3.IntegrityError:
                    _check_unique(db, change)
                    raise
    gone = {change.kind for change in changes if change.action == "delete"}
    users = config_rows.users(db, gone) if gone else {}
    for change in changes:
        _check_values(db, change, change.after)
        if change.action == "delete" and (still := users.get((change.kind, change.name))):
            raise still_used(change.kind, change.name, still)


def _check_unchanged(db: sqlite3.Connection, change: ConfigChange) -> None:
    row = config_rows.find_if_any(db, change.entity, change.name)
    there = row is not None
    if there == (change.action == "create") or (row and any(row[option] != old for option, old in change.old.items())):
        raise Conflict(
            "changed_by_another",
            "another change of {kind} {name} came first; nothing was changed, start again",
            kind=change.kind,
            name=change.name,
        )


def _check_unique(db: sqlite3.Connection, change: ConfigChange) -> None:
    """What there can be once only is free. Raises Conflict, which says who has it."""
    once = {name: value for name, value in change.after.items() if change.entity.option(name).unique}
    _check_values(db, change, once)


def _check_values(db: sqlite3.Connection, change: ConfigChange, values: Mapping[str, Value]) -> None:
    """What the values name is there. Raises NotFound, Conflict."""
    try:
        config_rows.check_references(db, change.entity, change.name, values)
    except (NotFound, Conflict) as error:
        raise error.about(f"{change.kind} {change.name}") from None
