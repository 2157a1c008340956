"""Answers `warmline list counts`, on this machine and over the API: the leads of a list, or of a campaign's lists."""

from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta, Struct

from warmline.store.daily_reports.report_wire import iso
from warmline.store.dialling import list_counts
from warmline.store.dialling.list_counts import ListCounts
from warmline.store.leads.timed_resets import TimedReset

Time = Annotated[str, Meta(extra_json_schema={"format": "date-time"}, examples=["2026-11-20T09:15:02.250000+00:00"])]


class LeadsOfStatus(Struct, frozen=True):
    """How many leads have a status after so many calls."""

    status: str
    called_count: int
    leads: int


class LeadsOfZones(Struct, frozen=True):
    """How many leads are in the same time zones, with | between them; they are empty for leads in no known place."""

    time_zones: str
    leads: int


class LeadsNow(Struct, frozen=True):
    """How many leads may be dialled now, if `why` is empty, or why they are not, and when that changes.

    `source` is the number that is next: list (the main one), alt_phone or address3.
    """

    source: str
    why: str
    leads: int
    until: Time | None


class TimedListReset(Struct, frozen=True):
    """A reset of a list at its `reset_times`, for the time of the day `moment`.

    `ended` is null while it is in progress. `leads` is how many leads it has reset so far. A `missed` one was not made.
    """

    moment: Time
    began: Time
    ended: Time | None
    missed: bool
    leads: int


class ListCountsAnswer(Struct, frozen=True):
    """The leads of a list. `penetration` is the share that was called since the last reset, in percent.

    `called` leads were ever called. `now` is empty for a list without a campaign. `last_reset` is the latest one at the
    `reset_times` of the list, and `next_reset` is the moment of the next one. `zones` has the time zones of most leads
    first.
    """

    list_id: str
    campaign: str
    leads: int
    called: int
    called_since_reset: int
    penetration: float
    statuses: list[LeadsOfStatus]
    zones: list[LeadsOfZones]
    now: list[LeadsNow]
    last_reset: TimedListReset | None
    next_reset: Time | None


class CampaignCountsAnswer(Struct, frozen=True):
    """The leads of all lists of a campaign together, counted as those of one list, and of each of the `lists`."""

    campaign: str
    leads: int
    called: int
    called_since_reset: int
    penetration: float
    statuses: list[LeadsOfStatus]
    zones: list[LeadsOfZones]
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
    last = found.last_reset
    return ListCountsAnswer(
        found.list_id,
        found.campaign,
        **_sums(found),
        last_reset=last
        and TimedListReset(iso(last.moment), iso(last.began), _iso(last.ended), last.missed, last.leads),
        next_reset=_iso(found.next_reset),
    )


def _reset(last: TimedReset) -> TimedListReset:
    return TimedListReset(iso(last.moment), iso(last.began), _iso(last.ended), last.missed, last.leads)


def _iso(at: int | None) -> str | None:
    return None if at is None else iso(at)


def _sums(found: ListCounts) -> dict[str, Any]:
    return {
        "leads": found.leads,
        "called": found.called,
        "called_since_reset": found.called_since_reset,
        "penetration": found.penetration(),
        "statuses": [LeadsOfStatus(*one) for one in found.statuses],
        "zones": [LeadsOfZones(*one) for one in found.zones],
        "now": [LeadsNow(one.source, one.why, one.leads, _iso(one.until)) for one in found.now],
    }
