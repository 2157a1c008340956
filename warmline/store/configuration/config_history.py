"""Revisions of the configuration, from config_journal, and the changes that undo a revision.

A revision has the changes of one transaction. Its number is that of its last row; the number of any row finds it.
"""

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from warmline.options import removed_options
from warmline.options.option_table import ENTITIES, Entity
from warmline.options.user_options import MUST_CHANGE
from warmline.options.values.option_types import Secret, as_text
from warmline.store.configuration import config_rows
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.database.reading import Row, reading, rows

# Kinds of changes besides the configuration: a number taken off a list, an erasure, the second factor of a user. The
# others are the stop of automatic dialling, the end of a session by an administrator, and the end of a lead. The last
# one is the secret of an event hook that was shown or renewed.
DNC, PRIVACY, SECOND_FACTOR, DIAL_STOP, SESSION = "dnc", "privacy", "second-factor", "dial-stop", "session"
LEAD, OF_EVENT_HOOK = "lead", "event-hook-secret"
KINDS = (*ENTITIES, DNC, PRIVACY, SECOND_FACTOR, DIAL_STOP, SESSION, LEAD, OF_EVENT_HOOK)
NEWEST = """
    SELECT * FROM config_journal WHERE (at, who) IN (
        SELECT at, who FROM config_journal WHERE :kind IN ('', entity) AND :name IN ('', name)
        AND (:who IN ('', who) OR instr(who, :who || ' (uid ') = 1)
        AND (:text = '' OR instr(lower(entity || ' ' || name || ' ' || before || ' ' || after), :text) > 0)
        AND (:before = 0 OR seq < ifnull((
            SELECT min(seq) FROM config_journal
            WHERE (at, who) = (SELECT at, who FROM config_journal WHERE seq = :before)
        ), :before))
        GROUP BY at, who ORDER BY max(seq) DESC LIMIT :most
    ) ORDER BY seq DESC
"""
OF = "SELECT * FROM config_journal WHERE (at, who) = (SELECT at, who FROM config_journal WHERE seq = :seq) ORDER BY seq"
LATER = "SELECT seq, at, who FROM config_journal WHERE entity = :kind AND name = :name AND seq > :seq ORDER BY seq DESC"
SINCE = """
    SELECT max(seq) AS number, max(who) AS who FROM config_journal WHERE (at, who) = (
        SELECT at, who FROM config_journal WHERE seq > :seq AND entity = :kind AND name = :name
        ORDER BY seq DESC LIMIT 1
    )
"""


@dataclass(frozen=True, slots=True)
class ConfigJournalRow:
    """One row: the change of one entity, with the values of options before and after."""

    action: str
    kind: str
    name: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ConfigRevision:
    """The changes of one transaction; `at` is in microseconds UTC."""

    number: int
    at: int
    who: str
    changes: tuple[ConfigJournalRow, ...]


@dataclass(frozen=True, slots=True)
class WantedRevisions:
    """The revisions that are searched: those with a change that fits all of these; "" fits any.

    `text` is a part of the name, of an option or of a value before or after. ASCII letters are of any case.
    """

    kind: str = ""
    name: str = ""
    who: str = ""
    text: str = ""


EVERY_REVISION = WantedRevisions()


def fits(change: ConfigJournalRow, wanted: WantedRevisions) -> bool:
    """Return whether a change is of the wanted kind and name, and has the wanted text, as `newest` searches them."""
    said = f"{change.kind} {change.name} {json.dumps(change.before)} {json.dumps(change.after)}".lower()
    return wanted.kind in ("", change.kind) and wanted.name in ("", change.name) and _stored(wanted.text) in said


def _stored(text: str) -> str:
    """Return a text as the values of changes are stored, with small ASCII letters. Other letters are escaped there."""
    return json.dumps(text)[1:-1].lower()


def newest(
    path: str | Path, most: int, wanted: WantedRevisions = EVERY_REVISION, before: int = 0
) -> list[ConfigRevision]:
    """Return the last revisions that fit, newest first. Raises StoreError.

    With `before`, they are older than the revision of that number.
    """
    given = asdict(wanted) | {"text": _stored(wanted.text)}
    with reading(path) as db:
        found = rows(db, NEWEST, **given, most=most, before=before)
    return [_revision(list(group)[::-1]) for _, group in groupby(found, lambda row: (row["at"], row["who"]))]


def revision(path: str | Path, number: int) -> ConfigRevision:
    """Return the revision that a row belongs to. Raises NotFound, StoreError."""
    with reading(path) as db:
        return find(db, number)


def taken_back(path: str | Path, number: int) -> tuple[dict[tuple[str, str], dict[str, str] | None], list[str]]:
    """Return the wanted state (see change_plan.py) that undoes a revision, and the secrets that cannot be restored.

    Raises:
        NotFound: the revision does not exist.
        Conflict: a later revision changed the same entities.
        OptionError: a former value is no longer valid.
        StoreError: the database cannot be read.
    """
    wanted: dict[tuple[str, str], dict[str, str] | None] = {}
    lost: list[str] = []
    with reading(path) as db:
        found = find(db, number)
        for change in found.changes:
            _check_as_left(db, found.number, change)
            key = change.kind, change.name
            open_, secret = _parted(change.kind, change.before)
            if secret:  # the new password stays, and so does the duty to choose another one
                open_.pop(MUST_CHANGE, None)
            wanted[key] = None if change.action == "create" else open_
            lost += [f"{option} of {change.kind} {change.name}" for option in secret]
    return wanted, lost


