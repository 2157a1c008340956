"""Calls that never reached the app: the dialplan's fallback took them, or their DID led elsewhere in the dialplan."""

from collections.abc import Mapping
from pathlib import Path

from warmline.core.rules import login_rules
from warmline.store.database.reading import reading, rows

# A DID sent the calls with a `goto` into the dialplan; a caller who hung up before the queue took no fallback.
HUNG_UP = "hung up before queue"
# A phone whose login was refused took none, either.
IS_LOGIN = f"substr(fallback.reason, 1, {len(login_rules.REFUSAL_PREFIX)}) = '{login_rules.REFUSAL_PREFIX}'"
TAKEN = f"fallback.goto = '' AND fallback.reason <> '{HUNG_UP}' AND NOT {IS_LOGIN}"
DIALPLAN, FALLBACK, LOGIN_REFUSED, MISSED = "dialplan", "fallback", "login_refused", "missed"
# The outcome of a call that never reached the app.
OUTCOME = f"""CASE WHEN fallback.goto <> '' THEN '{DIALPLAN}' WHEN {IS_LOGIN} THEN '{LOGIN_REFUSED}'
    WHEN {TAKEN} THEN '{FALLBACK}' ELSE '{MISSED}' END"""

REASONS = f"""
    SELECT reason, count(*) AS calls FROM fallback LEFT JOIN call ON call.id = fallback.id
    WHERE at >= :start AND at < :end AND {TAKEN} AND call.connected IS NULL
    GROUP BY reason ORDER BY calls DESC, reason
"""  # noqa: S608 - only constants of the code


def reasons(path: str | Path, start: int, end: int) -> dict[str, int]:
    """Return the number of calls in the fallback by reason, most frequent first. Times in microseconds UTC."""
    with reading(path) as db:
        return {str(row["reason"]): int(row["calls"]) for row in rows(db, REASONS, start=start, end=end)}


REFUSED_LOGINS = f"""
    SELECT reason, count(*) AS logins FROM fallback WHERE at >= :start AND {IS_LOGIN}
    GROUP BY reason ORDER BY logins DESC, reason
"""  # noqa: S608 - only constants of the code


def refused_logins(path: str | Path, start: int) -> dict[str, int]:
    """Return the number of refused logins at phones since `start` (microseconds UTC) by reason, most frequent first."""
    with reading(path) as db:
        found = rows(db, REFUSED_LOGINS, start=start)
    return {str(row["reason"]).removeprefix(login_rules.REFUSAL_PREFIX): int(row["logins"]) for row in found}


def took_fallback(note: Mapping[str, object]) -> bool:
    """Return whether a call whose row this is took the fallback; TAKEN says the same in SQL."""
    reason = str(note["reason"])
    return not (note["goto"] or reason == HUNG_UP or reason.startswith(login_rules.REFUSAL_PREFIX))


def in_words(taken: Mapping[str, int], when: str = "") -> str:
    """Return a text such as `12 took the fallback: the application is away`; "" for no calls.

    `when` is a text after the word fallback.
    """
    each = [reason if len(taken) == 1 else f"{count} {reason}" for reason, count in taken.items()]
    return f"{sum(taken.values())} took the fallback{when and f' {when}'}: {', '.join(each)}" if taken else ""
