"""What the shell offers at the Tab key: names from the database, options and their values."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from warmline.entity import Entity, Option

MOST = 500  # what is offered at once


def names(kind: str = "") -> Callable[[typer.Context, str], list[str]]:
    """Offers names of a kind; without one, of that whose command it is."""

    def offered(context: typer.Context, incomplete: str) -> list[str]:
        return _beginning(incomplete, _names(kind or kind_of(context)))

    return offered


def pairs(context: typer.Context, incomplete: str) -> list[str]:
    """Offers `option=`, and after it what the option may be.

    Bash takes `=` for a word of its own: then the words before are `option`, `=`, or `option` alone at the `=`.
    """
    entity = entity_of(context)
    before = [str(word) for word in context.params.get("options") or ()]
    name, equals, value = incomplete.partition("=")
    if equals and name:
        return [f"{name}={text}" for text in _beginning(value, _values(entity, name))]
    if not incomplete and before[-1:] and before[-1] in entity.option_names:
        return list(_values(entity, before[-1]))[:MOST]
    if before[-1:] == ["="]:
        return _beginning(incomplete, _values(entity, before[-2]))
    given = {word.partition("=")[0] for word in before}
    return _beginning(incomplete, (f"{option}=" for option in entity.option_names if option not in given))


def options(context: typer.Context, incomplete: str) -> list[str]:
    """Offers the options' names."""
    return _beginning(incomplete, entity_of(context).option_names)


def entity_of(context: typer.Context) -> "Entity":
    """Whose command it is."""
    from warmline.options import ENTITIES  # 40 ms that an agent's order does without

    return ENTITIES[kind_of(context)]


def kind_of(context: typer.Context) -> str:
    """The word before the command's."""
    assert context.parent and context.parent.info_name
    return context.parent.info_name


def _values(entity: "Entity", name: str) -> Iterator[str]:
    """What may be written after `option=`, as far as that can be listed."""
    for option in entity.options:
        if option.name == name:
            yield from _of_type(option)


def _of_type(option: "Option") -> Iterator[str]:
    from warmline.option_types import Choice, Reference, References, Secret, Words

    match option.type:
        case Secret():
            yield "-"
        case Choice(values) | Words(values):
            yield from values
        case Reference(kind) | References(kind):
            yield from _names(kind)


def _names(kind: str) -> list[str]:
    """The names of a kind; none where the database cannot be read: the Tab key is no place for errors."""
    from warmline import settings
    from warmline.settings import SettingsError
    from warmline.store import config
    from warmline.store.database import StoreError

    try:
        return config.list_names(settings.load().db, kind)
    except (SettingsError, StoreError):
        return []


def _beginning(incomplete: str, words: Iterable[str]) -> list[str]:
    return [word for word in words if word.startswith(incomplete)][:MOST]
