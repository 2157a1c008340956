"""Fills in VICIdial's `--A--name--B--` in a script that agents read."""

import re
from collections.abc import Mapping

FIELD = re.compile(r"--A--([A-Za-z0-9_]+)--B--")


def filled(text: str, facts: Mapping[str, object]) -> str:
    """Return the text with each known name replaced by its value; an unknown name stays visible."""

    def value(found: re.Match[str]) -> str:
        known = facts.get(found[1], found[0])
        return "" if known is None else str(known)

    return FIELD.sub(value, text)
