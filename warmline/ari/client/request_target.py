"""The path and the query of a request, as they are in its first line."""

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote


def to_target(path: tuple[str, ...], query: Mapping[str, str | int] | None = None) -> str:
    """Return a path without its first slash. Each part of it is one segment, quoted here, as names and values are."""
    target = "/".join([_quote_text(part) for part in path])
    if query:
        target += "?" + "&".join([f"{_quote_text(name)}={_quote_text(str(value))}" for name, value in query.items()])
    return target


@lru_cache(maxsize=2000)
def _quote_text(text: str) -> str:
    """Return a quoted text; cached, because the same words and the ids of a call are in many requests."""
    return quote(text, safe="")
