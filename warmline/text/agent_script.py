"""Fills in VICIdial's `--A--name--B--` in a script that agents read."""

import re
from collections.abc import Mapping

FIELD = re.compile(r"( ?)--A--([A-Za-z0-9_]+)--B--(?=([,.;:!?])?)")


def filled(text: str, facts: Mapping[str, object]) -> str:
    """Return the text with each name replaced by its value, or by nothing if it has none: no customer hears a name.

    A space goes with an empty value before a sign such as a comma: "Hello , this is" reads "Hello, this is".
    """

    def value(found: re.Match[str]) -> str:
        space, name, sign = found.groups()
        known = facts.get(name)
        text = "" if known is None else str(known)
        return text if sign and not text else space + text

    return FIELD.sub(value, text)
