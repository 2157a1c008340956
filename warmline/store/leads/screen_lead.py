"""The lead on an agent's screen, that of the call, the preview or a typed number, and its custom fields."""

import json
from pathlib import Path
from typing import NamedTuple

from warmline.leads import custom_fields
from warmline.store.configuration import campaign_owners
from warmline.store.database.reading import Row, reading, rows
from warmline.store.leads import lead_search, leads
from warmline.text import webhook_url


class OnScreen(NamedTuple):
    """The screen of an agent: a lead or 0, the previewed number or "", and the call or ""."""

    agent: str
    lead: int = 0
    number: str = ""
    call: str = ""


def lead_of(path: str, shown: OnScreen) -> int:
    """Return the lead_id on a screen, or with its number, or of its ended call; 0 for none. Raises StoreError."""
    if shown.lead or not shown.number:
        return shown.lead or leads.of_call(path, shown.call)
    seen = campaign_owners.of_agent(path, shown.agent)  # a typed number tells nothing about other groups
    alike = lead_search.with_number(path, shown.number, campaigns=seen)
    return int(alike[0]["lead_id"]) if alike else 0


def facts_of_ended_call(path: str | Path, call: str) -> dict[str, object]:
    """Return the script variables that only the record of an ended call has. Raises StoreError."""
    with reading(path) as db:
        found = rows(db, "SELECT agc_id, direction, number, dialled, data FROM call WHERE id = :call", call=call)
    if not found:
        return {}
    row = found[0]
    return {
        "dialed_number": row["number"] if row["direction"] == "out" else row["dialled"],
        "call_id": row["agc_id"],
        "uniqueid": call,
        "did_pattern": row["dialled"],
        "did_extension": row["dialled"],
        **{f"{webhook_url.DATA}{name.lower()}": value for name, value in json.loads(row["data"])},
    }


def custom_names_of(path: str | Path, lead_id: int) -> tuple[str, ...]:
    """Return the custom fields of the list that holds a lead; none if there is no such lead. Raises StoreError."""
    with reading(path) as db:
        found = rows(db, "SELECT list_id FROM lead WHERE lead_id = :lead", lead=lead_id)
        return leads.custom_names(db, found[0]["list_id"]) if found else ()


def own_fields(path: str | Path, lead: Row) -> dict[str, str]:
    """Return a text for each custom field of a lead's list, and the values that it kept. Raises StoreError."""
    with reading(path) as db:
        return custom_fields.whole(lead[custom_fields.COLUMN], leads.custom_names(db, lead["list_id"]))
