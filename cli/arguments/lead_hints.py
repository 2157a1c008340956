"""The line that gives a lead its fields, for words without the names of the fields."""

import re
import shlex
from collections.abc import Sequence
from typing import Any

from cli.tree.unknown_command import WORDS

NUMBER = re.compile(r"\+?[0-9][0-9 ()/.-]{4,}")
MAIL = re.compile(r"[^@\s]+@[^@\s]+")
STATUS = re.compile(r"[A-Z0-9]{1,6}")
NAMES = ("first_name", "last_name")


def meant_line(context: Any, fields: Sequence[str]) -> str:
    """Return the line with field=value for each word of `lead create` or `lead set`; "" if a word is not clear.

    A number, an address and names tell their fields, and a name of a field may stand before its value.
    """
    done: dict[str, str] = {}
    words = list(fields)
    while words:
        word = words.pop(0)
        field, value = _field(word, words[:1], done)
        if not field:
            return ""
        if value is not word and "=" not in word:
            words.pop(0)
        done[field] = value
    typed = context.meta.get(WORDS, [])
    options = [one for one in typed if one not in fields]
    pairs = [f"{field}={value}" for field, value in done.items()]
    return shlex.join([*context.command_path.split(), *_before(options), *pairs, *_options(options)])


def _field(word: str, following: Sequence[str], done: dict[str, str]) -> tuple[str, str]:
    """Return the field of a word, and its value; no field if it is not clear."""
    from warmline.leads.lead_fields import FIELDS, field_of

    name, equals, value = word.partition("=")
    if equals:
        return field_of(name), value
    plain = word.strip("-").replace("-", "_").lower()
    if following and "=" not in following[0] and (plain in FIELDS or plain in ("phone", "number", "name")):
        return field_of(plain), following[0]
    if NUMBER.fullmatch(word):
        return ("phone_number" if "phone_number" not in done else "alt_phone"), word
    if MAIL.fullmatch(word):
        return "email", word
    if STATUS.fullmatch(word):
        return "status", word
    free = [one for one in NAMES if one not in done]
    return (free[0], word) if free and word.replace("-", "").isalpha() else ("", word)


def _before(words: Sequence[str]) -> list[str]:
    """Return the words before the first option: the id of a lead."""
    place = next((place for place, word in enumerate(words) if word.startswith("-")), len(words))
    return list(words[:place])


def _options(words: Sequence[str]) -> list[str]:
    return list(words[len(_before(words)) :])
