"""The options of campaigns, lists, call times and holidays at a moment, from the configuration and its journal."""

import json
import sqlite3
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import msgspec

from warmline.core.rules.configuration import CallTime, Holiday
from warmline.options.values.entity import Entity
from warmline.store.configuration.option_columns import loaded
from warmline.store.database.reading import rows

ALWAYS = 2**63 - 1
CHANGES = """
    SELECT at, name, action, before FROM config_journal
    WHERE entity = :kind AND action <> 'create' ORDER BY seq DESC
"""
Options = dict[str, Any]
Record = TypeVar("Record", CallTime, Holiday)


@dataclass(frozen=True, slots=True)
class Version:
    """The options of an entity until `end` (microseconds UTC), the moment of a change; None if it did not exist."""

    end: int
    options: Options | None


class OptionsThen:
    """The versions of all entities, each kind read once. Before its creation, an entity has its first options."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._versions: dict[str, dict[str, list[Version]]] = {}

    def of(self, entity: Entity, name: str, at: int) -> Options | None:
        """Return the options that an entity had at that time, or None if there was none of that name."""
        return _at(self._all(entity).get(name, []), at).options

    def records(self, kind: type[Record], entity: Entity, at: int) -> dict[str, Record]:
        """Return all entities of that time as records, by name."""
        known = {field.name for field in fields(kind)}
        found = {name: _at(versions, at).options for name, versions in self._all(entity).items()}
        return {
            name: msgspec.convert({"id": name} | {one: options[one] for one in known & options.keys()}, kind)
            for name, options in found.items()
            if options is not None
        }

    def until(self, entities: tuple[Entity, ...], at: int) -> int:
        """Return the next change of entities of these kinds after that time, in microseconds UTC."""
        kinds = (self._all(entity).values() for entity in entities)
        return min((_at(versions, at).end for kind in kinds for versions in kind), default=ALWAYS)

    def _all(self, entity: Entity) -> dict[str, list[Version]]:
        if entity.kind not in self._versions:
            self._versions[entity.kind] = self._read(entity)
        return self._versions[entity.kind]

    def _read(self, entity: Entity) -> dict[str, list[Version]]:
        """Return the versions of each entity of a kind, the oldest first."""
        names = ", ".join(option.name for option in entity.options)
        current = self._db.execute(f"SELECT id, {names} FROM {entity.table}")  # noqa: S608 - names of the option table
        found = {
            name: [
                Version(ALWAYS, {one.name: loaded(one, value) for one, value in zip(entity.options, row, strict=True)})
            ]
            for name, *row in current
        }
        for change in rows(self._db, CHANGES, kind=entity.kind):
            versions = found.setdefault(change["name"], [Version(ALWAYS, None)])
            versions.append(Version(change["at"], (versions[-1].options or {}) | json.loads(change["before"])))
        return {name: versions[::-1] for name, versions in found.items()}


def _at(versions: list[Version], at: int) -> Version:
    return next((one for one in versions if at < one.end), Version(ALWAYS, None))
