"""Turns the values of FreePBX's tables into texts, whether a server, a dump or a backup has them."""

import re
from typing import Any

from warmline_contrib.imports import mysql_dump

# Halves of a letter, which JSON may have alone, without those that stand for a byte that is no UTF-8.
HALVES = re.compile("[\ud800-\udc7f\udd00-\udfff]")


def text(value: Any) -> str:
    """Return a value as text; nothing is an empty text. A server gives a column of the type BLOB as bytes."""
    if value is None:
        return ""
    return readable(value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else str(value))


def readable(text: str) -> str:
    """Return a text with letters for bytes that are no UTF-8, as `mysql_dump.readable` does, and without halves."""
    return text if text.isascii() else mysql_dump.readable(HALVES.sub("\ufffd", text))
