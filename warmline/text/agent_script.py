"""A script that agents read from: VICIdial's `--A--name--B--` is filled in."""

import re
from collections.abc import Mapping

FIELD = re.compile(r"--A--([A-Za-z0-9_]+)--B--")


def filled(text: str, facts: Mapping[str, object]) -> str:
    """The text with every name that is known replaced by its value; one that is not stays, so that it shows."""

    def value(found: re.Match[str]) -> str:
        known = facts.get(found[1], found[0])
        return "" if known is None else str(known)

    return FIELD.sub(value, text)
