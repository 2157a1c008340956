"""Webhook URLs in VICIdial's syntax: `--A--name--B--` stands for a value of the call; VAR may precede the URL.

Unknown names, and VICIdial's names without a value in Warmline, are accepted and are empty.
"""

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from warmline.text.webhook_variables import NAMES

_SPELLED = {name.lower(): name for name in NAMES}  # VICIdial ignores case

DATA = "data_"  # begins the variables of a call's data; the rest is the name of the item in small letters
VARIABLE = re.compile(r"--A--(\w+?)--B--", re.ASCII)


def filled(template: str, facts: Mapping[str, str]) -> str:
    """Return the URL with the percent-encoded value of each variable; empty for a variable without a value.

    The dots of a value that has only dots are encoded, too, because they would lead to another folder of the receiver.
    """

    def value(found: re.Match[str]) -> str:
        text = quote(facts.get(_known(found[1]), ""), safe="")
        return text if text.strip(".") else text.replace(".", "%2E")

    return VARIABLE.sub(value, template.removeprefix("VAR"))


def variables(template: str) -> list[str]:
    """Return the names of the variables in a URL; known names as NAMES spells them."""
    return [_SPELLED.get(name.lower(), name) for name in VARIABLE.findall(template)]


def empty(template: str) -> list[str]:
    """Return the names of the variables in a URL that are always empty, each once."""
    return [name for name in dict.fromkeys(variables(template)) if not _known(name)]


def _known(name: str) -> str:
    """Return a variable's name as the facts have it; "" for an unknown one."""
    name = name.lower()
    return name if name.startswith(DATA) else _SPELLED.get(name, "")


def host(template: str) -> str:
    """Return the host of a URL in lower case. Raises ValueError if it has none, or if variables are in it."""
    parts = urlsplit(template.removeprefix("VAR"))
    name = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not name:
        raise ValueError("it must begin with http:// or https:// and a host")
    if "--A--" in parts.netloc:
        raise ValueError("the host must not contain variables")
    if "@" in parts.netloc:
        raise ValueError("a URL must not contain a user and password")
    if parts.port == 0:
        raise ValueError("port 0 is not allowed")
    return name
