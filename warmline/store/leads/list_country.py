"""Gives the leads of a list their country code and their places, after the list got its country."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from warmline.leads import lead_places, phone_numbers
from warmline.leads.phone_numbers import PhoneNumberError
from warmline.store.database import long_writes
from warmline.store.database.reading import each, reading
from warmline.store.leads.leads import country_of

UNPLACED = """
    SELECT * FROM lead WHERE list_id = :list AND lead_id > :after AND (phone_code = '' OR time_zones = '')
    ORDER BY lead_id LIMIT :most
"""
AT_ONCE = 2000  # leads
PLACE = """
    UPDATE lead SET phone_code = ?, phone_number = ?, time_zones = ?, jurisdictions = ?
    WHERE lead_id = ? AND list_id = ? AND phone_number = ?
"""


class PlacedList(NamedTuple):
    """How many leads were changed, and how many have no place after that: these are not dialled automatically."""

    changed: int
    without: int


class PlacedPart(NamedTuple):
    """How many leads of a part were changed, and the last one; `after` is 0 at the end of the list."""

    changed: int
    after: int


def place(path: str | Path, list_id: str) -> PlacedList:
    """Read the numbers without a country code as numbers of the list's country, and place their leads.

    The leads are changed in short transactions, between which the app can write. Raises NotFound (list), StoreError.
    """
    changed, after = 0, 0
    while True:
        done = place_part(path, list_id, after)
        changed, after = changed + done.changed, done.after
        if not after:
            return PlacedList(changed, without(path, list_id))


def place_part(path: str | Path, list_id: str, after: int, most: int = AT_ONCE) -> PlacedPart:
    """Do the same for up to `most` leads after that lead, in the order of their ids. Raises NotFound, StoreError."""
    with reading(path) as db:
        country = country_of(db, list_id)
        found = [*each(db, UNPLACED, list=list_id, after=after, most=most)]
    new = [one for one in (_placed(lead, list_id, country) for lead in found) if one]
    with long_writes.patient(path) as db:
        changed = long_writes.run(db, ((PLACE, one) for one in new))
    return PlacedPart(changed, found[-1]["lead_id"] if len(found) == most else 0)


def without(path: str | Path, list_id: str) -> int:
    """Count the leads of a list that have no place. Raises StoreError."""
    with reading(path) as db:
        [found] = each(db, "SELECT count(*) AS n FROM lead WHERE list_id = :list AND time_zones = ''", list=list_id)
    return int(found["n"])


def _placed(lead: Mapping[str, Any], list_id: str, country: str) -> tuple[object, ...]:
    """Return the values of PLACE, or nothing if the lead stays as it is."""
    code, number = (lead["phone_code"], lead["phone_number"])
    if not code and country:
        code, number = _of_country(number, country)
    new = {**lead, "phone_code": code, "phone_number": number}
    found: Mapping[str, Any] = lead_places.columns(new, country)
    after = code, number, found["time_zones"], found["jurisdictions"]
    if after == (lead["phone_code"], lead["phone_number"], lead["time_zones"], lead["jurisdictions"]):
        return ()
    return *after, lead["lead_id"], list_id, lead["phone_number"]


def _of_country(number: str, country: str) -> tuple[str, str]:
    """Return the code and the national number; a number that is none of the country stays as it is."""
    for text in (f"+{number}", number):
        try:
            code, national = phone_numbers.parted(text, country)
        except PhoneNumberError:
            continue
        if text == number or phone_numbers.is_calling_code(code, country):
            return code, national
    return "", number
