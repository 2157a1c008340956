"""Counts the leads of one list: by status and number of calls, by what was dialled, and by what keeps them from it."""

from pathlib import Path
from typing import NamedTuple

from warmline.store.database.reading import reading, rows
from warmline.store.dialling import dial_plan, hopper_counts
from warmline.store.dialling.hopper_counts import LeadCount
from warmline.store.leads import timed_resets
from warmline.store.leads.leads import country_of
from warmline.store.leads.timed_resets import TimedReset

BY_STATUS = """
    SELECT status, called_count, count(*) AS leads, count(*) FILTER (WHERE passes > 0) AS since_reset
    FROM lead WHERE list_id = :list GROUP BY 1, 2 ORDER BY 1, 2
"""
CAMPAIGN = "SELECT ifnull(campaign, '') AS campaign FROM list WHERE id = :list"


class StatusCount(NamedTuple):
    """How many leads have a status after so many calls."""

    status: str
    called_count: int
    leads: int


class ListCounts(NamedTuple):
    """The counts of a list. `called` leads were ever called, and `called_since_reset` since its last reset.

    `now` says how many may be dialled, and why the others are not; it is empty for a list without a campaign.
    `last_reset` is the latest at its `reset_times`, and `next_reset` the moment of the next one in microseconds UTC.
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

    def penetration(self) -> float:
        """Return the share of the leads that were called since the last reset, in percent with one digit."""
        return round(100 * self.called_since_reset / self.leads, 1) if self.leads else 0.0


def count(path: str | Path, list_id: str, at: int) -> ListCounts:
    """Count the leads of a list at a moment, in microseconds UTC. Raises NotFound (list), StoreError."""
    with reading(path) as db:
        country_of(db, list_id)
        [of_list] = rows(db, CAMPAIGN, list=list_id)
        found = rows(db, BY_STATUS, list=list_id)
        resets = timed_resets.plan(db, list_id, at)
        plan = dial_plan.load(db, of_list["campaign"]) if of_list["campaign"] else None
        return ListCounts(
            list_id,
            of_list["campaign"],
            leads=sum(row["leads"] for row in found),
            called=sum(row["leads"] for row in found if row["called_count"]),
            called_since_reset=sum(row["since_reset"] for row in found),
            statuses=[StatusCount(row["status"], row["called_count"], row["leads"]) for row in found],
            now=hopper_counts.count(db, plan, at, only=list_id) if plan else [],
            last_reset=resets.last,
            next_reset=resets.next,
        )
