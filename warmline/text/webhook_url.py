"""Webhook URLs in VICIdial's syntax: `--A--name--B--` stands for a value of the call; VAR may precede the URL.

`{secret:NAME}` stands for a secret of the settings, which no reader of the address sees.

Other names are those of custom fields of the lead's list. Names that it does not have, and VICIdial's names without a
value in Warmline, are accepted and are empty.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlsplit

from warmline.text.webhook_variables import NAMES

_SPELLED = {name.lower(): name for name in NAMES}  # VICIdial ignores case

CUSTOM = "custom:"  # begins, in the facts, the name of a custom field in small letters
DATA = "data_"  # begins the variables of a call's data; the rest is the name of the item in small letters
VARIABLE = re.compile(r"--A--(\w+?)--B--", re.ASCII)
SECRET = re.compile(r"\{secret:([A-Za-z0-9_-]{1,32})\}")
LOOKS_SECRET = re.compile(
    r"token|secret|passw|pwd|api_?key|auth|signature|credential|(?:^|[_-])(?:pass|key|sig)$", re.IGNORECASE
)
RANDOM = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9_-]{20,}")  # a part of a path, as programs make it


class SecretMissing(ValueError):
    """An address names a secret that the settings do not have."""


def named_secrets(setting: str) -> dict[str, str]:
    """Return the secrets of the setting `webhook_secrets` by name."""
    return {name: value for name, _, value in (one.partition("=") for one in setting.split())}


def secrets(template: str) -> list[str]:
    """Return the names of the secrets in a URL, each once. Raises ValueError for one in another form."""
    if "{secret" in SECRET.sub("", template) or any(map(VARIABLE.search, SECRET.findall(template))):
        raise ValueError("a secret is {secret:NAME}; its name has letters, digits, - and _")
    return list(dict.fromkeys(SECRET.findall(template)))


def open_secrets(template: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a URL that look like secrets in plain text, each with its name: of a query, or `path`."""
    parts = urlsplit(template.removeprefix("VAR"))
    for part in parts.query.split("&"):
        name, _, value = part.partition("=")
        if LOOKS_SECRET.search(name) and SECRET.sub("", VARIABLE.sub("", value)):
            yield name, value
    yield from (("path", part) for part in parts.path.split("/") if RANDOM.fullmatch(VARIABLE.sub("", part)))


def filled(template: str, facts: Mapping[str, str], known: Mapping[str, str] | None = None) -> str:
    """Return the URL with the percent-encoded value of each variable; empty for a variable without a value.

    `known` are the secrets by name. Raises SecretMissing.
    The dots of a value that has only dots are encoded, too, because they would lead to another folder of the receiver.
    """

    def value(found: re.Match[str]) -> str:
        text = quote(facts.get(_known(found[1]), ""), safe="")
        return text if text.strip(".") else text.replace(".", "%2E")

    def secret(found: re.Match[str]) -> str:
        if not (text := (known or {}).get(found[1])):
            raise SecretMissing(found[1])
        return quote(text, safe="")

    # The value of a variable has no brace, because it is encoded: no caller can name a secret.
    return SECRET.sub(secret, VARIABLE.sub(value, template.removeprefix("VAR")))


def variables(template: str) -> list[str]:
    """Return the names of the variables in a URL; known names as NAMES spells them."""
    return [_SPELLED.get(name.lower(), name) for name in VARIABLE.findall(template)]


def empty(template: str) -> list[str]:
    """Return the names of the variables in a URL that are empty, each once, unless a list has such a custom field."""
    return [name for name in dict.fromkeys(variables(template)) if _known(name).startswith(CUSTOM)]


def _known(name: str) -> str:
    """Return a variable's name as the facts have it; an unknown one may be that of a custom field."""
    name = name.lower()
    return name if name.startswith(DATA) else _SPELLED.get(name, f"{CUSTOM}{name}")


def host(template: str) -> str:
    """Return the host of a URL in lower case. Raises ValueError if it has none, or if variables are in it."""
    parts = urlsplit(template.removeprefix("VAR"))
    name = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not name:
        raise ValueError("it must begin with http:// or https:// and a host")
    if "--A--" in parts.netloc or "{" in parts.netloc:
        raise ValueError("the host must not contain variables or secrets")
    if "@" in parts.netloc:
        raise ValueError("a URL must not contain a user and password")
    if parts.port == 0:
        raise ValueError("port 0 is not allowed")
    return name
