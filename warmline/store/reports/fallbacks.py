"""Calls that took the dialplan's fallback: those that Warmline should have had, and could not have."""

from collections.abc import Mapping
from pathlib import Path

from warmline.store.database.reading import reading, rows

# A row with a place in the dialplan was sent there by its DID; a caller who hung up before took nothing.
TAKEN = "fallback.goto = '' AND fallback.reason <> 'hung up before queue'"

REASONS = f"""
    SELECT reason, count(*) AS calls FROM fallback LEFT JOIN call ON call.id = fallback.id
    WHERE at >= :start AND at < :end AND {TAKEN} AND call.connected IS NULL
    GROUP BY reason ORDER BY calls DESC, reason
"""  # noqa: S608 - conditions of our own


def reasons(path: str | Path, start: int, end: int) -> dict[str, int]:
    """How many calls took the fallback for which reason, the commonest first. Microseconds UTC. Raises StoreError."""
    with reading(path) as db:
        return {str(row["reason"]): int(row["calls"]) for row in rows(db, REASONS, start=start, end=end)}


def in_words(taken: Mapping[str, int], when: str = "") -> str:
    """Such as `12 took the fallback: the application is away`; "" for none. `when` follows fallback."""
    each = [reason if len(taken) == 1 else f"{count} {reason}" for reason, count in taken.items()]
    return f"{sum(taken.values())} took the fallback{when and f' {when}'}: {', '.join(each)}" if taken else ""
