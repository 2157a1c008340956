"""Answers `warmline audit drops`, on this machine and over the API: the drop rate in each window of the law."""

from pathlib import Path

from msgspec import Struct

from warmline.store.daily_reports.report_wire import iso
from warmline.store.reports import filter_names_check
from warmline.store.reports.drop_windows import DAYS, drop_windows

USUAL = "PERIOD"
WINDOWS = tuple(DAYS)


class DropsOfWindowRow(Struct, frozen=True):
    """The persons who answered automatic calls of a campaign in one window, and those who were dropped.

    Of the dropped ones, `hung_up` hung up first, a fault dropped `by_fault`, and no agent came in time for the `late`
    ones. `above` says whether more were dropped than the campaign allows, `worst_at` when the rate was worst.
    """

    campaign: str
    begins: str
    ends: str
    answered: int
    dropped: int
    hung_up: int
    late: int
    by_fault: int
    rate: float
    above: bool
    worst_at: str | None


class DropsAnswer(Struct, frozen=True):
    """The windows in which a person answered, by campaign and time; `above` counts those above their limit."""

    window: str
    windows: list[DropsOfWindowRow]
    above: int


def answer(path: str | Path, window: str, campaign: str = "", allowed: str = "") -> DropsAnswer:
    """Count persons and drops in each window; `window` is one of WINDOWS.

    `allowed` are the campaigns that count, as JSON; "" for all. Raises NotFound (campaign), StoreError.
    """
    filter_names_check.check(path, campaign=campaign)
    rows = [
        DropsOfWindowRow(
            campaign=one.campaign,
            begins=iso(one.begins),
            ends=iso(one.ends),
            answered=one.answered,
            dropped=one.dropped,
            hung_up=one.hung_up,
            late=one.late,
            by_fault=one.by_fault,
            rate=round(one.rate, 4),
            above=one.above,
            worst_at=iso(one.worst_at) if one.worst_at else None,
        )
        for one in drop_windows(path, campaign, window, allowed)
    ]
    return DropsAnswer(window, rows, sum(one.above for one in rows))
