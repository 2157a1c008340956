"""Options that several kinds have, or that another kind has: the command lines that give one its value."""

import shlex
from collections.abc import Sequence

from cli.arguments import value_words
from cli.output.secret_words import HIDDEN, names_secret

MOST_KINDS = 4  # that have an option of one name


def of_option(words: Sequence[str]) -> tuple[str, ...]:
    """Return the lines that give an option, named by the first of these words, its value: of the kinds that have it.

    `timezone Europe/Berlin` and `timezone=Europe/Berlin` lead to the same line.
    """
    from warmline.options.option_table import ENTITIES
    from warmline.options.values.option_words import named_by

    if not words:
        return ()
    name = words[0].partition("=")[0].strip("-").replace("-", "_")
    names = (name, *named_by(name))
    value = words[0].partition("=")[2] or (words[1] if len(words) > 1 else HIDDEN)
    firsts = {kind: next((one for one in names if one in entity.option_names), "") for kind, entity in ENTITIES.items()}
    lines: list[str] = []
    for kind, option in firsts.items():
        valid = value_words.value_for(ENTITIES[kind].option(option), value) if option and value != HIDDEN else HIDDEN
        if option and valid is not None:
            key = () if ENTITIES[kind].only else ("USER" if kind == "agent" else kind.upper(),)
            lines.append(shlex.join((kind, "set", *key, f"{option}={valid}")))
    return tuple(sorted(lines, key=lambda line: not line.startswith("setting")))[:MOST_KINDS]


def of_others(pair: str) -> tuple[str, ...]:
    """Return these lines for an option that its own kind does not have; none for a secret, or without a value."""
    name, equals, value = pair.partition("=")
    return of_option([pair]) if equals and value and not names_secret(name) else ()
