"""Reads what the claims about an automatic call need: earlier calls, do-not-call lists, and the options of its time."""

import json
import sqlite3
from typing import Any

from warmline.leads import dial_hours, phone_numbers
from warmline.leads.dial_hours import HoursCheck
from warmline.leads.lead_places import LeadPlaces
from warmline.store.database.reading import Row, rows
from warmline.store.leads import dnc

DAY = 24 * 3600 * 1_000_000  # microseconds
CAMPAIGN = """
    SELECT call_limit_24hour, daily_call_count_limit, drop_lockout_time FROM campaign WHERE id = :campaign
"""
CHANGES = """
    SELECT at, before FROM config_journal
    WHERE entity = 'campaign' AND name = :campaign AND action <> 'create' ORDER BY seq
"""
OPTED_OUT = """
    SELECT call.number, ifnull(ended, arrived) AS at FROM call JOIN attempt ON attempt.call = call.id
    WHERE substr(number, -7) = :tail AND opted_out AND ifnull(ended, arrived) < :at AND call.id <> :call ORDER BY 2
"""
DROPPED = """
    SELECT call.number, dropped FROM call JOIN attempt ON attempt.call = call.id
    WHERE substr(number, -7) = :tail AND dropped < :at AND dropped > :since AND call.id <> :call ORDER BY dropped DESC
"""
# A call that the last look refused has rung nowhere.
TO_NUMBER = """
    SELECT number FROM call
    WHERE substr(number, -7) = :tail AND direction = 'out' AND ended_by <> 'refused'
        AND arrived > :since AND (arrived, id) < (:at, :call)
"""
TO_LEAD = """
    SELECT count(*) AS times FROM call
    WHERE lead = :lead AND lead <> 0 AND direction = 'out' AND ended_by <> 'refused'
        AND arrived >= :since AND (arrived, id) < (:at, :call)
"""
LIFE = "SELECT id FROM asterisk WHERE ended = :at"
STARTED = "SELECT seq FROM journal WHERE kind = 'app.started' AND at BETWEEN :since AND :until LIMIT 1"


class ComplianceRecords:
    """The records beside a call, in one read transaction. `now` is the time of the report in microseconds UTC."""

    def __init__(self, db: sqlite3.Connection, now: int) -> None:
        self.now = now
        self.zone: str = db.execute("SELECT timezone FROM setting").fetchone()[0]
        self._db = db
        self._hours: dict[LeadPlaces, tuple[int, HoursCheck]] = {}
        self._options: dict[str, tuple[Row, list[tuple[int, dict[str, Any]]]]] = {}

    def option(self, campaign: str, name: str, at: int) -> int | None:
        """Return the number that an option of a campaign had at that time; None if the configuration has none."""
        if campaign not in self._options:
            current = rows(self._db, CAMPAIGN, campaign=campaign)
            changes = [(row["at"], json.loads(row["before"])) for row in rows(self._db, CHANGES, campaign=campaign)]
            self._options[campaign] = (current[0] if current else {}, changes)
        now, changes = self._options[campaign]
        value = next((before[name] for changed, before in changes if changed > at and name in before), now.get(name))
        return None if value is None else int(value)

    def hours(self, places: LeadPlaces, at: int) -> HoursCheck:
        """Check the legal hours of places at that time. A result is kept until it changes."""
        since, known = self._hours.get(places, (0, None))
        if known is None or known.until is None or not since <= at < known.until:
            known = dial_hours.check(places, (), {}, {}, at)
            self._hours[places] = at, known
        return known

    def listed(self, one: Row) -> Row | None:
        """Return the first entry of a do-not-call list that had the number of an attempt when it began."""
        found = (row for row in dnc.alike(self._db, one["number"], one["campaign"]) if row["at"] < one["arrived"])
        return min(found, key=lambda row: int(row["at"]), default=None)

    def opted_out(self, one: Row) -> int | None:
        """Return when a lead with the number of an attempt opted out before it began, or None."""
        found = rows(self._db, OPTED_OUT, tail=_tail(one), at=one["arrived"], call=one["call"])
        return next((row["at"] for row in found if _same(row, one)), None)

    def dropped(self, one: Row, since: int) -> int | None:
        """Return when a call to the number of an attempt was last dropped between `since` and its begin, or None."""
        found = rows(self._db, DROPPED, tail=_tail(one), at=one["arrived"], since=since, call=one["call"])
        return next((row["dropped"] for row in found if _same(row, one)), None)

    def calls_to_number(self, one: Row) -> int:
        """Count the calls to the number of an attempt in the 24 hours before it."""
        since = one["arrived"] - DAY
        found = rows(self._db, TO_NUMBER, tail=_tail(one), since=since, at=one["arrived"], call=one["call"])
        return sum(_same(row, one) for row in found)

    def calls_to_lead(self, one: Row, since: int) -> int:
        """Count the calls to the lead of an attempt from `since` until it began."""
        asked = {"lead": one["lead"], "since": since, "at": one["arrived"], "call": one["call"]}
        return int(rows(self._db, TO_LEAD, **asked)[0]["times"])

    def fault(self, since: int, until: int) -> str:
        """Return what failed in a period at whose end a call ended, in words, or ""."""
        if rows(self._db, LIFE, at=until):
            return "Asterisk ended"
        return "the app was killed" if rows(self._db, STARTED, since=since, until=until) else ""


def _tail(one: Row) -> str:
    return phone_numbers.digits(one["number"])[-phone_numbers.TAIL :]


def _same(row: Row, one: Row) -> bool:
    return phone_numbers.same(phone_numbers.digits(row["number"]), phone_numbers.digits(one["number"]))
