"""The name of a script's application in Asterisk, by which the app knows a dead script's channels."""

import re

NAME_PATTERN = re.compile(r"[a-z0-9_][a-z0-9_-]{0,29}")
APPLICATION_PREFIX = "script-"


def to_application(name: str) -> str:
    """Return the name of a script's application in Asterisk. Raises ValueError."""
    if not NAME_PATTERN.fullmatch(name):
        raise ValueError(f"{name!r} cannot name a script: use 1 to 30 small letters, digits, _ and -")
    return APPLICATION_PREFIX + name
