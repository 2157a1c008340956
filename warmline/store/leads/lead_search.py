"""The leads that an agent may dial: those of the campaign's lists, searched by name or number."""

import re
from pathlib import Path

from warmline.store.database.reading import Row, reading, rows
from warmline.store.leads import dnc

OF_CAMPAIGN = """
    SELECT lead.* FROM lead JOIN list ON list.id = lead.list_id
    WHERE list.active = 'Y' AND list.campaign = :campaign AND lead_id > :after AND (
        :name = '' OR first_name || ' ' || last_name LIKE :part ESCAPE '^' OR last_name || ' ' || first_name LIKE :part
            ESCAPE '^' OR (:digits <> '' AND phone_code || phone_number LIKE '%' || :digits || '%')
    )
    ORDER BY lead_id LIMIT :most
"""
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
