"""Counts the persons who answered automatic calls, and those who were dropped, in each window of the law.

The report counts from the table of attempts with its own arithmetic, apart from the budget that the dialler keeps.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from warmline.store.database.reading import Row, each, reading

LIMIT = 3  # percent of those who answered: 47 CFR 64.1200(a)(7), 16 CFR 310.4(b)(4); a campaign may have less
DAYS = {"PERIOD": 30, "DAY": 1}  # successive periods of 30 days in the United States; 24 hours by Ofcom
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ZONE = "SELECT timezone FROM setting"
FIRST = """
    SELECT attempt.campaign, min(arrived) AS arrived, ifnull(max(adaptive_dropped_percentage), :limit) AS percentage
    FROM attempt JOIN call ON call.id = attempt.call LEFT JOIN campaign ON campaign.id = attempt.campaign
    WHERE :campaign IN ('', attempt.campaign) AND attempt.origin = 'dialler'
        AND (:allowed = '' OR attempt.campaign IN (SELECT value FROM json_each(iif(:allowed = '', '[]', :allowed))))
    GROUP BY attempt.campaign ORDER BY attempt.campaign
"""
PERSONS = """
    SELECT ifnull(dropped, answered) AS at, dropped IS NOT NULL AS dropped, by_fault,
        call.ended_by = 'customer' AND ifnull(call.ended <= dropped, FALSE) AS first
    FROM attempt JOIN call ON call.id = attempt.call LEFT JOIN disposition ON disposition.id = call.status
    WHERE attempt.campaign = :campaign AND attempt.origin = 'dialler'
        AND (dropped IS NOT NULL OR (answered IS NOT NULL AND disposition.human_answered = 'Y'))
    ORDER BY at, attempt.call
"""


@dataclass(slots=True)
class DropsOfWindow:
    """The persons of a campaign in one window. Times in microseconds UTC.

    `limit` is the campaign's own, in dropped persons of 1000 who answered. `answered` includes the dropped ones. Of
    these, `hung_up` hung up first, a fault dropped `by_fault`, and no agent came in time for the `late` ones.
    `worst_at` is when the rate was furthest above the limit, or nearest to it.
    """

    campaign: str
    begins: int
    ends: int
    limit: int
    answered: int = 0
    dropped: int = 0
    hung_up: int = 0
    late: int = 0
    by_fault: int = 0
    worst_at: int | None = None
    worst: int = 0  # thousandths of a person above the limit, at that time

    @property
    def rate(self) -> float:
        """Return the share of dropped persons, from 0 to 1."""
        return self.dropped / self.answered

    @property
    def above(self) -> bool:
        """Return whether more persons were dropped than the limit allows."""
        return self._excess > 0

    @property
    def _excess(self) -> int:
        return 1000 * self.dropped - self.limit * self.answered

    def count(self, person: Row) -> None:
        """Add one person."""
        self.answered += 1
        if person["dropped"]:
            self.dropped += 1
            self.by_fault += person["by_fault"]
            self.hung_up += not person["by_fault"] and person["first"]
            self.late += not person["by_fault"] and not person["first"]
        if self.worst_at is None or self._excess > self.worst:
            self.worst_at, self.worst = person["at"], self._excess


def drop_windows(
    path: str | Path, campaign: str = "", window: str = "PERIOD", allowed: str = ""
) -> Iterator[DropsOfWindow]:
    """Yield each window in which a person answered, by campaign and time; "" for all campaigns.

    `allowed` are the campaigns that count, as JSON; "" for all.

    A PERIOD is 30 days from the day of the campaign's first automatic call, a DAY is one day, both in the setting's
    time zone. Raises StoreError.
    """
    with reading(path) as db:
        clock = ZoneInfo(db.execute(ZONE).fetchone()[0])
        for found in each(db, FIRST, campaign=campaign, allowed=allowed, limit=str(LIMIT)):
            limit = round(10 * float(found["percentage"]))
            first, now = _day(found["arrived"], clock), None
            for person in each(db, PERSONS, campaign=found["campaign"]):
                if now is None or person["at"] >= now.ends:
                    if now:
                        yield now
                    begins = first + (_day(person["at"], clock) - first) // DAYS[window] * DAYS[window]
                    now = DropsOfWindow(
                        found["campaign"], _midnight(begins, clock), _midnight(begins + DAYS[window], clock), limit
                    )
                now.count(person)
            if now:
                yield now


def _day(at: int, clock: ZoneInfo) -> int:
    """Return the day of a moment in this time zone, as its ordinal."""
    return (EPOCH + timedelta(microseconds=at)).astimezone(clock).date().toordinal()


def _midnight(day: int, clock: ZoneInfo) -> int:
    """Return the first moment of a day, in microseconds UTC."""
    that = date.fromordinal(day)
    return (datetime(that.year, that.month, that.day, tzinfo=clock) - EPOCH) // timedelta(microseconds=1)
