"""Fills the places of leads that were created before leads had them."""

import sqlite3

from warmline.leads import lead_places

LEADS = """
    SELECT lead_id, country, phone_code, phone_number, state, province, postal_code, country_code
    FROM lead JOIN list ON list.id = lead.list_id
"""


def fill(connection: sqlite3.Connection) -> None:
    """Set time_zones and jurisdictions of each lead. Call this in a transaction. Raises sqlite3.Error."""
    cursor = connection.execute(LEADS)
    names = [column[0] for column in cursor.description]
    found = (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
    connection.executemany(
        "UPDATE lead SET time_zones = :time_zones, jurisdictions = :jurisdictions WHERE lead_id = :lead_id",
        (lead_places.columns(lead, lead["country"]) | {"lead_id": lead["lead_id"]} for lead in found),
    )
