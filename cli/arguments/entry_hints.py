"""Entries that the values of a suggested line name: a line that creates one comes first if it does not exist."""

import re
import shlex
from typing import TYPE_CHECKING

from cli.arguments import hours_hints
from cli.arguments.completion import entry_names
from cli.output.secret_words import HIDDEN

if TYPE_CHECKING:
    from warmline.options.values.entity import Entity

CALL_TIME, OFFICE = "call-time", "OFFICE"
CLOSE = 0.8  # similarity of a name that was misspelled: 1 is equal


def is_new(kind: str, name: str) -> bool:
    """Return whether no entry has this name, or one that resembles it."""
    from warmline.options.values.option_types import nearest_word

    known = entry_names(kind)
    return bool(name) and name not in known and not nearest_word(name, known, CLOSE)


def existing(entity: "Entity", found: dict[str, str]) -> tuple[list[str], dict[str, str]]:
    """Return the lines that create what these values name and does not exist, and the values with existing names.

    A misspelled name becomes the existing one. Opening hours become the name of a call time that has them.
    """
    from warmline.options.values.option_types import nearest_word

    before: list[str] = []
    values = dict(found)
    for option, text in found.items():
        known = entry_names(CALL_TIME) if takes_hours(entity, option) else []
        if takes_hours(entity, option) and text not in known and (hours := hours_hints.options(text)):
            values[option] = new = free_name(known, OFFICE)
            before.append(shlex.join((CALL_TIME, "create", new, *hours)))
            continue
        for kind, name in named(entity, option, text):
            known = entry_names(kind)
            if name in known or name == HIDDEN:
                continue
            near = "" if name.isdigit() else nearest_word(name, known, CLOSE)  # another number is no misspelled one
            if near:
                values[option] = values[option].replace(name, near)
            elif line := created(kind, name):
                before.append(line)
    return list(dict.fromkeys(before)), values


def takes_hours(entity: "Entity", option: str) -> bool:
    """Return whether an option names a call time."""
    return CALL_TIME in {kind for kind, _ in named(entity, option, "X")}


def usual(entity: "Entity", option: str) -> str:
    """Return the value of an option in the example of its kind, with an entry that exists; "" if it has none."""
    text = dict(pair.partition("=")[::2] for pair in entity.example[1:]).get(option, "")
    for kind, name in named(entity, option, text):
        known = entry_names(kind)
        if known and name not in known:
            text = text.replace(name, known[0])
    return text


def named(entity: "Entity", option: str, text: str) -> tuple[tuple[str, str], ...]:
    """Return the kind and the name of each entry that a value names; none if the value is invalid."""
    from warmline.options.references import references

    type_ = entity.option(option).type
    try:
        return references(type_, type_.parse(text))
    except ValueError:
        return ()


def items(value: object) -> tuple[str, ...]:
    """Return the items of a list's value; none for another value."""
    return tuple(map(str, value)) if isinstance(value, tuple | list) else ()


def created(kind: str, name: str) -> str:
    """Return the line that creates an entry; "" if the name is invalid for its kind."""
    from warmline.options.option_table import ENTITIES, OptionError, check_name

    entity = ENTITIES[kind]
    try:
        check_name(kind, name)
    except OptionError:
        return ""
    needed = [one.name for one in entity.options if one.required]
    pairs = [f"{one}={text}" for one in needed if (text := usual(entity, one))]
    return shlex.join((kind, "create", name, *pairs))


def free_name(known: list[str], name: str) -> str:
    """Return a name that no entry has: CHRISTMASDAY2 if CHRISTMASDAY exists."""
    return next(one for one in (name, *(f"{name}{number}" for number in range(2, len(known) + 3))) if one not in known)


def key(label: str) -> str:
    """Return the key of an entry with this label: CHRISTMASDAY for `Christmas Day`."""
    return re.sub("[^A-Z0-9]+", "", label.upper())[:16]
