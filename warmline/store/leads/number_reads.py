"""Reads leads and do-not-call entries by their number. AGI scripts load this module too, so it imports little.

The connections give rows by name (sqlite3.Row).
"""

from itertools import islice

from warmline.core.rules import number_text
from warmline.leads import phone_numbers
from warmline.store.database.errors import unknown_lead
from warmline.store.database.rows import each, rows

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    import sqlite3
    from typing import Any

MAX_LEADS = 100  # with one number that are shown
MAX_COMPARED = 10_000  # of the newest numbers with the same end; every call waits during this search
# Numbers with the same last digits; `phone_numbers` decides which of these few are the same. The latest call is first,
# with `:own_first` after the lists 998 and 999, for which Warmline makes leads itself (MANUAL and INBOUND).
LEADS_WITH_TAIL = """
    SELECT lead.* FROM (
        SELECT * FROM (
            SELECT lead_id FROM lead WHERE substr(phone_number, -7) = :tail ORDER BY lead_id DESC LIMIT :many
        ) UNION SELECT * FROM (
            SELECT lead_id FROM more_number WHERE :further <> 0 AND tail = :tail ORDER BY lead_id DESC LIMIT :many
        )
    ) AS same JOIN lead ON lead.lead_id = same.lead_id
    WHERE :wanted IN ('', list_id) AND {seen} AND (:after = 0 OR (ifnull(-last_call, 1), -lead.lead_id) > (
        SELECT ifnull(-last_call, 1), -lead_id FROM lead WHERE lead_id = :after
    ))
    ORDER BY iif(:own_first <> 0 AND list_id IN ('998', '999'), 1, 0), ifnull(-last_call, 1), -lead.lead_id
"""
DNC_WITH_TAIL = (
    "SELECT * FROM dnc WHERE substr(phone_number, -7) = :tail AND campaign IN ('', :campaign) ORDER BY campaign"
)
SYSTEM_DNC = "the system's do-not-call list"


def read_lead(db: "sqlite3.Connection", lead_id: int) -> "dict[str, Any]":
    """Return the lead of that id. Raises NotFound."""
    found = rows(db, "SELECT * FROM lead WHERE lead_id = :lead", lead=min(lead_id, 2**63 - 1))
    if not found:
        raise unknown_lead(lead_id)
    return found[0]


def find_leads(
    db: "sqlite3.Connection",
    number: str,
    list_id: str = "",
    *,
    after: int = 0,
    limit: int = MAX_LEADS,
    seen: str = "TRUE",
    campaigns: str = "",
    further: bool = False,
    own_first: bool = False,
) -> "list[dict[str, Any]]":
    """Return up to `limit` leads with that number, of one list or of all, the latest call first.

    A lead has its phone_number; with `further`, also its `more_numbers`. Only leads behind the lead `after` are
    returned, and only those for which the condition `seen`, with its `:campaigns`, is true. With `own_first`, leads of
    the lists 998 and 999, which Warmline fills itself, are behind all others.
    """
    caller = number_text.to_digits(number)
    if not caller:
        return []
    found = each(
        db,
        LEADS_WITH_TAIL.format(seen=seen),
        tail=caller[-phone_numbers.TAIL :],
        wanted=list_id,
        after=after,
        many=MAX_COMPARED,
        campaigns=campaigns,
        further=further,
        own_first=own_first,
    )
    return list(islice((lead for lead in found if _has_number(lead, caller, further=further)), limit))


def _has_number(lead: "dict[str, Any]", caller: str, *, further: bool) -> bool:
    """Return whether a lead has a number, given by its digits."""
    code = lead["phone_code"]
    if phone_numbers.is_of(caller, code, lead["phone_number"]):
        return True
    if not further or not lead["more_numbers"]:
        return False
    from warmline.leads import more_numbers  # AGI scripts look for the main number alone

    return any(number.is_of(caller, code) for number in more_numbers.read(lead["more_numbers"]))


def find_dnc_entries(db: "sqlite3.Connection", number: str, campaign: str = "") -> "list[dict[str, Any]]":
    """Return the do-not-call entries for a number, those of the system first, then those of the campaign."""
    digits = number_text.to_digits(number)
    found = rows(db, DNC_WITH_TAIL, tail=digits[-phone_numbers.TAIL :], campaign=campaign) if digits else []
    return [row for row in found if phone_numbers.same(digits, row["phone_number"])]


def describe_dnc_list(campaign: str) -> str:
    """Return the name of a campaign's do-not-call list, or of the system's."""
    return f"the do-not-call list of campaign {campaign}" if campaign else SYSTEM_DNC
