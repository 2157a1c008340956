"""Which row an id means of which somebody gives the beginning."""

import re
from collections.abc import Sequence
from pathlib import Path

from warmline.store.database.errors import Conflict
from warmline.store.database.reading import reading, rows

LENGTH = 26  # letters of an id
SHORTEST = 4  # letters of one that may stand for it
NAMED = 5  # how many of several an answer names
FIND = {
    what: f"SELECT id FROM {what} WHERE id BETWEEN :start AND :end ORDER BY id LIMIT :most"  # noqa: S608 - our own words
    for what in ("call", "callback")
}


def whole_id(path: str | Path, what: str, wanted: str) -> str:
    """The id of the call or callback (`what`) that begins like that; `wanted` itself if there is none.

    Raises StoreError; Conflict if there are several, or it is too short to tell.
    """
    check_length(what, wanted)
    if not re.fullmatch(rf"[0-7][0-9A-Za-z]{{{SHORTEST - 1},{LENGTH - 2}}}", wanted):
        return wanted
    start = wanted.upper()
    with reading(path) as db:
        found = [str(row["id"]) for row in rows(db, FIND[what], start=start, end=f"{start}~", most=NAMED + 1)]
    if len(found) > 1:
        raise ambiguous(what, wanted, found, " and others" if len(found) > NAMED else "")
    return found[0] if found else wanted


def ambiguous(what: str, wanted: str, ids: Sequence[str], more: str) -> Conflict:
    """Make the error for the beginning of several ids; `more` follows those that are named."""
    return Conflict(
        "id_ambiguous",
        "{what} {wanted!r} can be {ids}{more}; give more letters of the id",
        what=what,
        wanted=wanted,
        ids=", ".join(ids[:NAMED]),
        more=more,
    )


def check_length(what: str, wanted: str) -> None:
    """Refuse the beginning of an id that is too short to tell one from another. Raises Conflict."""
    if re.fullmatch(rf"0[0-9A-Za-z]{{0,{SHORTEST - 2}}}", wanted):
        raise Conflict(
            "id_too_short",
            "{what} {wanted!r} is too short; give at least {shortest} letters of the id",
            what=what,
            wanted=wanted,
            shortest=SHORTEST,
        )
