"""The facts that an event of a hook has besides its public fields: names, the customer's number, and the lead."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct

from warmline.leads import custom_fields
from warmline.leads.lead_fields import FIELDS
from warmline.store.database.reading import Row, reading, rows
from warmline.store.events.journal_events import JournalEvent

CALL = """
    SELECT number, dialled, ingroup, lead, ifnull(agent, last_agent) AS agent,
        ifnull((SELECT campaign FROM attempt WHERE attempt.call = call.id), '') AS campaign
    FROM call WHERE id = :call
"""
CAMPAIGN = """
    SELECT campaign FROM agent_session WHERE agent = :agent AND started <= :at ORDER BY started DESC LIMIT 1
"""
LEAD = """
    SELECT lead.*, ifnull(list_name, '') AS list_name, ifnull(list.custom_fields, '[]') AS custom_names
    FROM lead LEFT JOIN list ON list.id = list_id WHERE lead_id = :lead
"""
NAMES = """
    SELECT ifnull((SELECT campaign_name FROM campaign WHERE id = :campaign), '') AS campaign,
        ifnull((SELECT group_name FROM ingroup WHERE id = :ingroup), '') AS ingroup,
        ifnull((SELECT full_name FROM known_agent WHERE id = :agent), '') AS agent
"""


class EventFacts(Struct, frozen=True):
    """The campaign, in-group and customer's number of an event, "" if it has none.

    `names` are the names of campaign, in-group and agent that people read. `lead` has the fields of the customer's lead
    with its `lead_id`, its list, and `custom_fields`; None without a lead.
    """

    campaign: str
    ingroup: str
    number: str
    dialled: str
    names: dict[str, str]
    lead: dict[str, Any] | None


def of(path: str | Path, events: Iterable[JournalEvent]) -> list[EventFacts]:
    """Return the facts of events, as they are now, in their order. Raises StoreError."""
    with reading(path) as db:
        return [_facts(db, one) for one in events]


def _facts(db: Any, one: JournalEvent) -> EventFacts:
    [call] = (rows(db, CALL, call=one.call) if one.call else []) or [{}]
    agent = one.agent or call.get("agent") or ""
    campaign = one.data.get("campaign") or call.get("campaign") or ""
    if agent and not campaign:
        campaign = next((row["campaign"] for row in rows(db, CAMPAIGN, agent=agent, at=one.at)), "")
    ingroup = one.data.get("ingroup") or call.get("ingroup") or ""
    [names] = rows(db, NAMES, campaign=campaign, ingroup=ingroup, agent=agent)
    lead = rows(db, LEAD, lead=call["lead"]) if call.get("lead") else []
    number, dialled = call.get("number", ""), call.get("dialled", "")
    return EventFacts(campaign, ingroup, number, dialled, names, _lead(lead[0]) if lead else None)


def _lead(row: Row) -> dict[str, Any]:
    fields = {name: row[name] for name in ("lead_id", "list_id", "list_name", "user", *FIELDS)}
    return fields | {"custom_fields": custom_fields.whole(row["custom_fields"], json.loads(row["custom_names"]))}
