"""Answers `warmline audit attempts`, on this machine and over the API: calls to leads, and the persons who answered."""

from pathlib import Path

from msgspec import Struct

from warmline.store.reports import filter_names_check
from warmline.store.reports.contact_rates import BY, contact_rates

USUAL = "campaign"
WORDS = tuple(BY)


class ContactRateRow(Struct, frozen=True):
    """The calls to leads of a campaign, a list or an hour, with one origin.

    `dialled` are all but those that the last look `refused`. `rate` is the share of them that a person answered.
    """

    name: str
    origin: str
    dialled: int
    answered: int
    machines: int
    persons: int
    rate: float | None
    dropped: int
    busy: int
    refused: int


class AttemptsAnswer(Struct, frozen=True):
    """The calls to leads of a period by `by`: campaign, list or hour."""

    by: str
    attempts: list[ContactRateRow]


def answer(path: str | Path, by: str, start: int, end: int, campaign: str = "", allowed: str = "") -> AttemptsAnswer:
    """Count the calls that began from `start` until before `end` (microseconds UTC); `by` is one of WORDS.

    `allowed` are the campaigns that count, as JSON; "" for all. Raises NotFound (campaign), StoreError.
    """
    filter_names_check.check(path, campaign=campaign)
    found = contact_rates(path, by, start, end, campaign, allowed)
    rows = [
        ContactRateRow(
            name=one.name,
            origin=one.origin,
            dialled=one.dialled,
            answered=one.answered,
            machines=one.machines,
            persons=one.persons,
            rate=None if one.rate is None else round(one.rate, 4),
            dropped=one.dropped,
            busy=one.busy,
            refused=one.refused,
        )
        for one in found
    ]
    return AttemptsAnswer(by, rows)
