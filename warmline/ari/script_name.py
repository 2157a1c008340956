"""The name of a script's application in Asterisk, by which the app knows a dead script's channels."""

import re

NAME = re.compile(r"[a-z0-9_]{1,30}")
PREFIX = "script-"


def application(name: str) -> str:
    """Return the name of a script's application in Asterisk. Raises ValueError."""
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} cannot name a script: use 1 to 30 small letters, digits and _")
    return PREFIX + name
