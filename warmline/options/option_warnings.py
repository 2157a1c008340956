"""Finds options that are allowed but probably wrong: weak secrets, and variables of addresses without a value."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from warmline.options.campaign.web_form_options import ADDRESSES
from warmline.options.campaign.webhook_options import OF_CAMPAIGN
from warmline.options.values.option_types import nearest
from warmline.text import webhook_url
from warmline.text.webhook_variables import NAMES, VICIDIALS

OFTEN = (
    *("1234", "12345", "123456", "12345678", "123456789", "1234567890", "admin", "asterisk", "changeme", "letmein"),
    *("password", "qwerty", "secret", "test", "warmline", "welcome"),
)
PINS = ("0000", "1111", "1234", "12345", "4711")


def is_weak(secret: str, name: str) -> bool:
    """Return whether the secret of the user `name` is easy to guess: also password1, Warmline! and 123admin."""
    usual = (*OFTEN, name.lower())
    return len(secret) < 8 or secret.lower() in usual or re.sub(r"^[\W\d_]+|[\W\d_]+$", "", secret.lower()) in usual


def is_weak_pin(pin: str, name: str) -> bool:
    """Return whether the PIN of the agent `name` is easy to guess: 7777, 1212, 4321 or 5678, or the agent's name."""
    alike = pin in (pin[:1] * len(pin), pin[:2] * (len(pin) // 2))
    steps = {ord(after) - ord(before) for before, after in pairwise(pin)}
    return alike or steps in ({1}, {-1}) or pin in (*PINS, name, name[::-1])


def weak_secrets(name: str, given: Mapping[str, str]) -> Iterator[str]:
    """Yield the given options of an entity that are passwords or PINs, and easy to guess."""
    for option, text in given.items():
        pin = option == "pin" and is_weak_pin(text, name)
        if text and (pin or (option == "pass" and is_weak(text, name))):
            yield option


def nulls(given: Mapping[str, object]) -> Iterator[str]:
    """Yield a line for each option whose value is the text NULL, which stands for no value in other programs."""
    for option, value in given.items():
        if value == "NULL":
            yield f"{option}=NULL is a text here, not an empty value; to empty it, write {option}="


def empty_variables(options: Mapping[str, object]) -> Iterator[str]:
    """Yield a line for each address of a webhook or web form with variables that are always empty.

    `options` maps names to values.
    """
    for option in (*(one.name for one in OF_CAMPAIGN), *ADDRESSES):
        names = webhook_url.empty(str(options.get(option) or ""))
        unknown = [name for name in names if name not in VICIDIALS]
        without = [name for name in names if name not in unknown]
        if without:
            yield f"{option}: empty, because Warmline has no such value: {', '.join(without)}"
        for name in unknown:
            hint = nearest(name, NAMES)
            yield f"{option}: {name} is empty unless it is a custom field of the lead's list; {hint}".rstrip("; ")
