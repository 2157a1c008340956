"""Warnings in answers to changes of the configuration: the change is made, but is probably not what was meant."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial

from warmline.operations.configuration import WantedEntity
from warmline.options import entry_warnings, option_warnings
from warmline.options.entry_warnings import Entries
from warmline.options.option_table import ENTITIES, check
from warmline.options.values.option_types import Value
from warmline.store.configuration import config


def of_entity(db: str, kind: str, name: str, given: Mapping[str, str]) -> list[str]:
    """Return the warnings about options that an entity was given. Raises StoreError."""
    return list(_warnings(kind, name, given, partial(config.show_all, db))) if given else []


def of_entities(db: str, changed: Sequence[WantedEntity]) -> list[str]:
    """Return the warnings about changed entities, each with its kind and name. Raises StoreError."""
    return _of_all(changed, cache(partial(config.show_all, db)))


def of_planned(db: str, wanted: Sequence[WantedEntity]) -> list[str]:
    """Return the same about entities that are not changed yet: entries are as they would be. Raises StoreError."""

    @cache
    def entries_of(kind: str) -> Entries:
        there = config.show_all(db, kind)
        planned = dict[str, Mapping[str, Value]](there)
        for one in wanted:
            if one.kind == kind:
                planned.pop(one.name, None)
                if one.options is not None:
                    planned[one.name] = _planned(kind, one.name, there.get(one.name), one.options)
        return planned

    return _of_all(wanted, entries_of)


def _of_all(entities: Sequence[WantedEntity], entries_of: Callable[[str], Entries]) -> list[str]:
    return [
        f"{one.kind} {one.name}: {warning}"
        for one in entities
        for warning in _warnings(one.kind, one.name, one.options or {}, entries_of)
    ]


def _planned(kind: str, name: str, there: Mapping[str, Value] | None, given: Mapping[str, str]) -> dict[str, Value]:
    entity = ENTITIES[kind]
    before = there or {option.name: entity.default(option, name) for option in entity.options}
    return {**before, **check(kind, given)}


def _warnings(kind: str, name: str, given: Mapping[str, str], entries_of: Callable[[str], Entries]) -> Iterator[str]:
    for option in option_warnings.weak_secrets(name, given):
        yield f"{option} is easy to guess"
    yield from option_warnings.nulls(given)
    yield from option_warnings.empty_variables(given)
    yield from entry_warnings.of_entry(kind, name, entries_of)
