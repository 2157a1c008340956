"""Counts calls to leads and the persons who answered them, by campaign, list, or hour at the lead, and by origin."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from warmline.store.database.reading import Row, each, reading

SECOND = 1_000_000  # microseconds
BUSY = ("AB", "B")  # as the dialler found, or as an agent heard
ATTEMPTS = """
    SELECT attempt.campaign, attempt.origin, list_id, zones, arrived, answered, dropped, ended_by, call.status, amd,
        dropped IS NOT NULL OR (answered IS NOT NULL AND ifnull(human_answered, '') = 'Y') AS person,
        (SELECT timezone FROM setting) AS timezone
    FROM attempt JOIN call ON call.id = attempt.call LEFT JOIN disposition ON disposition.id = call.status
    WHERE arrived >= :start AND arrived < :end AND :campaign IN ('', attempt.campaign)
        AND (:allowed = '' OR attempt.campaign IN (SELECT value FROM json_each(iif(:allowed = '', '[]', :allowed))))
"""


@dataclass(slots=True)
class ContactRate:
    """The calls to leads of a campaign, a list or an hour, with one origin: those of the dialler, or of agents.

    `dialled` are all but the ones that the last look `refused`. Of these, some were `answered` by a person or a
    machine, or were `busy`. `machines` are the verdicts MACHINE of machine detection. `persons` are the answered ones
    with `human_answered`, and the `dropped` ones.
    """

    name: str
    origin: str
    dialled: int = 0
    answered: int = 0
    machines: int = 0
    persons: int = 0
    dropped: int = 0
    busy: int = 0
    refused: int = 0

    @property
    def rate(self) -> float | None:
        """Return the share of calls that a person answered, from 0 to 1; None without calls."""
        return self.persons / self.dialled if self.dialled else None

    def count(self, one: Row) -> None:
        """Add one call."""
        if one["ended_by"] == "refused":
            self.refused += 1
            return
        self.dialled += 1
        self.answered += one["answered"] is not None
        self.machines += one["amd"] == "MACHINE"
        self.persons += one["person"]
        self.dropped += one["dropped"] is not None
        self.busy += one["status"] in BUSY


def contact_rates(
    path: str | Path, by: str, start: int, end: int, campaign: str = "", allowed: str = ""
) -> list[ContactRate]:
    """Count the calls to leads that began from `start` until before `end` (microseconds UTC), by name and origin.

    `allowed` are the campaigns that count, as JSON; "" for all. `by` is a key of BY. An hour is that
    of the lead's first time zone. Raises StoreError.
    """
    found: dict[tuple[str, str], ContactRate] = {}
    with reading(path) as db:
        for one in each(db, ATTEMPTS, start=start, end=end, campaign=campaign, allowed=allowed):
            key = BY[by](one), one["origin"]
            found.setdefault(key, ContactRate(*key)).count(one)
    return [found[key] for key in sorted(found)]


def _hour(one: Row) -> str:
    clock = ZoneInfo(one["zones"].split("|")[0] or one["timezone"])
    return f"{datetime.fromtimestamp(one['arrived'] / SECOND, UTC).astimezone(clock):%H}"


BY: Mapping[str, Callable[[Row], str]] = {
    "campaign": lambda one: str(one["campaign"]),
    "list": lambda one: str(one["list_id"]),
    "hour": _hour,
}
