"""Many changes of the configuration together: planned first, then made in one transaction, all or none.

Foreign keys are checked at its end, so entities that refer to each other can change in any order.
"""

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from warmline.options.option_table import ENTITIES, Entity, OptionError, check, check_name
from warmline.options.user_options import MUST_CHANGE, by_administrator
from warmline.options.values.option_types import Secret, Token, Value
from warmline.store.configuration import config_rows
from warmline.store.configuration.code_keys import no_new_shared_key
from warmline.store.configuration.config import not_created, still_used
from warmline.store.configuration.config_rows import ALWAYS, HASH, LOCKED, Columns
from warmline.store.configuration.option_columns import loaded, stored
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.database.reading import reading
from warmline.store.database.writing import writing

MOST_WRONG = 50  # entities that one error describes
UNHASHED = "?"  # in place of the hash of a new secret

Wanted = Mapping[tuple[str, str], Mapping[str, str] | None]  # options by (kind, name); None to delete


@dataclass(frozen=True, slots=True)
class ConfigChange:
    """A change of one entity: `action` as in config_journal; `old` and `new` are the columns that change.

    `unhashed` are new passwords and PINs. Their columns are UNHASHED until `apply`, because a hash takes 25 ms, and
    most plans are only shown.
    """

    action: str
    kind: str
    name: str
    old: Columns
    new: Columns
    unhashed: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def entity(self) -> Entity:
        return ENTITIES[self.kind]

    @property
    def before(self) -> dict[str, Value]:
        """Return the current values, without secrets."""
        return config_rows.told(self.entity, self.old)

    @property
    def after(self) -> dict[str, Value]:
        """Return the new values, without secrets."""
        return config_rows.told(self.entity, self.new)

    @property
    def locked(self) -> list[str]:
        """Return the required secrets that the entity does not get; it cannot be used without them."""
        secrets = [option.name for option in self.entity.options if isinstance(option.type, Secret)]
        return [option for option in secrets if self.new.get(option) == LOCKED]


class _Rehearsed(Exception):
    """Raised to roll back a rehearsal that succeeded."""


def plan(path: str | Path, wanted: Wanted, *, compare: bool = True) -> list[ConfigChange]:
    """Return the changes that lead to the wanted state; they are tried in a transaction that is rolled back.

    Options that are not named stay. A required secret that is not given is locked, so that every secret is refused.
    Without `compare`, a given password counts as new, so that a plan does not show whether a guess is right.

    Raises:
        OptionError: names or values are invalid; the text has a line for each.
        NotFound: an entity that an option names does not exist.
        Conflict: the current state does not allow a change.
        StoreError: the database cannot be used.
    """
    changes = differences(path, wanted, compare=compare)
    if changes:
        with suppress(_Rehearsed), writing(path) as db:
            _make(db, changes)
            raise _Rehearsed
    return changes


def differences(path: str | Path, wanted: Wanted, *, compare: bool = True) -> list[ConfigChange]:
    """Return the same changes without trying them; this only reads.

    Raises OptionError, Conflict, StoreError as `plan`.
    """
    changes: list[ConfigChange] = []
    wrong: list[OptionError | Conflict] = []
    with reading(path) as db:
        for (kind, name), texts in wanted.items():
            try:
                changes += _planned(db, ENTITIES[kind], check_name(kind, name), texts, compare=compare)
            except (OptionError, Conflict) as error:
                wrong.append(error if texts is None else error.about(f"{kind} {name}"))
            if len(wrong) == MOST_WRONG:
                break
    if wrong:
        codes = tuple(one.code for one in wrong)
        raise OptionError("plan_invalid", "{faults}", faults="\n".join(map(str, wrong)), codes=codes)
    return changes


def unnamed(path: str | Path, named: Collection[tuple[str, str]], kinds: Collection[str]) -> list[tuple[str, str]]:
    """Return the entities of these kinds that are not among the named ones and may be deleted. Raises StoreError."""
    with reading(path) as db:
        there = [(kind, name) for kind in ENTITIES if kind in kinds for name in config_rows.every(db, ENTITIES[kind])]
    return [one for one in there if one not in named and one not in ALWAYS and one[1] != ENTITIES[one[0]].only]


