"""Reads, writes, checks and journals the rows of the configuration, in a transaction that the caller opens."""
# ruff: noqa: S608 - the names in the SQL are those of the table of options

import hmac
import json
import re
import sqlite3
import time
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from warmline.core.model.recording import WAV
from warmline.options import contradictions
from warmline.options.api_access_options import API_USER
from warmline.options.campaign.list_and_script_options import INBOUND, MANUAL
from warmline.options.option_table import AGENTDIRECT, ENTITIES, Entity, Option, OptionError, spelled
from warmline.options.references import can_name, references
from warmline.options.user_options import USER
from warmline.options.values.option_types import Secret, Token, Value
from warmline.store.configuration.option_columns import Column, loaded, stored
from warmline.store.database import timezone_offsets
from warmline.store.database.errors import Conflict, NotFound, unknown
from warmline.store.database.passwords import hashed, hashed_token, matches
from warmline.store.journal import hash_chain
from warmline.system import recording_formats

Columns = dict[str, Column]

HASH = "hash:"  # prefix of a hash given in place of a secret; no secret may contain a colon
LOCKED = "!"  # in place of a hash; every secret is refused
SINCE = "SELECT seq, who, before, after FROM config_journal WHERE entity = ? AND name = ? AND seq > ? ORDER BY seq"
# An API user may name a group that does not exist, as with VICIdial. Only one that bounds campaigns has to stay.
BOUND_PROGRAMS = """
    SELECT api_user.id, api_user.user_group FROM api_user JOIN user_group AS bound ON bound.id = api_user.user_group
    WHERE allowed_campaigns <> '[]'
"""
ALWAYS = {
    ("ingroup", AGENTDIRECT): "it holds the calls for one named agent",
    ("list", MANUAL): "it holds the leads that agents make",
    ("list", INBOUND): "it holds the leads that callers make",
}
LOGINS = {"user": API_USER, "api-user": USER}  # both log in with name and password


def find(db: sqlite3.Connection, entity: Entity, name: str) -> Columns:
    """Return the row of that name, without the name. Raises NotFound, which suggests the nearest name."""
    if row := find_if_any(db, entity, name):
        return row
    raise unknown(entity.kind, spelled(entity.kind, name), names(db, entity))


def find_if_any(db: sqlite3.Connection, entity: Entity, name: str) -> Columns | None:
    """Return the row of that name, or None; its columns are the options and `id`."""
    row = db.execute(f'SELECT * FROM "{entity.table}" WHERE id = ?', [spelled(entity.kind, name)]).fetchone()
    return dict(row) if row else None


def names(db: sqlite3.Connection, entity: Entity) -> list[str]:
    """Return all names in order."""
    return [str(row["id"]) for row in db.execute(f'SELECT id FROM "{entity.table}" ORDER BY id')]


def every(db: sqlite3.Connection, entity: Entity) -> dict[str, Columns]:
    """Return all rows by name, in order of name."""
    return {str(row["id"]): dict(row) for row in db.execute(f'SELECT * FROM "{entity.table}" ORDER BY id')}


def insert(db: sqlite3.Connection, entity: Entity, name: str, columns: Columns) -> None:
    """Insert a row; options that are not given have their defaults."""
    defaults = columns_of(entity, {option.name: entity.default(option, name) for option in entity.options})
    row = {"id": name} | defaults | columns
    names = ", ".join(f'"{column}"' for column in row)
    db.execute(f'INSERT INTO "{entity.table}" ({names}) VALUES ({", ".join("?" * len(row))})', list(row.values()))


def update(db: sqlite3.Connection, entity: Entity, name: str, columns: Columns) -> None:
    """Change columns of a row; the sessions of a user end with a new password, and with active=N."""
    write(db, entity, name, columns)
    if entity.only and "timezone" in columns:
        timezone_offsets.fill(db, str(columns["timezone"]), datetime.now(UTC).year)
    if entity is USER and ("pass" in columns or columns.get("active") == "N"):
        db.execute("DELETE FROM user_session WHERE user = ?", [name])


def write(db: sqlite3.Connection, entity: Entity, name: str, columns: Columns) -> None:
    """Write columns of a row, and nothing else."""
    sets = ", ".join(f'"{column}" = ?' for column in columns)
    db.execute(f'UPDATE "{entity.table}" SET {sets} WHERE id = ?', [*columns.values(), name])


def remove(db: sqlite3.Connection, entity: Entity, name: str) -> None:
    """Delete a row."""
    db.execute(f'DELETE FROM "{entity.table}" WHERE id = ?', [name])


def columns_of(entity: Entity, values: Mapping[str, Value]) -> Columns:
    """Return the columns for values of options; a secret is stored as its hash."""
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


def given_hash(option: Option, text: str) -> str:
    """Return the hash that is given in place of a secret. Raises OptionError."""
    form = r"[0-9a-f]{64}" if isinstance(option.type, Token) else r"scrypt\$[0-9]+\$[0-9a-f]+\$[0-9a-f]+"
    found = text.removeprefix(HASH)
    if not re.fullmatch(rf"{form}|{LOCKED}", found):
        raise OptionError(
            "secret_hash_invalid",
            "{name} is not a hash; allowed: a hash that warmline config export --secrets wrote",
            name=option.name,
        )
    return found


def is_secret(option: Option, text: str, column: Column) -> bool:
    """Return whether this secret is the stored one. Takes up to 25 ms."""
    if not text or not column:
        return text == column
    if isinstance(option.type, Token):
        return hmac.compare_digest(hashed_token(text), str(column))
    return matches(text, str(column))


def shown(entity: Entity, row: Mapping[str, Column]) -> dict[str, Value]:
    """Return the options to show; a secret is `set` or `not set`."""
    return {option.name: _shown_one(option, row[option.name]) for option in entity.options}


