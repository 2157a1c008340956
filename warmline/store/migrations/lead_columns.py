"""Fills the columns of leads that were created before leads had them."""

import sqlite3

from warmline.leads import lead_places

LEADS = """
    SELECT lead_id, country, phone_code, phone_number, state, province, postal_code, country_code
    FROM lead JOIN list ON list.id = lead.list_id
"""
# As the triggers of schema.sql count and plan. An unchanged status is written so that the trigger lead_recycled runs.
PASSES = """
    UPDATE lead SET passes = dialled.calls
    FROM (SELECT lead, count(*) AS calls FROM call WHERE direction = 'out' AND lead <> 0 GROUP BY lead) AS dialled
    WHERE dialled.lead = lead.lead_id
"""
NEXT_TRIES = "UPDATE lead SET status = status WHERE passes > 0"


def fill_places(connection: sqlite3.Connection) -> None:
    """Set time_zones and jurisdictions of each lead. Call this in a transaction. Raises sqlite3.Error."""
    cursor = connection.execute(LEADS)
    names = [column[0] for column in cursor.description]
    found = (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
    connection.executemany(
        "UPDATE lead SET time_zones = :time_zones, jurisdictions = :jurisdictions WHERE lead_id = :lead_id",
        (lead_places.columns(lead, lead["country"]) | {"lead_id": lead["lead_id"]} for lead in found),
    )


def fill_passes(connection: sqlite3.Connection) -> None:
    """Set passes and next_try of each lead as if its calls had been counted. Call this in a transaction.

    Raises sqlite3.Error.
    """
    connection.execute(PASSES)
    connection.execute(NEXT_TRIES)
