"""The past calls with a lead or with its number, as the agent's screen and the lead's page show them."""

from pathlib import Path

from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.core.rules import number_text
from warmline.leads import phone_numbers
from warmline.store.database.reading import Row, reading, rows

OWN_CALLS = "lead IN (0, :lead)"
HISTORY = """
    SELECT past.id, arrived, connected, ended, number, dialled, ingroup, last_agent, ended_by, lead,
        ifnull(given.status, past.status) AS status, ifnull(given.notes, '') AS notes,
        ifnull((SELECT full_name FROM known_agent AS known WHERE known.id = last_agent), '') AS full_name,
        ifnull((SELECT status_name FROM disposition AS code WHERE code.id = ifnull(given.status, past.status)), '')
            AS status_name
    FROM call AS past LEFT JOIN disposition_entry AS given ON given.id = (
        SELECT id FROM disposition_entry WHERE call = past.id ORDER BY at DESC, id DESC LIMIT 1
    )
    WHERE (lead = :lead OR (number <> '' AND substr(number, -7) = :tail)) AND {seen}
    ORDER BY arrived DESC, past.id DESC LIMIT 100
"""


def of_lead(path: str | Path, lead: Row, campaigns: VisibleCampaigns | None = None) -> list[Row]:
    """Return the last 100 calls with that lead or its number, newest first.

    With `campaigns`, calls to other leads are left out: their number may be in a list of others. Raises StoreError.
    """
    number = lead["phone_number"]
    sql = HISTORY.format(seen=OWN_CALLS if campaigns else "TRUE")
    with reading(path) as db:
        found = rows(db, sql, lead=lead["lead_id"], tail=number[-phone_numbers.TAIL :])
    return [
        row
        for row in found
        if row["lead"] == lead["lead_id"]
        or phone_numbers.is_of(number_text.to_dialled_digits(row["number"]), lead["phone_code"], number)
    ]
