"""Counts the leads of a list, or of a campaign's lists: by status and calls, and by what keeps them from a call."""

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from warmline.store.database.reading import reading, rows
from warmline.store.dialling import dial_plan, hopper_counts
from warmline.store.dialling.dial_plan import DialPlan
from warmline.store.dialling.hopper_counts import LeadCount
from warmline.store.leads import timed_resets
from warmline.store.leads.leads import country_of
from warmline.store.leads.timed_resets import TimedReset

GROUPS = """
    SELECT list_id, status, called_count, time_zones, count(*) AS leads,
        count(*) FILTER (WHERE passes > 0) AS since_reset
    FROM lead WHERE list_id IN (SELECT value FROM json_each(:lists)) GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""
CAMPAIGN = "SELECT ifnull(campaign, '') AS campaign FROM list WHERE id = :list"


class StatusCount(NamedTuple):
    """How many leads have a status after so many calls."""

    status: str
    called_count: int
    leads: int


class ZoneCount(NamedTuple):
    """How many leads are in the same time zones, which are empty for leads that are in no known place."""

    time_zones: str
    leads: int


class ListCounts(NamedTuple):
    """The counts of a list. `called` leads were ever called, and `called_since_reset` since its last reset.

    `now` says how many may be dialled, and why the others are not; it is empty for a list without a campaign.
    `last_reset` is the latest at its `reset_times`, and `next_reset` the moment of the next one in microseconds UTC.
    `zones` has the time zones of most leads first.
    """

    list_id: str
    campaign: str
    leads: int
    called: int
    called_since_reset: int
    statuses: list[StatusCount]
    now: list[LeadCount]
    last_reset: TimedReset | None = None
    next_reset: int | None = None
    zones: tuple[ZoneCount, ...] = ()

    def penetration(self) -> float:
        """Return the share of the leads that were called since the last reset, in percent with one digit."""
        return round(100 * self.called_since_reset / self.leads, 1) if self.leads else 0.0


def count(path: str | Path, list_id: str, at: int) -> ListCounts:
    """Count the leads of a list at a moment, in microseconds UTC. Raises NotFound (list), StoreError."""
    with reading(path) as db:
        country_of(db, list_id)
        [of_list] = rows(db, CAMPAIGN, list=list_id)
        plan = dial_plan.load(db, of_list["campaign"]) if of_list["campaign"] else None
        return _counted(db, [list_id], plan, at, only=list_id)[0]


def of_campaign(path: str | Path, campaign: str, at: int) -> list[ListCounts]:
    """Count the leads of each list of a campaign, active or not, by name. Raises NotFound (campaign), StoreError."""
    with reading(path) as db:
        plan = dial_plan.load(db, campaign)
        return _counted(db, [*plan.lists], plan, at)


def total(campaign: str, lists: Sequence[ListCounts]) -> ListCounts:
    """Add up the counts of a campaign's lists; `list_id` of the sum is empty."""
    statuses: Counter[tuple[str, int]] = Counter()
    zones: Counter[str] = Counter()
    now: Counter[tuple[str, str]] = Counter()
    until: dict[tuple[str, str], int] = {}
    for one in lists:
        for status, calls, leads in one.statuses:
            statuses[status, calls] += leads
        zones.update(dict(one.zones))
        for held in one.now:
            key = held.source, held.why
            now[key] += held.leads
            if held.until is not None:
                until[key] = min(held.until, until.get(key, held.until))
    return ListCounts(
        "",
        campaign,
        leads=sum(one.leads for one in lists),
        called=sum(one.called for one in lists),
        called_since_reset=sum(one.called_since_reset for one in lists),
        statuses=[StatusCount(*key, leads) for key, leads in sorted(statuses.items())],
        now=[LeadCount("", *key, leads, until.get(key)) for key, leads in now.most_common()],
        zones=_zones(zones),
    )


def _counted(
    db: sqlite3.Connection, lists: Sequence[str], plan: DialPlan | None, at: int, only: str = ""
) -> list[ListCounts]:
    """Count the leads of some lists of one campaign; `only` is the list, if it is a single one."""
    groups = rows(db, GROUPS, lists=json.dumps(lists))
    now = hopper_counts.count(db, plan, at, only=only) if plan else []
    counted = []
    for name in lists:
        found, resets = [row for row in groups if row["list_id"] == name], timed_resets.plan(db, name, at)
        statuses: Counter[tuple[str, int]] = Counter()
        zones: Counter[str] = Counter()
        for row in found:
            statuses[row["status"], row["called_count"]] += row["leads"]
            zones[row["time_zones"]] += row["leads"]
        counts = ListCounts(
            name,
            plan.campaign.id if plan else "",
            leads=sum(row["leads"] for row in found),
            called=sum(row["leads"] for row in found if row["called_count"]),
            called_since_reset=sum(row["since_reset"] for row in found),
            statuses=[StatusCount(*key, leads) for key, leads in statuses.items()],
            now=[one for one in now if one.list_id == name],
            last_reset=resets.last,
            next_reset=resets.next,
            zones=_zones(zones),
        )
        counted.append(counts)
    return counted


def _zones(leads: Counter[str]) -> tuple[ZoneCount, ...]:
    return tuple(ZoneCount(*one) for one in sorted(leads.items(), key=lambda one: (-one[1], one[0])))
