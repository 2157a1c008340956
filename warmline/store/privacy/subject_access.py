"""Finds the records of a person by telephone number, and exports them."""

import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warmline.core.rules import number_text
from warmline.leads import custom_fields, more_numbers
from warmline.leads.custom_fields import COLUMN
from warmline.options.values.entity import OptionError
from warmline.store.calls import call_comments
from warmline.store.database.reading import Row, reading, rows

if TYPE_CHECKING:
    from warmline.store.privacy.waiting_records import WaitingRecords

SHORTEST = 6  # digits; shorter numbers also match texts that are not telephone numbers

PREFIXES = """
    SELECT dial_prefix AS prefix FROM campaign UNION SELECT three_way_dial_prefix FROM campaign
"""
# Whether a lead has the number, in one or in two parts. `digits` and `has_further` are the functions below.
HAS = """
    (:number IN (digits(lead.phone_number), digits(lead.phone_code || lead.phone_number), digits(lead.alt_phone),
        digits(lead.phone_code || lead.alt_phone), digits(lead.address3), digits(lead.phone_code || lead.address3))
    OR lead.more_numbers <> '' AND has_further(:number, lead.phone_code, lead.more_numbers))
"""
# Calls with the person as customer, by number or lead.
CALLS = f"""
    SELECT id FROM call WHERE digits(number) = :number
    UNION SELECT call.id FROM call JOIN lead ON lead.lead_id = call.lead
    WHERE call.lead <> 0 AND {HAS} ORDER BY id
"""  # noqa: S608
# Calls of other customers, with the person as third party.
AS_THIRD = """
    SELECT DISTINCT call AS id FROM receipt WHERE call <> '' AND digits(number) = :number
    UNION SELECT owner FROM leg WHERE role = 'third' AND digits(number) = :number ORDER BY id
"""
LEADS = f"SELECT * FROM lead WHERE {HAS} ORDER BY lead_id"  # noqa: S608
DNC = "SELECT * FROM dnc WHERE digits(phone_number) = :number ORDER BY campaign"
FALLBACKS = "SELECT * FROM fallback WHERE digits(number) = :number ORDER BY at"
CALLBACKS = """
    SELECT * FROM callback
    WHERE digits(number) = :number OR call IN (SELECT value FROM json_each(:calls))
        OR lead IN (SELECT CAST(value AS INTEGER) FROM json_each(:leads))
    ORDER BY at
"""
OF_CALL = {
    "legs": "SELECT * FROM leg WHERE owner = :call ORDER BY created, id",
    "waits": "SELECT * FROM queue_wait WHERE call = :call ORDER BY entered, id",
    "commands": "SELECT * FROM receipt WHERE call = :call ORDER BY requested, id",
    "recordings": "SELECT * FROM recording WHERE call = :call ORDER BY asked, id",
    "dispositions": "SELECT * FROM disposition_entry WHERE call = :call ORDER BY at, id",
    "comments": call_comments.OF_CALL,
    "webhooks": "SELECT * FROM webhook WHERE call = :call ORDER BY queued, id",
}


@dataclass(frozen=True, slots=True)
class SubjectRecords:
    """The records of a person. In `calls` they are the customer; in `third` they are the third party.

    `mention` finds the number in a text, even after a dial prefix.
    """

    number: str
    mention: re.Pattern[str]
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
    """Return the digits of a telephone number in a text, by which numbers are compared.

    Letters end a number: `user3125550132` and `3125550132x7` have the number 3125550132, and no other one.
    """
    numbers = (re.sub("[^0-9]", "", part) for part in re.split("[A-Za-z_]+", str(text)))
    return max(numbers, key=len)


def has_further(number: str, code: str, stored: str) -> bool:
    """Return whether one of a lead's further numbers is that number, with the lead's country code or without it."""
    further = more_numbers.read(stored)
    return any(number in (one.digits, one.whole(code), one.digits.removeprefix(code)) for one in further)


def checked(number: str) -> str:
    """Return the digits of a number that can identify a person. Raises OptionError."""
    found = number_text.to_digits(number)
    if len(found) < SHORTEST:
        raise OptionError(
            "person_number_invalid",
            "{number!r} cannot identify a person; allowed: numbers of {shortest} digits or more",
            number=number,
            shortest=SHORTEST,
        )
    return found


def find(db: sqlite3.Connection, number: str) -> SubjectRecords:
    """Return all records with `number` (digits only), however it is written; a country code makes a difference."""
    db.create_function("digits", 1, digits, deterministic=True)
    db.create_function("has_further", 3, has_further, deterministic=True)
    calls = tuple(row["id"] for row in rows(db, CALLS, number=number))
    third = tuple(row["id"] for row in rows(db, AS_THIRD, number=number) if row["id"] not in calls)
    leads = rows(db, LEADS, number=number)
    of_person = {"calls": json.dumps(calls), "leads": json.dumps([row["lead_id"] for row in leads])}
    return SubjectRecords(
        number,
        _mention(db, number),
        calls,
        third,
        leads=leads,
        dnc=rows(db, DNC, number=number),
        callbacks=rows(db, CALLBACKS, number=number, **of_person),
        fallbacks=rows(db, FALLBACKS, number=number),
    )


def _mention(db: sqlite3.Connection, number: str) -> re.Pattern[str]:
    prefixes = "|".join(re.escape(row["prefix"]) for row in rows(db, PREFIXES) if row["prefix"])
    between = r"[^0-9A-Za-z\"]{0,3}"  # as in (030) 123-456
    return re.compile(rf"(?<![0-9])(?:{prefixes})?{between.join(number)}(?![0-9])")


def export(path: str | Path, number: str, waiting: "Sequence[WaitingRecords]" = ()) -> dict[str, Any]:
    """Return all records of the person, as rows of the tables; times in microseconds UTC.

    `notes` are the records in the stores of `waiting`, which are not in the database yet.

    Of calls with the person as third party, only their leg and the commands with their number are included. Recordings
    of such calls are left out, because they also belong to the customer. The journal is left out, because it has the
    same facts step by step. Raises OptionError, StoreError.
    """
    number = checked(number)
    with reading(path) as db:
        found = find(db, number)
        return {
            "number": number,
            "leads": [row | {COLUMN: custom_fields.read(row[COLUMN])} for row in found.leads],
            "calls": [_call(db, call) for call in found.calls],
            "third_party_in": [_third(db, call, number) for call in found.third],
            "callbacks": found.callbacks,
            "fallbacks": [
                row | {"comments": rows(db, call_comments.OF_CALL, call=row["id"])} for row in found.fallbacks
            ],
            "dnc": found.dnc,
            "notes": [note for store in waiting for note in store.find(found)],
        }


def _call(db: sqlite3.Connection, call: str) -> dict[str, Any]:
    [row] = rows(db, "SELECT * FROM call WHERE id = :call", call=call)
    return row | {name: rows(db, sql, call=call) for name, sql in OF_CALL.items()}


def _third(db: sqlite3.Connection, call: str, number: str) -> dict[str, Any]:
    of_call = {name: rows(db, OF_CALL[name], call=call) for name in ("legs", "commands")}
    return {"call": call} | {
        name: [row for row in found if digits(row["number"]) == number] for name, found in of_call.items()
    }
