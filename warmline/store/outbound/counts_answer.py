"""Answers `warmline list counts`, on this machine and over the API: the leads of a list, or of a campaign's lists."""

from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta, Struct

from warmline.store.daily_reports.report_wire import iso
from warmline.store.dialling import list_counts
from warmline.store.dialling.list_counts import ListCounts

Time = Annotated[str, Meta(extra_json_schema={"format": "date-time"}, examples=["2026-11-20T09:15:02.250000+00:00"])]


class LeadsOfStatus(Struct, frozen=True):
    """How many leads have a status after so many calls."""

    status: str
    called_count: int
    leads: int


class LeadsNow(Struct, frozen=True):
    """How many leads may be dialled now, if `why` is empty, or why they are not, and when that changes.

    `source` is the number that is next: list (the main one), alt_phone or address3.
    """

    source: str
    why: str
    leads: int
    until: Time | None


class ListCountsAnswer(Struct, frozen=True):
    """The leads of a list. `penetration` is the share that was called since the last reset, in percent.

    `called` leads were ever called. `now` is empty for a list without a campaign.
    """

    list_id: str
    campaign: str
    leads: int
    called: int
    called_since_reset: int
    penetration: float
    statuses: list[LeadsOfStatus]
    now: list[LeadsNow]


class CampaignCountsAnswer(Struct, frozen=True):
    """The leads of all lists of a campaign together, counted as those of one list, and of each of the `lists`."""

    campaign: str
    leads: int
    called: int
    called_since_reset: int
    penetration: float
    statuses: list[LeadsOfStatus]
    now: list[LeadsNow]
    lists: list[ListCountsAnswer]


def of_list(path: str | Path, list_id: str, at: int) -> ListCountsAnswer:
    """Count the leads of a list at `at` (microseconds UTC). Raises NotFound (list), StoreError."""
    return _list(list_counts.count(path, list_id, at))


def of_campaign(path: str | Path, campaign: str, at: int) -> CampaignCountsAnswer:
    """Count the leads of a campaign's lists at `at` (microseconds UTC). Raises NotFound (campaign), StoreError."""
    found = list_counts.of_campaign(path, campaign, at)
    return CampaignCountsAnswer(campaign, **_sums(list_counts.total(campaign, found)), lists=[*map(_list, found)])


def _list(found: ListCounts) -> ListCountsAnswer:
    return ListCountsAnswer(found.list_id, found.campaign, **_sums(found))


def _sums(found: ListCounts) -> dict[str, Any]:
    return {
        "leads": found.leads,
        "called": found.called,
        "called_since_reset": found.called_since_reset,
        "penetration": found.penetration(),
        "statuses": [LeadsOfStatus(*one) for one in found.statuses],
        "now": [LeadsNow(one.source, one.why, one.leads, iso(one.until) if one.until else None) for one in found.now],
    }
