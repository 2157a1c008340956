"""The number that a lead sees: of the lead itself, of the campaign's `cid_group`, of its list, or of the campaign."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from warmline.core.model import ids
from warmline.core.rules import number_text
from warmline.leads.lead_numbers import LeadNumber
from warmline.store.dialling.dial_plan import DialPlan
from warmline.store.journal.clock_corrections import ClockCorrections

# The id of a call begins with its time in the journal, so the index of a number's calls is in the order of time.
USED = """
    SELECT value, (SELECT count(*) FROM attempt WHERE caller_id = value AND call >= :since) AS times
    FROM json_each(:numbers)
"""
SHORTEST = 7  # digits of a number in security_phrase


class CallerIds:
    """Chooses caller ids at the moment `at`: of several numbers the least used today, and then the lowest.

    `proposed` has, by number, the calls that may not be on record yet.
    """

    def __init__(
        self, db: sqlite3.Connection, plan: DialPlan, at: int, proposed: Mapping[str, int] | None = None
    ) -> None:
        self._plan, self._used, self._areas = plan, Counter(proposed or {}), dict[str, list[str]]()
        for entry in plan.shown.of_group:
            area, _, number = entry.rpartition(":")
            self._areas.setdefault(area, []).append(number)
        here = datetime.fromtimestamp(at / 1_000_000, UTC).astimezone(ZoneInfo(plan.zone))
        midnight = here.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
        numbers = sorted({number for of_area in self._areas.values() for number in of_area})
        begins = ClockCorrections(db).since(int(midnight.timestamp()) * 1_000_000) if numbers else 0
        since = ids.encode(begins // 1000 << 80)
        for number, times in db.execute(USED, {"since": since, "numbers": json.dumps(numbers)}) if numbers else ():
            self._used[number] += times

    def take(self, called: LeadNumber, list_id: str, security_phrase: str) -> str:
        """Return the number that the lead sees, and count it; "" if the campaign has none left."""
        number = self.find(called, list_id, security_phrase)
        self._used[number] += 1
        return number

    def find(self, called: LeadNumber, list_id: str, security_phrase: str) -> str:
        """Return the same number without counting it."""
        own = number_text.to_digits(security_phrase) if self._plan.shown.of_lead else ""
        if len(own) >= SHORTEST:
            return own
        for area in self._areas_of(called):
            free = [one for one in self._areas.get(area, ()) if self._used[one] < self._plan.shown.calls_per_day]
            if free:
                return min(free, key=lambda one: (self._used[one], one))
        of_list = self._plan.lists[list_id].caller_id if list_id in self._plan.lists else ""
        return of_list or self._plan.shown.of_campaign

    def _areas_of(self, called: LeadNumber) -> Iterable[str]:
        """Yield the areas of a number, the longest first, then its states, and "" for any lead."""
        areas = [area for area in self._areas if area.removeprefix("+").isdigit() and _begins(called, area)]
        yield from sorted(areas, key=lambda area: (-len(area), area))
        for place in called.places.jurisdictions.split("|"):
            yield place.partition("-")[2] or "-"
        yield ""


def _begins(called: LeadNumber, area: str) -> bool:
    """Return whether a number begins with an area: without its country code, or with it after a +."""
    return called.whole.startswith(area[1:]) if area.startswith("+") else called.national.startswith(area)


def shown(db: sqlite3.Connection, plan: DialPlan, lead: Mapping[str, Any], called: LeadNumber, at: int) -> str:
    """Return the number that a lead would see at `at`, or ""."""
    return CallerIds(db, plan, at).find(called, lead["list_id"], lead["security_phrase"])
