"""Searches leads: those that an agent may dial by name or number, and all by what other programs know of them."""

import re
import string
import sys
from pathlib import Path
from typing import NamedTuple

from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.store.configuration.campaign_owners import IN_LISTS, as_json, sees_lead_in
from warmline.store.database.errors import unknown_lead
from warmline.store.database.reading import Row, reading, rows
from warmline.store.leads import dnc, leads, number_reads
from warmline.store.leads.number_reads import MAX_LEADS, read_lead

OF_CAMPAIGN = """
    SELECT lead.* FROM lead JOIN list ON list.id = lead.list_id
    WHERE list.active = 'Y' AND list.campaign = :campaign AND lead_id > :after AND (
        :name = '' OR first_name || ' ' || last_name LIKE :part ESCAPE '^' OR last_name || ' ' || first_name LIKE :part
            ESCAPE '^' OR (:digits <> '' AND phone_code || phone_number LIKE '%' || :digits || '%')
    )
    ORDER BY lead_id LIMIT :most
"""
# The signs keep SQLite from reading the whole table in the order of its ids.
EQUAL = """
    SELECT lead.* FROM lead WHERE {field} AND :wanted IN ('', list_id) AND {seen} AND +lead_id > :after
    ORDER BY +lead_id LIMIT :most
"""
FIELDS = {
    "vendor_lead_code": "vendor_lead_code = :value AND vendor_lead_code <> ''",
    "email": "lower(email) = lower(:value) AND email <> ''",
}
# The index alone says which leads are found, so that no name makes SQLite read a million leads.
NAMED = """
    SELECT lead.* FROM (
        SELECT lead_id FROM lead WHERE last_name <> ''
            AND last_name COLLATE NOCASE >= :begins AND last_name COLLATE NOCASE < :behind
            AND (last_name COLLATE NOCASE > :begins OR lead_id > :after)
            AND lower(substr(first_name, 1, length(:first))) = lower(:first) AND :wanted IN ('', list_id) AND {seen}
        ORDER BY last_name COLLATE NOCASE, lead_id LIMIT :most
    ) AS found JOIN lead ON lead.lead_id = found.lead_id ORDER BY lead.last_name COLLATE NOCASE, lead.lead_id
"""
LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)  # as NOCASE of SQLite compares
PUNCTUATION = re.compile(r"[\s()/.+-]")


def of_campaign(path: str | Path, campaign: str, search: str = "", after: int = 0, most: int = 100) -> list[Row]:
    """Return up to `most` leads with ids above `after` in the active lists of a campaign.

    `do_not_call` of a lead names the do-not-call list that has its number; it is "" for other leads.
    `search` is part of a name, such as `byron` or `ada b`, or at least 3 digits of a number. Raises StoreError.
    """
    digits = PUNCTUATION.sub("", search)
    found = digits if digits.isascii() and digits.isdigit() and len(digits) > 2 else ""
    part = "%" + re.sub(r"([%_^])", r"^\1", search) + "%"
    with reading(path) as db:
        told = rows(db, OF_CAMPAIGN, campaign=campaign, after=after, most=most, name=search, part=part, digits=found)
        return [row | {"do_not_call": dnc.which(db, row["phone_number"], campaign)} for row in told]


class LeadSearch(NamedTuple):
    """A search by one value, in the list `wanted` or in all; with none, all leads are found.

    `name` is the beginning of a last name, or of both names as `LAST, FIRST`. Upper and lower case of name and e-mail
    address are equal.
    """

    number: str = ""
    vendor_lead_code: str = ""
    email: str = ""
    name: str = ""
    wanted: str = ""


def search(
    path: str | Path, asked: LeadSearch, after: int = 0, most: int = 100, campaigns: VisibleCampaigns | None = None
) -> list[Row]:
    """Return up to `most` leads after the lead `after`: by name in the order of names, by number the latest call first.

    All others are in the order of ids. Only leads in lists of the `campaigns` are returned; None for all.

    Raises:
        NotFound: the lead `after` does not exist, in a search by number or name.
        StoreError: the database cannot be read.
    """
    if asked.number:
        return with_number(path, asked.number, asked.wanted, after, most, campaigns, further=True)
    field = next((name for name in FIELDS if getattr(asked, name)), "")
    if not field and not asked.name:
        return leads.page(path, asked.wanted, after, most, campaigns)
    bound: dict[str, str | int] = {"wanted": asked.wanted, "after": after, "most": most}
    seen = IN_LISTS if campaigns else "TRUE"
    bound["campaigns"] = as_json(campaigns)
    with reading(path) as db:
        if field:
            bound["value"] = getattr(asked, field)
            return rows(db, EQUAL.format(field=FIELDS[field], seen=seen), **bound)
        last, _, first = (part.strip() for part in asked.name.translate(LOWER).partition(","))
        begins = last
        if after:
            if campaigns and not sees_lead_in(db, campaigns, after):
                raise unknown_lead(after)
            begins = max(last, str(read_lead(db, after)["last_name"]).translate(LOWER))
        bound |= {"begins": begins, "behind": last + chr(sys.maxunicode), "first": first}
        return rows(db, NAMED.format(seen=seen), **bound)


def with_number(
    path: str | Path,
    number: str,
    wanted: str = "",
    after: int = 0,
    most: int = MAX_LEADS,
    campaigns: VisibleCampaigns | None = None,
    *,
    further: bool = False,
) -> list[Row]:
    """Return up to `most` leads with that number, in the list `wanted` or in all, the latest call first.

    A lead has its phone_number; with `further`, also its `more_numbers`. Only leads after the lead `after` are
    returned, and only those in lists of the `campaigns`; None for all.

    Raises:
        NotFound: the lead `after` does not exist.
        StoreError: the database cannot be read.
    """
    with reading(path) as db:
        if after:
            read_lead(db, after)
            if campaigns and not sees_lead_in(db, campaigns, after):
                raise unknown_lead(after)
        return number_reads.find_leads(
            db,
            number,
            wanted,
            after=after,
            limit=most,
            seen=IN_LISTS if campaigns else "TRUE",
            campaigns=as_json(campaigns),
            further=further,
        )
