"""Turns as one text for the function of PostgreSQL that writes them (commit_function.py)."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

CALL = "SELECT commit_turns(CAST(? AS jsonb))"  # true if it wrote the turns; false if they are there already

NUL = "\0"
NO_TEXT = "\N{REPLACEMENT CHARACTER}"  # in place of the one character that PostgreSQL has in no text

_encoder = msgspec.json.Encoder()


def of(
    journalled: Sequence[Sequence[Any]], operations: Iterable[tuple[str, Sequence[Any]]], behind: tuple[int, str]
) -> str:
    """Return rows of the journal, and the names and values of the operations that follow from them, as JSON.

    `behind` are the number and the hash of the row before them.
    """
    rows = [(name, *map(_stored, values)) for name, values in operations]
    message = {"journal": journalled, "rows": rows, "behind": behind}
    made = _encoder.encode(message)
    if b"\\u0000" in made:
        rows = [tuple(one.replace(NUL, NO_TEXT) if isinstance(one, str) else one for one in row) for row in rows]
        made = _encoder.encode(message | {"rows": rows})
    return made.decode()


def _stored(value: Any) -> Any:
    return int(value) if value is True or value is False else value
