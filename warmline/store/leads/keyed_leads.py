"""Finds leads by one value, in one list, in a campaign's lists or anywhere, with the custom fields of their list."""

import json
from pathlib import Path
from typing import NamedTuple

from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.core.rules import number_text
from warmline.leads import custom_fields, phone_numbers
from warmline.store.configuration.campaign_owners import IN_LISTS, as_json
from warmline.store.database.reading import Row, each, reading, rows
from warmline.store.leads.duplicate_leads import IN_SYSTEM, SCOPES

LEAD_ID, VENDOR_LEAD_CODE, PHONE_NUMBER = "lead_id", "vendor_lead_code", "phone_number"
BY = {
    LEAD_ID: "lead.lead_id = :lead",
    VENDOR_LEAD_CODE: "lead.vendor_lead_code = :value AND lead.vendor_lead_code <> ''",
    # Only the newest numbers with the same end are compared, because a placeholder may be there very often.
    PHONE_NUMBER: """
        lead.lead_id IN (
            SELECT lead_id FROM lead WHERE substr(phone_number, -7) = :tail ORDER BY lead_id DESC LIMIT 10000
        )
    """,
}
FOUND = """
    SELECT lead.*, ifnull((SELECT custom_fields FROM list WHERE list.id = list_id), '[]') AS custom_names
    FROM lead WHERE {by} AND {scope} AND {seen} ORDER BY entry_date DESC, lead_id
"""
CALLED = """
    SELECT lead.*, ifnull((SELECT custom_fields FROM list WHERE list.id = list_id), '[]') AS custom_names
    FROM lead WHERE {seen} AND lead_id IN (
        SELECT lead FROM call WHERE arrived >= :begin AND arrived < :end AND lead <> 0 AND ifnull((
            SELECT status FROM disposition_entry WHERE call = call.id ORDER BY at DESC, id DESC LIMIT 1
        ), call.status) = :status
    )
    ORDER BY lead_id LIMIT :most
"""
MOST = 1000  # leads
LAST = 2**63 - 1  # the largest id of a lead


class LeadKey(NamedTuple):
    """The field and value by which leads are searched: in the list, the campaign of the list, or the whole system."""

    by: str
    value: str
    where: str = IN_SYSTEM
    list_id: str = ""


def found(path: str | Path, search: LeadKey, campaigns: VisibleCampaigns | None = None, most: int = MOST) -> list[Row]:
    """Return up to `most` leads, the newest first, and of equally new ones the lowest id first.

    Only leads in lists of the `campaigns` are found; None for all. `custom_fields` of each is a mapping with a text for
    each name of its list. Raises StoreError.
    """
    digits = number_text.to_digits(search.value)
    if not search.value or (search.by == PHONE_NUMBER and not digits):
        return []
    sql = FOUND.format(by=BY[search.by], scope=SCOPES[search.where], seen=IN_LISTS if campaigns else "TRUE")
    values: dict[str, str | int | None] = {
        "lead": min(int(search.value), LAST) if search.by == LEAD_ID else 0,
        "value": search.value,
        "tail": digits[-phone_numbers.TAIL :],
        "list_id": search.list_id,
        "campaigns": as_json(campaigns),
    }
    leads: list[Row] = []
    with reading(path) as db:
        for row in each(db, sql, **values):
            if search.by == PHONE_NUMBER and not phone_numbers.is_of(digits, row["phone_code"], row["phone_number"]):
                continue
            leads.append(_with_own(row))
            if len(leads) == most:
                break
    return leads


def called(path: str | Path, status: str, begin: int, end: int, campaigns: VisibleCampaigns | None = None) -> list[Row]:
    """Return the leads of calls that began in that time (microseconds UTC) and got a status, as `found` does.

    Raises StoreError.
    """
    sql = CALLED.format(seen=IN_LISTS if campaigns else "TRUE")
    seen = as_json(campaigns)
    with reading(path) as db:
        found = rows(db, sql, status=status, begin=begin, end=end, campaigns=seen, most=MOST)
        return [_with_own(row) for row in found]


def _with_own(row: Row) -> Row:
    names = json.loads(row.pop("custom_names"))
    return row | {custom_fields.COLUMN: custom_fields.whole(row[custom_fields.COLUMN], names)}
