"""Calls that never reached the app: the dialplan's fallback took them, or their DID led elsewhere in the dialplan."""

from collections.abc import Mapping
from pathlib import Path

from warmline.store.database.reading import reading, rows

# A DID sent the calls with a `goto` into the dialplan; a caller who hung up before the queue took no fallback.
TAKEN = "fallback.goto = '' AND fallback.reason <> 'hung up before queue'"
DIALPLAN, FALLBACK, MISSED = "dialplan", "fallback", "missed"
# The outcome of a call that never reached the app.
OUTCOME = f"CASE WHEN fallback.goto <> '' THEN '{DIALPLAN}' WHEN {TAKEN} THEN '{FALLBACK}' ELSE '{MISSED}' END"

REASONS = f"""
    SELECT reason, count(*) AS calls FROM fallback LEFT JOIN call ON call.id = fallback.id
    WHERE at >= :start AND at < :end AND {TAKEN} AND call.connected IS NULL
    GROUP BY reason ORDER BY calls DESC, reason
"""  # noqa: S608 - only constants of the code


def reasons(path: str | Path, start: int, end: int) -> dict[str, int]:
    """Return the number of calls in the fallback by reason, most frequent first. Times in microseconds UTC."""
    with reading(path) as db:
        return {str(row["reason"]): int(row["calls"]) for row in rows(db, REASONS, start=start, end=end)}


def in_words(taken: Mapping[str, int], when: str = "") -> str:
    """Return a text such as `12 took the fallback: the application is away`; "" for no calls.

    `when` is a text after the word fallback.
    """
    each = [reason if len(taken) == 1 else f"{count} {reason}" for reason, count in taken.items()]
    return f"{sum(taken.values())} took the fallback{when and f' {when}'}: {', '.join(each)}" if taken else ""
