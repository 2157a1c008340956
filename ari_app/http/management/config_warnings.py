"""Warnings in answers to changes of the configuration: the change is made, but is probably not what was meant."""

from collections.abc import Iterator, Mapping, Sequence

from ari_app.records.privileged_write_types import WantedEntity
from warmline.options import dead_ends, option_warnings
from warmline.options.option_table import ENTITIES, check
from warmline.options.values.option_types import Value
from warmline.store.configuration import config

INGROUP = "ingroup"

Ingroups = Mapping[str, Mapping[str, Value]]  # the options of each in-group


def of_entity(db: str, kind: str, name: str, given: Mapping[str, str]) -> list[str]:
    """Return the warnings about options that an entity was given. Raises StoreError."""
    return list(_warnings(kind, name, given, config.show_all(db, kind) if kind == INGROUP else {}))


def of_entities(db: str, changed: Sequence[WantedEntity]) -> list[str]:
    """Return the warnings about changed entities, each with its kind and name. Raises StoreError."""
    ingroups = config.show_all(db, INGROUP) if any(one.kind == INGROUP for one in changed) else {}
    return [
        f"{one.kind} {one.name}: {warning}"
        for one in changed
        for warning in _warnings(one.kind, one.name, one.options or {}, ingroups)
    ]


def of_planned(db: str, wanted: Sequence[WantedEntity]) -> list[str]:
    """Return the same about entities that are not changed yet: in-groups are as they would be. Raises StoreError."""
    there = config.show_all(db, INGROUP) if any(one.kind == INGROUP for one in wanted) else {}
    ingroups = dict[str, Mapping[str, Value]](there)
    for one in wanted:
        if one.kind == INGROUP:
            ingroups.pop(one.name, None)
            if one.options is not None:
                ingroups[one.name] = _planned_ingroup(one.name, there.get(one.name), one.options)
    return [
        f"{one.kind} {one.name}: {warning}"
        for one in wanted
        for warning in _warnings(one.kind, one.name, one.options or {}, ingroups)
    ]


def _planned_ingroup(name: str, there: Mapping[str, Value] | None, given: Mapping[str, str]) -> dict[str, Value]:
    entity = ENTITIES[INGROUP]
    before = there or {option.name: entity.default(option, name) for option in entity.options}
    return {**before, **check(INGROUP, given)}


def _warnings(kind: str, name: str, given: Mapping[str, str], ingroups: Ingroups) -> Iterator[str]:
    for option in option_warnings.weak_secrets(name, given):
        yield f"{option} is easy to guess"
    yield from option_warnings.nulls(given)
    yield from option_warnings.empty_variables(given)
    if kind == INGROUP and name in ingroups:  # it may have been deleted since
        yield from dead_ends.of_ingroup(name, ingroups[name], ingroups)
