"""Tells which leads of an import are known already: in their list, their campaign, or any list."""

import sqlite3
from typing import NamedTuple

from warmline.leads import phone_numbers

DAY = 86_400_000_000  # microseconds
IN_LIST, IN_CAMPAIGN, IN_SYSTEM = "list", "campaign", "system"
SCOPES = {
    IN_LIST: "list_id = :list_id",
    IN_CAMPAIGN: """
        (list_id = :list_id OR list_id IN (
            SELECT id FROM list WHERE campaign = (SELECT campaign FROM list WHERE id = :list_id)
        ))
    """,
    IN_SYSTEM: "TRUE",
}
# Two leads of a list are the same if they have the same vendor_lead_code, or, without one, the same number.
USUAL = """
    (EXISTS (
        SELECT 1 FROM {table} WHERE :vendor_lead_code <> ''
        AND vendor_lead_code = :vendor_lead_code AND vendor_lead_code <> '' AND list_id = :list_id{more}
    ) OR EXISTS (
        SELECT 1 FROM {table} WHERE :vendor_lead_code = ''
        AND list_id = :list_id AND phone_number = :phone_number{more}
    ) OR :vendor_lead_code = '' AND {same})
"""
# Only the newest numbers with the same end are compared, because a placeholder may be there a hundred thousand times.
SAME = """
    EXISTS (
        SELECT 1 FROM (
            SELECT * FROM {table} WHERE substr(phone_number, -7) = :tail{more} ORDER BY rowid DESC LIMIT 2000
        ) WHERE {scope} AND entry_date >= :since
        AND same_number(phone_code || phone_number, :phone_code || :phone_number)
    )
"""
# The leads that a dry run would have imported; SQLite moves a large table to a temporary file.
SEEN = """
    CREATE TEMP TABLE seen (list_id, vendor_lead_code, phone_number, phone_code, entry_date);
    CREATE INDEX temp.seen_number ON seen (list_id, phone_number);
    CREATE INDEX temp.seen_tail ON seen (substr(phone_number, -7));
    CREATE INDEX temp.seen_vendor ON seen (vendor_lead_code) WHERE vendor_lead_code <> '';
"""
SEEN_COLUMNS = ("list_id", "vendor_lead_code", "phone_number", "phone_code", "entry_date")


class DuplicateRule(NamedTuple):
    """A rule about duplicates: no lead of the `list`, `campaign` or `system` has the number; "" is the usual rule.

    With `days`, leads that are older do not count. The number counts with and without its country code.
    """

    where: str = ""
    days: int = 0


USUAL_RULE = DuplicateRule()


def prepare(db: sqlite3.Connection) -> None:
    """Let the statements of this connection compare numbers."""
    db.create_function("same_number", 2, phone_numbers.same, deterministic=True)


def is_known(rule: DuplicateRule, table: str, more: str = "") -> str:
    """Return the condition that the table has a lead already; `more` narrows the leads of the table.

    Its values are the fields of the lead and those of `values`.
    """
    same = SAME.format(table=table, scope=SCOPES[rule.where or IN_LIST], more=more)
    usual = USUAL.format(table=table, more=more, same=same)
    return f"({usual} OR {same})" if rule.where else usual


def values(rule: DuplicateRule, number: str, now: int) -> dict[str, str | int]:
    """Return the values of `is_known` that are in no field. `now` is in microseconds UTC."""
    since = now - rule.days * DAY if rule.days else 0
    return {"tail": number[-phone_numbers.TAIL :], "since": since}
