"""Options that several kinds have, or that another kind has: the command lines that give one its value."""

import shlex
from collections.abc import Sequence

from cli.arguments import list_hints, value_words
from cli.arguments.completion import entry_names
from cli.output.secret_words import HIDDEN, names_secret

MOST_KINDS = 4  # that have an option of one name
NO_ENTRY = ("", "")


def of_option(words: Sequence[str], near: tuple[str, str] = NO_ENTRY) -> tuple[str, ...]:
    """Return the lines that give an option, named by the first of these words, its value: of the kinds that have it.

    `timezone Europe/Berlin` and `timezone=Europe/Berlin` lead to the same line. `near` is the kind and the name of
    the entry that a person named: the entries to which it belongs come first. A kind without entries has no line.
    """
    from warmline.options.option_table import ENTITIES
    from warmline.options.values.option_words import named_by

    if not words:
        return ()
    name = words[0].partition("=")[0].strip("-").replace("-", "_")
    names = (name, *named_by(name))
    value = words[0].partition("=")[2] or (words[1] if len(words) > 1 else HIDDEN)
    firsts = {kind: next((one for one in names if one in entity.option_names), "") for kind, entity in ENTITIES.items()}
    found: dict[str, str] = {}
    for kind, option in firsts.items():
        valid = value_words.value_for(ENTITIES[kind].option(option), value) if option and value != HIDDEN else HIDDEN
        if option and valid is not None:
            found[kind] = f"{option}={valid}"
    existing = [kind for kind in found if ENTITIES[kind].only or entry_names(kind)]
    keys = {kind: () if ENTITIES[kind].only else (_key(kind, near),) for kind in existing or found}
    if near[1]:
        keys = {kind: key for kind, key in keys.items() if key != (_stands(kind),)} or dict([*keys.items()][:1])
    order = sorted(keys, key=lambda kind: (kind != "setting", names.index(found[kind].partition("=")[0])))
    return tuple(shlex.join((kind, "set", *keys[kind], found[kind])) for kind in order)[:MOST_KINDS]


def _key(kind: str, near: tuple[str, str]) -> str:
    """Return the name of the entry of a kind that is meant, or what stands for it."""
    known = entry_names(kind)
    if near[1]:
        return list_hints.related(*near, kind) or _stands(kind)
    return known[0] if len(known) == 1 else _stands(kind)


def _stands(kind: str) -> str:
    """Return the word that stands for the name of an entry in a line."""
    return "USER" if kind == "agent" else kind.upper()


def of_others(pair: str, near: tuple[str, str] = NO_ENTRY) -> tuple[str, ...]:
    """Return these lines for an option that its own kind does not have; none for a secret, or without a value."""
    name, equals, value = pair.partition("=")
    return of_option([pair], near) if equals and value and not names_secret(name) else ()
