"""Where a person is in the records, found by a telephone number; and all that is kept of him."""

import json
import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warmline.options.entity import OptionError
from warmline.store.database.reading import Row, reading, rows

SHORTEST = 6  # digits: fewer are found in what is no telephone number

# As the customer: by the number, or with a lead of his. `digits` is a function of ours.
CALLS = """
    SELECT id FROM call WHERE digits(number) = :number
    UNION SELECT call.id FROM call JOIN lead ON lead.lead_id = call.lead
    WHERE call.lead <> 0 AND :number IN (digits(lead.phone_number), digits(lead.alt_phone))
"""
# As the third party of somebody else's call.
AS_THIRD = """
    SELECT DISTINCT call AS id FROM receipt WHERE call <> '' AND digits(number) = :number
    UNION SELECT owner FROM leg WHERE role = 'third' AND digits(number) = :number
"""
LEADS = "SELECT * FROM lead WHERE :number IN (digits(phone_number), digits(alt_phone)) ORDER BY lead_id"
DNC = "SELECT * FROM dnc WHERE digits(phone_number) = :number ORDER BY campaign"
FALLBACKS = "SELECT * FROM fallback WHERE digits(number) = :number ORDER BY at"
CALLBACKS = """
    SELECT * FROM callback WHERE digits(number) = :number OR call IN (SELECT value FROM json_each(:calls)) ORDER BY at
"""
OF_CALL = {
    "legs": "SELECT * FROM leg WHERE owner = :call ORDER BY created, id",
    "waits": "SELECT * FROM queue_wait WHERE call = :call ORDER BY entered, id",
    "commands": "SELECT * FROM receipt WHERE call = :call ORDER BY requested, id",
    "recordings": "SELECT * FROM recording WHERE call = :call ORDER BY asked, id",
    "dispositions": "SELECT * FROM disposition_entry WHERE call = :call ORDER BY at, id",
    "webhooks": "SELECT * FROM webhook WHERE call = :call ORDER BY queued, id",
}


@dataclass(frozen=True, slots=True)
class SubjectRecords:
    """`calls`: as the customer; `third`: of other people, in which he was the third party."""

    number: str
    calls: tuple[str, ...]
    third: tuple[str, ...]
    leads: list[Row]
    dnc: list[Row]
    callbacks: list[Row]
    fallbacks: list[Row]

    @property
    def unknown(self) -> bool:
        return not (self.calls or self.third or self.leads or self.dnc or self.callbacks or self.fallbacks)


def digits(text: object) -> str:
    """What counts of a telephone number."""
    return re.sub("[^0-9]", "", str(text))


def checked(number: str) -> str:
    """The digits of a number that a person can be found by. Raises OptionError."""
    found = digits(number)
    if len(found) < SHORTEST or re.search(r"[^0-9+()\s./-]", number):
        raise OptionError(
            "person_number_invalid",
            "{number!r} cannot identify a person; allowed: numbers of {shortest} digits or more",
            number=number,
            shortest=SHORTEST,
        )
    return found


def find(db: sqlite3.Connection, number: str) -> SubjectRecords:
    """Everything with this number, however it is written; a country's code counts. `number`: digits alone."""
    db.create_function("digits", 1, digits, deterministic=True)
    calls = tuple(row["id"] for row in rows(db, CALLS, number=number))
    third = tuple(row["id"] for row in rows(db, AS_THIRD, number=number) if row["id"] not in calls)
    return SubjectRecords(
        number,
        calls,
        third,
        leads=rows(db, LEADS, number=number),
        dnc=rows(db, DNC, number=number),
        callbacks=rows(db, CALLBACKS, number=number, calls=json.dumps(calls)),
        fallbacks=rows(db, FALLBACKS, number=number),
    )


def export(path: str | Path, number: str) -> dict[str, Any]:
    """All that is kept of the person, as the rows of the tables are; times in microseconds UTC.

    Of calls in which he was the third party, what was his: his line and the commands with his number, but not the
    recordings, which are the customer's too. The journal is left out: it has the same once more, step by step.
    Raises OptionError, StoreError.
    """
    number = checked(number)
    with reading(path) as db:
        found = find(db, number)
        return {
            "number": number,
            "leads": found.leads,
            "calls": [_call(db, call) for call in found.calls],
            "third_party_in": [_third(db, call, number) for call in found.third],
            "callbacks": found.callbacks,
            "fallbacks": found.fallbacks,
            "dnc": found.dnc,
        }


def _call(db: sqlite3.Connection, call: str) -> dict[str, Any]:
    [row] = rows(db, "SELECT * FROM call WHERE id = :call", call=call)
    return row | {name: rows(db, sql, call=call) for name, sql in OF_CALL.items()}


def _third(db: sqlite3.Connection, call: str, number: str) -> dict[str, Any]:
    of_call = {name: rows(db, OF_CALL[name], call=call) for name in ("legs", "commands")}
    return {"call": call} | {
        name: [row for row in found if digits(row["number"]) == number] for name, found in of_call.items()
    }