def _shown_one(option: Option, column: Column) -> Value:
    if isinstance(option.type, Secret):
        return "not set" if column in ("", LOCKED) else "set"
    return loaded(option, column)


def told(entity: Entity, columns: Mapping[str, Column]) -> dict[str, Value]:
    """Return the values for config_journal, without secrets and their hashes."""
    options = {name: entity.option(name) for name in columns if name != "id"}
    return {name: _told_one(option, columns[name]) for name, option in options.items()}


def _told_one(option: Option, column: Column) -> Value:
    if isinstance(option.type, Secret):
        return "locked" if column == LOCKED else "changed"
    return loaded(option, column)


def check_references(db: sqlite3.Connection, entity: Entity, name: str, values: Mapping[str, Any]) -> None:
    """Check that every named entity exists, and that unique values and the name are free. Raises NotFound, Conflict."""
    if (other := LOGINS.get(entity.kind)) and find_if_any(db, other, name):
        raise Conflict(
            "login_name_taken",
            "{other} {name} exists, and users and API users log in with the same names; delete it, or choose another",
            other=other.kind,
            name=name,
        )
    for option_name, value in values.items():
        option = entity.option(option_name)
        for kind, target in references(option.type, value):
            try:
                find(db, ENTITIES[kind], target)
            except NotFound as error:
                raise error.about(option_name) from None
        if option.unique and value:
            held = f'SELECT id FROM "{entity.table}" WHERE "{option_name}" = ? AND id <> ?'
            for row in db.execute(held, [value, name]):
                raise Conflict(
                    "option_value_taken",
                    "{option} {value} belongs to {kind} {name}; remove it there first",
                    option=option_name,
                    value=value,
                    kind=entity.kind,
                    name=row["id"],
                )


def check_machine(values: Mapping[str, Value]) -> None:
    """Check that this machine supports the values. Raises OptionError."""
    form = str(values.get("recording_format", WAV))
    if form != WAV and (why := recording_formats.why_not(form)):
        raise OptionError(
            "recording_format_unavailable",
            "recording_format cannot be {form!r}: {why}; install a program that writes it, or choose wav",
            form=form,
            why=why,
        )


def check_together(entity: Entity, name: str, columns: Mapping[str, Column]) -> None:
    """Check that the options of an entity do not contradict each other. Raises OptionError."""
    values = {
        option.name: loaded(option, columns[option.name]) if option.name in columns else entity.default(option, name)
        for option in entity.options
    }
    contradictions.check(entity.kind, values)


def check_may_go(kind: str, name: str) -> None:
    """Check that an entity may be deleted. Raises Conflict for one that must always exist."""
    if name == ENTITIES[kind].only:
        raise Conflict(
            "kind_permanent", "{kind}s cannot be deleted; to change one: warmline {kind} set option=value", kind=kind
        )
    if why := ALWAYS.get((kind, name)):
        raise Conflict("entity_permanent", "{kind} {name} cannot be deleted: {why}", kind=kind, name=name, why=why)


def users(db: sqlite3.Connection, kinds: Collection[str]) -> dict[tuple[str, str], list[str]]:
    """Return the users of entities of these kinds, by (kind, name); an entity that names itself does not count."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entity in ENTITIES.values():
        options = [option for option in entity.options if can_name(option.type, kinds)]
        for user, row in every(db, entity).items() if options else ():
            for option in options:
                for named in references(option.type, loaded(option, row[option.name])):
                    if named != (entity.kind, user):
                        found[named].append(f"{entity.kind} {user} ({option.name})")
    if "list" in kinds:
        for row in db.execute("SELECT list_id, count(*) AS leads FROM lead GROUP BY list_id"):
            found["list", row["list_id"]].append(f"{row['leads']} lead{'s' * (row['leads'] > 1)}")
    if "user-group" in kinds:
        for row in db.execute(BOUND_PROGRAMS):
            found["user-group", row["user_group"]].append(f"api-user {row['id']} (user_group)")
    return found


def check_since(db: sqlite3.Connection, kind: str, name: str, revision: int | None) -> None:
    """Check that nothing changed an entity after this revision; None checks nothing.

    Raises Conflict, which names the options and the person.
    """
    later = db.execute(SINCE, [kind, name, revision]).fetchall() if revision is not None else []
    if later:
        options = {option for row in later for text in (row["before"], row["after"]) for option in json.loads(text)}
        raise Conflict(
            "config_changed_since",
            "{kind} {name} was changed after revision {revision}: by {who}, in revision {last} ({options}); "
            "read it again",
            kind=kind,
            name=name,
            revision=revision,
            options=", ".join(sorted(options)),
            who=later[-1]["who"],
            last=later[-1]["seq"],
        )


def revision(db: sqlite3.Connection) -> int:
    """Return a number that grows with each change of the configuration; reading it takes microseconds."""
    return int(db.execute("SELECT ifnull(max(seq), 0) FROM config_journal").fetchone()[0])


def now() -> int:
    """Return the time for config_journal in microseconds UTC; rows of one transaction share it."""
    return time.time_ns() // 1000


def note(
    db: sqlite3.Connection,
    who: str,
    at: int,
    change: tuple[str, str, str],
    before: Mapping[str, Value],
    after: Mapping[str, Value],
) -> int:
    """Write a change (action, kind and name) to config_journal; return the number of its row."""
    last = db.execute("SELECT seq, hash FROM config_journal ORDER BY seq DESC LIMIT 1").fetchone()
    previous, seq = (last["hash"], last["seq"] + 1) if last else (hash_chain.START, 1)
    row = (seq, at, who, *change, json.dumps(before), json.dumps(after))
    db.execute("INSERT INTO config_journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [*row, hash_chain.link(previous, *row)])
    return int(seq)
