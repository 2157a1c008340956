"""A webhook's address in VICIdial's syntax: `--A--name--B--` where a value of the call belongs, maybe VAR before it.

VICIdial's names that have no value here, and names that nobody knows, are taken: they are empty.
"""

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from warmline.text.webhook_variables import NAMES

_SPELLED = {name.lower(): name for name in NAMES}  # VICIdial takes either case

VARIABLE = re.compile(r"--A--(\w+?)--B--", re.ASCII)


def filled(template: str, facts: Mapping[str, str]) -> str:
    """The address with each variable's value in it, percent-encoded; empty where there is none.

    A value of nothing but dots would lead to another folder of the receiver: its dots are encoded too.
    """

    def value(found: re.Match[str]) -> str:
        text = quote(facts.get(_SPELLED.get(found[1].lower(), ""), ""), safe="")
        return text if text.strip(".") else text.replace(".", "%2E")

    return VARIABLE.sub(value, template.removeprefix("VAR"))


def variables(template: str) -> list[str]:
    """The names of the variables in it, as they are spelled in NAMES where they are among them."""
    return [_SPELLED.get(name.lower(), name) for name in VARIABLE.findall(template)]


def empty(template: str) -> list[str]:
    """The names of the variables in it that are always empty, each once."""
    return [name for name in dict.fromkeys(variables(template)) if name not in NAMES]


def host(template: str) -> str:
    """The host it leads to, in lower case. Raises ValueError if there is none, or it is not fixed."""
    parts = urlsplit(template.removeprefix("VAR"))
    name = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not name:
        raise ValueError("it begins with http:// or https://, and a host")
    if "--A--" in parts.netloc:
        raise ValueError("the host has no variables")
    if "@" in parts.netloc:
        raise ValueError("user and password belong into no address")
    if parts.port == 0:
        raise ValueError("0 is no port")
    return name