def apply(path: str | Path, changes: Sequence[ConfigChange], *, who: str, since: int | None = None) -> int:
    """Make the changes of a plan; return the number of their revision, 0 without changes.

    With `since`, no entity of the plan may have changed after that revision.
    Raises Conflict (also if the configuration has changed since the plan), NotFound or StoreError; then nothing has
    changed.
    """
    number = 0
    if changes:
        changes = [_hashed(change) for change in changes]
        with writing(path) as db:
            for change in changes:
                config_rows.check_since(db, change.kind, change.name, since)
            _make(db, changes)
            at = config_rows.now()
            for change in changes:
                what = change.action, change.kind, change.name
                number = config_rows.note(db, who, at, what, change.before, change.after)
    return number


def _planned(
    db: sqlite3.Connection, entity: Entity, name: str, texts: Mapping[str, str] | None, *, compare: bool
) -> Iterator[ConfigChange]:
    """Return the change that leads to the wanted options, or None."""
    row = config_rows.find_if_any(db, entity, name)
    if texts is None:
        if row:
            config_rows.check_may_go(entity.kind, name)
            yield ConfigChange("delete", entity.kind, name, row, {})
        return
    if entity.only and name != entity.only:
        raise not_created(entity.kind)
    new, unhashed = _columns(entity, texts, row or {}, compare=compare)
    if "pass" in unhashed and (must_change := by_administrator(entity.kind, texts).get(MUST_CHANGE)):
        new |= {MUST_CHANGE: must_change} if not row or row[MUST_CHANGE] != must_change else {}
    config_rows.check_machine({option: loaded(entity.option(option), column) for option, column in new.items()})
    if new:
        config_rows.check_together(entity, name, {**(row or {}), **new})
    if row is None:
        yield ConfigChange("create", entity.kind, name, {}, _with_locked(entity, new), unhashed)
    elif new:
        yield ConfigChange("set", entity.kind, name, {option: row[option] for option in new}, new, unhashed)


def _columns(
    entity: Entity, texts: Mapping[str, str], row: Columns, *, compare: bool
) -> tuple[Columns, dict[str, str]]:
    """Return the columns of these options that differ from the stored ones, and the secrets among them to hash."""
    columns: Columns = {}
    unhashed: dict[str, str] = {}
    for option_name, text in texts.items():
        option = entity.option(option_name)
        secret = isinstance(option.type, Secret)
        if secret and text.startswith(HASH):
            columns[option_name] = config_rows.given_hash(option, text)
            continue
        value = check(entity.kind, {option_name: text})[option_name]
        if not secret:
            columns[option_name] = stored(option, value)
        elif not row or not compare or not config_rows.is_secret(option, text, row[option_name]):
            if text and not isinstance(option.type, Token):
                columns[option_name], unhashed[option_name] = UNHASHED, text
            else:
                columns |= config_rows.columns_of(entity, {option_name: value})
    return {option: column for option, column in columns.items() if not row or row[option] != column}, unhashed


def _hashed(change: ConfigChange) -> ConfigChange:
    """Return a change with the hashes of its secrets."""
    return replace(change, new=change.new | config_rows.columns_of(change.entity, change.unhashed), unhashed={})


def _with_locked(entity: Entity, columns: Columns) -> Columns:
    """Return the columns of a new entity, with missing secrets locked. Raises OptionError for other missing options."""
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
    """Write the rows and check the result."""
    db.execute("PRAGMA defer_foreign_keys = ON")
    with no_new_shared_key(db, {change.kind for change in changes}):
        _write(db, changes)
    gone = {change.kind for change in changes if change.action == "delete"}
    users = config_rows.users(db, gone) if gone else {}
    for change in changes:
        _check_values(db, change, change.after)
        if change.action == "delete" and (still := users.get((change.kind, change.name))):
            raise still_used(change.kind, change.name, still)


def _write(db: sqlite3.Connection, changes: Sequence[ConfigChange]) -> None:
    """Write the rows, removals first and new references last."""
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
                db.execute("SAVEPOINT change")  # PostgreSQL reads nothing behind an error
                try:
                    write(db, change.entity, change.name, change.new)
                except sqlite3.IntegrityError:
                    db.execute("ROLLBACK TO change")
                    _check_unique(db, change)
                    raise
                db.execute("RELEASE change")


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
    """Check that unique values are free. Raises Conflict, which names their owner."""
    once = {name: value for name, value in change.after.items() if change.entity.option(name).unique}
    _check_values(db, change, once)


def _check_values(db: sqlite3.Connection, change: ConfigChange, values: Mapping[str, Value]) -> None:
    """Check that the entities which the values name exist. Raises NotFound, Conflict."""
    try:
        config_rows.check_references(db, change.entity, change.name, values)
    except (NotFound, Conflict) as error:
        raise error.about(f"{change.kind} {change.name}") from None
