"""Reads what the claims about an automatic call need: earlier calls, do-not-call lists, and the options of its time."""

import sqlite3

from warmline.core.rules import number_text
from warmline.core.rules.configuration import CallTime, Holiday
from warmline.leads import dial_hours, phone_numbers
from warmline.leads.dial_hours import HoursCheck
from warmline.leads.lead_places import LeadPlaces
from warmline.options.option_table import CALL_TIME, CAMPAIGN, HOLIDAY, LIST
from warmline.store.database.reading import Row, rows
from warmline.store.journal.clock_corrections import OF_ROW
from warmline.store.leads.number_reads import find_dnc_entries
from warmline_contrib.compliance.store.options_then import OptionsThen

DAY = 24 * 3600 * 1_000_000  # microseconds
CLOSED = HoursCheck(False, None, "")
OPTED_OUT = """
    SELECT call.number, ifnull(ended, arrived) AS at FROM call JOIN attempt ON attempt.call = call.id
    WHERE substr(number, -7) = :tail AND opted_out <> 0 AND ifnull(ended, arrived) < :at AND call.id <> :call ORDER BY 2
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
STARTED = f"""
    SELECT seq FROM journal WHERE kind = 'app.started' AND at + {OF_ROW} BETWEEN :since AND :until LIMIT 1
"""  # noqa: S608 - a constant of the code


class ComplianceRecords:
    """The records about a call, in one read transaction. `now` is the time of the report in microseconds UTC."""

    def __init__(self, db: sqlite3.Connection, now: int) -> None:
        self.now = now
        self.zone: str = db.execute("SELECT timezone FROM setting").fetchone()[0]
        self._db = db
        self._hours: dict[LeadPlaces, tuple[int, HoursCheck]] = {}
        self._own_hours: dict[tuple[str, tuple[str, ...]], tuple[int, int, HoursCheck]] = {}
        self._then = OptionsThen(db)

    def option(self, campaign: str, name: str, at: int) -> int | None:
        """Return the number that an option of a campaign had at that time; None if the configuration has none."""
        found = self._then.of(CAMPAIGN, campaign, at) or {}
        return None if name not in found else int(found[name])

    def call_times(self, one: Row) -> tuple[str, ...] | None:
        """Return the call times of campaign and list when an attempt began; None if the campaign is unknown."""
        campaign = self._then.of(CAMPAIGN, one["campaign"], one["arrived"])
        if campaign is None:
            return None
        of_list = self._then.of(LIST, one["list_id"], one["arrived"]) or {}
        return tuple(filter(None, (campaign.get("local_call_time"), of_list.get("local_call_time"))))

    def call_time_hours(self, zones: str, names: tuple[str, ...], at: int) -> HoursCheck:
        """Check call times of that time in the time zones of a lead. A result is kept until it changes."""
        since, until, known = self._own_hours.get((zones, names), (0, 0, CLOSED))
        if not since <= at < until:
            times = self._then.records(CallTime, CALL_TIME, at)
            known = dial_hours.check(LeadPlaces(zones, ""), names, times, self._then.records(Holiday, HOLIDAY, at), at)
            until = min(self._then.until((CALL_TIME, HOLIDAY), at), known.until or at)
            self._own_hours[zones, names] = at, until, known
        return known

    def hours(self, places: LeadPlaces, at: int) -> HoursCheck:
        """Check the legal hours of places at that time. A result is kept until it changes."""
        since, known = self._hours.get(places, (0, None))
        if known is None or known.until is None or not since <= at < known.until:
            known = dial_hours.check(places, (), {}, {}, at)
            self._hours[places] = at, known
        return known

    def listed(self, one: Row) -> Row | None:
        """Return the first entry of a do-not-call list that had the number of an attempt when it began."""
        entries = find_dnc_entries(self._db, one["number"], one["campaign"])
        found = (row for row in entries if row["at"] < one["arrived"])
        return min(found, key=lambda row: int(row["at"]), default=None)

    def opted_out(self, one: Row) -> int | None:
        """Return when a lead with the number of an attempt opted out before it began, or None."""
        found = rows(self._db, OPTED_OUT, tail=_tail(one), at=one["arrived"], call=one["call"])
        return next((row["at"] for row in found if _same(row, one)), None)

    def dropped(self, one: Row, since: int) -> int | None:
        """Return when a call to the number of an attempt was last dropped between `since` and its begin, or None."""
        found = rows(self._db, DROPPED, tail=_tail(one), at=one["arrived"], since=since, call=one["call"])
        return next((row["dropped"] for row in found if _same(row, one)), None)

    def calls_to_number(self, one: Row, period: int) -> int:
        """Count the calls to the number of an attempt in a period before it, in microseconds."""
        since = one["arrived"] - period
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
    return number_text.to_dialled_digits(one["number"])[-phone_numbers.TAIL :]


def _same(row: Row, one: Row) -> bool:
    return phone_numbers.same(
        number_text.to_dialled_digits(row["number"]), number_text.to_dialled_digits(one["number"])
    )
