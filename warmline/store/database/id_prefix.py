"""Finds the call or callback whose id begins with the letters that a person gives."""

import re
from collections.abc import Sequence
from pathlib import Path

from warmline.store.database.errors import Conflict
from warmline.store.database.reading import reading, rows

LENGTH = 26  # letters of an id
SHORTEST = 4  # letters accepted in place of a whole id
NAMED = 5  # ids that the error of an ambiguous prefix lists
FIND = {
    what: f"SELECT id FROM {what} WHERE id BETWEEN :start AND :end ORDER BY id LIMIT :most"  # noqa: S608 - only constants of the code
    for what in ("call", "callback")
}


def whole_id(path: str | Path, what: str, wanted: str) -> str:
    """Return the id of the call or callback (`what`) that begins with `wanted`; `wanted` itself if there is none.

    Raises:
        Conflict: several ids begin with `wanted`, or it is too short.
        StoreError: the database cannot be read.
    """
    check_length(what, wanted)
    if not is_prefix(wanted):
        return wanted
    start = wanted.upper()
    with reading(path) as db:
        found = [str(row["id"]) for row in rows(db, FIND[what], start=start, end=f"{start}~", most=NAMED + 1)]
    if len(found) > 1:
        raise ambiguous(what, wanted, found, " and others" if len(found) > NAMED else "")
    return found[0] if found else wanted


def is_prefix(wanted: str) -> bool:
    """Return whether a text can be the beginning of an id, but not a whole id."""
    return bool(re.fullmatch(rf"[0-7][0-9A-Za-z]{{{SHORTEST - 1},{LENGTH - 2}}}", wanted))


def ambiguous(what: str, wanted: str, ids: Sequence[str], more: str) -> Conflict:
    """Make the error for a prefix of several ids; `more` is the text after the ids that the error lists."""
    return Conflict(
        "id_ambiguous",
        "{what} {wanted!r} can be {ids}{more}; give more letters of the id",
        what=what,
        wanted=wanted,
        ids=", ".join(ids[:NAMED]),
        more=more,
    )


def check_length(what: str, wanted: str) -> None:
    """Raise Conflict if `wanted` is too short to identify a call or callback (`what`)."""
    if re.fullmatch(rf"0[0-9A-Za-z]{{0,{SHORTEST - 2}}}", wanted):
        raise Conflict(
            "id_too_short",
            "{what} {wanted!r} is too short; give at least {shortest} letters of the id",
            what=what,
            wanted=wanted,
            shortest=SHORTEST,
        )
