"""Typed secrets that the rule of their option refuses: a hint says so before a person types them twice."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.output.secret_words import names_secret

if TYPE_CHECKING:
    from warmline.options.values.entity import Entity


def refused(entity: "Entity", words: Sequence[str]) -> str:
    """Return a line for each secret among these words that would be refused, without the secret; "" if none would."""
    told: list[str] = []
    for place, word in enumerate(words):
        name, equals, text = word.partition("=")
        text = text if equals else "".join(words[place + 1 : place + 2])
        if names_secret(name) and text not in ("", "-") and (allowed := _allowed(entity, name, text)):
            told.append(f"\nThe typed {name.strip('-')} would be refused; allowed: {allowed}")
    return "".join(dict.fromkeys(told))


def _allowed(entity: "Entity", name: str, text: str) -> str:
    """Return what the option of this name allows, if it refuses the text; "" otherwise."""
    from cli.arguments.pair_hints import option_of
    from warmline.options.values.option_types import Secret

    option = option_of(entity, name.strip("-").replace("-", "_"))
    type_ = entity.option(option).type if option else None
    if not isinstance(type_, Secret):
        return ""
    try:
        type_.parse(text)
    except ValueError:
        return type_.allowed
    return ""
