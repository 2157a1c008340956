"""Answers `warmline dial hopper`, on this machine and over the API: the next leads, and the count of the others."""

from pathlib import Path

from msgspec import Struct

from warmline.store.daily_reports.report_wire import iso
from warmline.store.database.reading import reading
from warmline.store.dialling import dial_plan, hopper_counts
from warmline.store.dialling.hopper import fill

USUAL, MOST = 20, 1000  # leads that are shown


class NextLead(Struct, frozen=True):
    """A lead that is dialled next. `source` is its number that is dialled: list, alt_phone or address3.

    `lead` is 0 for a callback without a lead. `passes` are its calls since the list was reset.
    """

    lead: int
    list: str
    number: str
    source: str
    passes: int
    time_zones: str
    open_until: str | None


class LeadsByReason(Struct, frozen=True):
    """How many leads of a list have the same answer. `why` is empty for leads that may be dialled now.

    `until` is when that changes.
    """

    list: str
    source: str
    why: str
    leads: int
    until: str | None


class HopperAnswer(Struct, frozen=True):
    """The leads of a campaign that are dialled next, and all leads of its lists by reason.

    `listed` counts the leads on do-not-call lists that this choice passed over.
    """

    campaign: str
    next: list[NextLead]
    listed: int
    leads: list[LeadsByReason]


def answer(path: str | Path, campaign: str, limit: int, at: int) -> HopperAnswer:
    """Return up to `limit` leads as the dialler would choose them at `at` (microseconds UTC).

    Raises NotFound (campaign), StoreError.
    """
    with reading(path) as db:
        plan = dial_plan.load(db, campaign)
        chosen = fill(db, plan, at, limit, start=at)
        counts = hopper_counts.count(db, plan, at)
    leads = [
        NextLead(one.lead, one.list_id, one.number, one.source, one.passes, one.zones, _time(one.open_until))
        for one in chosen.leads
    ]
    rest = [LeadsByReason(one.list_id, one.source, one.why, one.leads, _time(one.until)) for one in counts]
    return HopperAnswer(campaign, leads, len(chosen.listed), rest)


def _time(at: int | None) -> str | None:
    return iso(at) if at else None
