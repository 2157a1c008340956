"""The options of a list, its last change, its resets today, and the counts of its leads."""

import json
from pathlib import Path
from typing import NamedTuple

from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.store.configuration.campaign_owners import as_json
from warmline.store.database.reading import reading, rows

FACTS = """
    SELECT id, list_name, ifnull(campaign, '') AS campaign, active, expiration_date, custom_fields, country,
        (SELECT max(at) FROM config_journal WHERE entity = 'list' AND name = list.id AND action = 'set') AS changed
    FROM list
    WHERE :wanted IN ('', id)
        AND (:seen = '' OR campaign IN (SELECT value FROM json_each(iif(:seen = '', '[]', :seen))))
    ORDER BY id
"""
COUNTS = "SELECT count(*) AS leads, count(*) FILTER (WHERE status = 'NEW') AS fresh FROM lead WHERE list_id = :list"

# Only the newest calls are read: a list may have a million leads, and a center as many calls.
LAST_CALLS = """
    SELECT list_id, max(arrived) AS at FROM (SELECT lead, arrived FROM call ORDER BY arrived DESC LIMIT 10000) AS newest
    JOIN lead ON lead_id = newest.lead WHERE newest.lead <> 0 GROUP BY list_id
"""
RESETS = "SELECT 1 FROM list_reset WHERE list_id = :list AND ended >= :midnight AND missed = 0"


class ListFacts(NamedTuple):
    """A list. `changed` is when an option of it was last set, in microseconds UTC; None for never."""

    id: str
    name: str
    campaign: str
    active: str
    expires: str
    changed: int | None
    custom_fields: tuple[str, ...]
    country: str


class ListLeadCounts(NamedTuple):
    """How many leads a list has, and how many of them have the status NEW."""

    leads: int
    fresh: int


def found(path: str | Path, wanted: str = "", campaigns: VisibleCampaigns | None = None) -> list[ListFacts]:
    """Return the list `wanted`, or all by name, if they are of the `campaigns`; None for all. Raises StoreError."""
    with reading(path) as db:
        return [
            ListFacts(
                row["id"],
                row["list_name"],
                row["campaign"],
                row["active"],
                row["expiration_date"],
                row["changed"],
                tuple(json.loads(row["custom_fields"])),
                row["country"],
            )
            for row in rows(db, FACTS, wanted=wanted, seen=as_json(campaigns))
        ]


def counted(path: str | Path, wanted: str) -> ListLeadCounts:
    """Count the leads of a list. Raises StoreError."""
    with reading(path) as db:
        [row] = rows(db, COUNTS, list=wanted)
    return ListLeadCounts(row["leads"], row["fresh"])


def last_calls(path: str | Path) -> dict[str, int]:
    """Return when the last call with a lead of each list began, by list, in microseconds UTC.

    Lists that have none among the newest 10,000 calls are left out. Raises StoreError.
    """
    with reading(path) as db:
        return {row["list_id"]: row["at"] for row in rows(db, LAST_CALLS)}


def resets_today(path: str | Path, wanted: str, midnight: int) -> int:
    """Return how often a list was reset at its `reset_times` since a moment in microseconds UTC: 0 or 1.

    Only the last reset is kept. Raises StoreError.
    """
    with reading(path) as db:
        return len(rows(db, RESETS, list=wanted, midnight=midnight))