def all_taken_back(
    db: sqlite3.Connection, numbers: Collection[int]
) -> tuple[dict[tuple[str, str], dict[str, str] | None], list[str], list[str]]:
    """Return the wanted state (see change_plan.py) that undoes revisions as one, and the later changes against that.

    Also return the secrets that cannot be restored.

    An entity that is as it was before is left out. Raises NotFound (revision).
    """
    wanted: dict[tuple[str, str], dict[str, str] | None] = {}
    states: dict[tuple[str, str], dict[str, str] | None] = {}
    changed: dict[str, None] = {}
    lost: list[str] = []
    found = [find(db, number) for number in sorted(numbers, reverse=True)]
    own = {(one.at, one.who) for one in found}
    for one in found:
        for change in one.changes:
            key = change.kind, change.name
            if key not in states:
                row = config_rows.find_if_any(db, ENTITIES[change.kind], change.name)
                states[key] = _texts(ENTITIES[change.kind], row) if row else None
            open_, secret = _parted(change.kind, change.before)
            before = None if change.action == "create" else open_
            after = None if change.action == "delete" else _parted(change.kind, change.after)[0]
            if _is_in(states[key], before):
                continue
            later = rows(db, LATER, kind=change.kind, name=change.name, seq=one.number)
            others = [row for row in later if (row["at"], row["who"]) not in own]
            if others or not _is_in(states[key], after):
                last = others[0] if others else None
                by = f"in revision {last['seq']} by {last['who']}" if last else f"after revision {one.number}"
                changed[f"{change.kind} {change.name}, changed {by}"] = None
                continue
            lost += [f"{option} of {change.kind} {change.name}" for option in secret]
            wanted[key] = None if before is None else (wanted.get(key) or {}) | before
            states[key] = None if before is None else (states[key] or {}) | before
    return wanted, [*changed], lost


def _is_in(state: Mapping[str, str] | None, values: Mapping[str, str] | None) -> bool:
    """Return whether an entity has these values; None stands for no entity."""
    if state is None or values is None:
        return state is values
    return all(state.get(option) == text for option, text in values.items())


def _texts(entity: Entity, row: config_rows.Columns) -> dict[str, str]:
    return {option: as_text(value) for option, value in config_rows.shown(entity, row).items()}


def find(db: sqlite3.Connection, number: int) -> ConfigRevision:
    """Return the revision that a row belongs to, from an open database. Raises NotFound."""
    found = rows(db, OF, seq=min(number, 2**63 - 1))
    if not found:
        last = db.execute("SELECT ifnull(max(seq), 0) FROM config_journal").fetchone()[0]
        hint = f"the last one is {last}" if last else "no revision exists yet"
        raise NotFound("revision_unknown", "revision {number} does not exist; {hint}", number=number, hint=hint)
    return _revision(found)


def _revision(found: Sequence[Row]) -> ConfigRevision:
    changes = tuple(
        ConfigJournalRow(row["action"], row["entity"], row["name"], json.loads(row["before"]), json.loads(row["after"]))
        for row in found
    )
    return ConfigRevision(found[-1]["seq"], found[-1]["at"], found[-1]["who"], changes)


def _check_as_left(db: sqlite3.Connection, number: int, change: ConfigJournalRow) -> None:
    """Check that an entity is as the revision left it. Raises Conflict, which names the later change."""
    if change.kind not in ENTITIES:
        raise Conflict(
            "revision_not_configuration",
            "revision {number} cannot be undone: {kind} is not part of the configuration",
            number=number,
            kind=change.kind,
        )
    entity = ENTITIES[change.kind]
    row = config_rows.find_if_any(db, entity, change.name)
    left, _ = _parted(change.kind, change.after)
    if change.action == "create":
        left = _parted(change.kind, {one.name: entity.default(one, change.name) for one in entity.options})[0] | left
    now = _texts(entity, row) if row else {}
    if (row is None) == (change.action == "delete") and all(now.get(option) == text for option, text in left.items()):
        return
    since = rows(db, SINCE, seq=number, kind=change.kind, name=change.name)
    by = f" (in revision {since[0]['number']} by {since[0]['who']})" if since[0]["number"] else ""
    raise Conflict(
        "changed_since_revision",
        "{kind} {name} was changed after revision {number}{by}; undo that change first",
        kind=change.kind,
        name=change.name,
        number=number,
        by=by,
    )


def _parted(kind: str, values: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    """Return the values as texts, and the names of secrets, whose values are not stored; no removed options."""
    entity = ENTITIES[kind]
    left = removed_options.without(kind, values)
    secret = [name for name in left if isinstance(entity.option(name).type, Secret)]
    return {name: as_text(_value(value)) for name, value in left.items() if name not in secret}, secret


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
