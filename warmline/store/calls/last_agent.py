"""Finds the agent who gives a call its disposition."""

from pathlib import Path

from warmline.store.database.reading import reading, rows

CALL = "SELECT id, last_agent FROM call WHERE id = :call UNION SELECT id, last_agent FROM call WHERE agc_id = :call"


def last_agent(path: str | Path, call: str) -> tuple[str, str] | None:
    """Return the id and the last agent of the call with that id or agc_id; None if there is no such call.

    Raises StoreError.
    """
    with reading(path) as db:
        found = rows(db, CALL, call=call)
    return (str(found[0]["id"]), str(found[0]["last_agent"])) if found else None
