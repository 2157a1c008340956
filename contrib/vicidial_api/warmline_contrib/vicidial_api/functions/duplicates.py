"""The duplicate checks of add_lead: the rules for the write, and the words of their refusals."""

import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.leads import phone_numbers
from warmline.store.database.reading import Row, reading
from warmline.store.leads import duplicate_leads, leads
from warmline.store.leads.duplicate_leads import NewLeadRule

PLACES: Mapping[str, tuple[Literal["list", "campaign", "system"], str]] = {
    "LIST": ("list", "IN LIST"),
    "CAMP": ("campaign", "IN CAMPAIGN LISTS"),
    "SYS": ("system", "IN SYSTEM"),
}
MOST_DAYS = 3660


class DuplicateKind(NamedTuple):
    """A kind of check: the word in its name, that of its refusal, and the fields that are compared and repeated."""

    word: str
    what: str
    same: tuple[tuple[str, ...], ...]
    repeated: tuple[str, ...] = ("phone_number",)


# In the order in which VICIdial makes them.
KINDS = (
    DuplicateKind("", "PHONE NUMBER", (("phone_number",),)),
    DuplicateKind("PHONEALT", "PHONE NUMBER", (("phone_number",), ("alt_phone=phone_number",))),
    DuplicateKind("TITLEALTPHONE", "TITLE ALT_PHONE", (("alt_phone", "title"),), ("title", "alt_phone")),
    DuplicateKind(
        "NAMEPHONE",
        "NAME PHONE",
        (("phone_number", "first_name", "last_name"),),
        ("first_name", "last_name", "phone_number"),
    ),
)


class DuplicateCheck(NamedTuple):
    """One check of a request."""

    kind: DuplicateKind
    place: str  # one of PLACES
    rule: NewLeadRule

    def refusal(self, given: Mapping[str, str], list_id: str, known: Row) -> str:
        """Return the words about a known lead."""
        values = [*(given.get(name, "") for name in self.kind.repeated), list_id, known["lead_id"]]
        if self.place != "LIST":
            values.append(known["list_id"])
        if self.kind.word == "PHONEALT":
            of_alt = not phone_numbers.same(known["phone_number"], given["phone_number"])
            values.append("ALT" if of_alt else "PHONE")
        return f"DUPLICATE {self.kind.what} {PLACES[self.place][1]} - {'|'.join(map(str, values))}"


class KnownLead(NamedTuple):
    """A lead that was found by a check."""

    check: DuplicateCheck
    lead: Row


def checks_of(text: str) -> list[DuplicateCheck]:
    """Return the checks that a field asks for, such as DUPLIST-DUPNAMEPHONESYS90DAY; its days are those of each."""
    days = max((min(int(one), MOST_DAYS) for one in re.findall(r"(\d{1,4})DAY", text.upper())), default=0)
    return [
        DuplicateCheck(kind, place, NewLeadRule("refuse", where, days, kind.same))
        for kind in KINDS
        for place, (where, _) in PLACES.items()
        if f"DUP{kind.word}{place}" in text.upper()
    ]


def first_known(
    path: str | Path,
    checks: Sequence[DuplicateCheck],
    list_id: str,
    given: Mapping[str, str],
    campaigns: VisibleCampaigns | None,
) -> KnownLead | None:
    """Return the first check that finds a lead, and the oldest lead that it finds.

    Raises OptionError, NotFound (list), StoreError.
    """
    with reading(path) as db:
        new = leads.columns(db, list_id, given) | {"list_id": list_id}
        for check in checks:
            found = duplicate_leads.all_like_new(db, check.rule, new, time.time_ns() // 1000, campaigns)
            if oldest := min(found, key=lambda lead: int(lead["lead_id"]), default=None):
                return KnownLead(check, oldest)
    return None
