"""The plan by which a campaign dials: its options about leads, its lists, and the call times that they name."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from warmline.core.rules import dial_rules, emergency_numbers, reasons
from warmline.core.rules.configuration import CallTime, Campaign, Holiday
from warmline.leads import dial_hours, lead_conditions
from warmline.leads.dial_hours import HoursCheck
from warmline.leads.lead_conditions import NO_LEAD, LeadConditions
from warmline.leads.lead_numbers import LeadNumber
from warmline.leads.lead_places import LeadPlaces
from warmline.options.option_table import CALL_TIME, HOLIDAY
from warmline.store.configuration.config_rows import revision
from warmline.store.configuration.configuration_snapshot import campaigns, records
from warmline.store.database.errors import unknown
from warmline.store.database.reading import Row, rows

MINUTE = 60_000_000
CAMPAIGNS = """
    SELECT campaign.id, ifnull(local_call_time, '') AS local_call_time, dial_statuses, recycle, lead_order,
        lead_order_secondary, new_lead_every, lead_filter, call_count_limit, daily_call_count_limit,
        call_limit_24hour, auto_alt_dial, auto_alt_dial_statuses, drop_lockout_time, contacted_days, use_custom_cid,
        campaign_cid, (SELECT timezone FROM setting) AS timezone,
        (SELECT emergency_numbers FROM setting) AS emergency_numbers,
        ifnull(caller_ids, '[]') AS caller_ids, ifnull(calls_per_day, 0) AS calls_per_day
    FROM campaign LEFT JOIN cid_group ON cid_group.id = campaign.cid_group WHERE campaign.id = :campaign
"""
ALTERNATIVES = {
    "NONE": (),
    "ALT_ONLY": ("alt_phone",),
    "ADDR3_ONLY": ("address3",),
    "ALT_AND_ADDR3": ("alt_phone", "address3"),
}
LISTS = """
    SELECT id, active, ifnull(local_call_time, '') AS local_call_time, expiration_date, country, list_weight,
        campaign_cid_override, campaign = :campaign AS own
    FROM list ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class DialList:
    """A list of leads. `expires` is its last day as YYYY-MM-DD, or ""."""

    id: str
    active: bool
    call_time: str
    expires: str
    country: str = ""
    weight: int = 0  # its share of the new leads
    caller_id: str = ""

    def why_not(self, today: str) -> str:
        """Return why the list is not dialled on that day, or ""."""
        if not self.active:
            return f"list {self.id} is not active"
        return f"list {self.id} expired on {self.expires}" if self.expires and self.expires < today else ""


@dataclass(frozen=True, slots=True)
class ShownNumbers:
    """The caller ids of a campaign: those of its `cid_group`, each of which may have an area or a state before it."""

    of_group: tuple[str, ...] = ()  # NUMBER, AREA:NUMBER, STATE:NUMBER
    calls_per_day: int = 0
    of_campaign: str = ""
    of_lead: bool = False  # use_custom_cid


@dataclass(frozen=True)
class DialPlan:
    """The rules by which a campaign dials leads, of one moment.

    `recycle` has, by status, the minutes until the next try and the number of tries. A limit of 0 is none. `others` are
    the lists that are not the campaign's: the lead of a callback may be in one.
    """

    campaign: Campaign
    call_time: str
    statuses: tuple[str, ...]
    recycle: Mapping[str, tuple[int, int]]
    order: str
    secondary: str
    new_every: int  # one of so many leads is new while others are due; 0: all due ones come first
    only: LeadConditions
    alternatives: tuple[str, ...]  # alt_phone, address3: the other numbers that are dialled
    alternative_statuses: tuple[str, ...]  # after which they are
    lockout: int  # microseconds after a drop
    contacted: int  # days after a final code
    shown: ShownNumbers
    most_calls: int
    most_of_day: int
    most_of_24_hours: int
    zone: str
    emergency: tuple[str, ...]  # numbers that no lead is called at
    lists: Mapping[str, DialList]
    call_times: Mapping[str, CallTime]
    holidays: Mapping[str, Holiday]
    others: Mapping[str, DialList] = field(default_factory=dict)
    known_hours: dict[tuple[LeadPlaces, str], tuple[int, HoursCheck]] = field(default_factory=dict, compare=False)

    def hours(self, places: LeadPlaces, list_id: str, at: int) -> HoursCheck:
        """Check the hours of a lead's places. A result is kept until it changes; `at` is in microseconds UTC."""
        key = places, list_id
        since, known = self.known_hours.get(key, (0, None))
        if known is None or known.until is None or not since <= at < known.until:  # a clock may be put back
            of_list = self._list(list_id)
            names = [name for name in (self.call_time, of_list.call_time if of_list else "") if name]
            known = dial_hours.check(places, names, self.call_times, self.holidays, at)
            self.known_hours[key] = at, known
        return known

    def country(self, list_id: str) -> str:
        """Return the country of numbers without a country code in a list, or ""."""
        of_list = self._list(list_id)
        return of_list.country if of_list else ""

    def _list(self, list_id: str) -> DialList | None:
        return self.lists.get(list_id) or self.others.get(list_id)

    def refused(self, called: LeadNumber) -> str:
        """Return why the options refuse a number of a lead, or ""."""
        for number in (called.whole, called.national):
            if found := emergency_numbers.find_dialled_number(self.emergency, self.campaign, number):
                return reasons.EMERGENCY_NUMBER.text(number=number, emergency=found)
        return dial_rules.build_customer_endpoint(self.campaign, called.whole)[1]

    def readings(self, number: str) -> set[str]:
        """Return every number that the trunk may dial for this one."""
        return {number, *dial_rules.list_readings(self.campaign, number)}

    def today(self, at: int) -> str:
        """Return the day at that moment in the time zone of the settings."""
        return datetime.fromtimestamp(at / 1_000_000, UTC).astimezone(ZoneInfo(self.zone)).date().isoformat()


class DialPlans:
    """The plans of all campaigns, read again after each change of the configuration. Each thread has its own."""

    def __init__(self) -> None:
        self._revision = -1
        self._plans: dict[str, DialPlan] = {}

    def of(self, db: sqlite3.Connection, campaign: str) -> DialPlan:
        """Return the plan of a campaign. Raises NotFound."""
        if (now := revision(db)) != self._revision:
            self._plans, self._revision = {}, now
        if campaign not in self._plans:
            self._plans[campaign] = load(db, campaign)
        return self._plans[campaign]


def load(db: sqlite3.Connection, campaign: str) -> DialPlan:
    """Read the plan of a campaign. Raises NotFound."""
    found = rows(db, CAMPAIGNS, campaign=campaign)
    if not found:
        raise unknown("campaign", campaign, [row["id"] for row in rows(db, "SELECT id FROM campaign ORDER BY id")])
    return _plan(db, found[0])


def _plan(db: sqlite3.Connection, row: Row) -> DialPlan:
    parts = (one.split(":") for one in json.loads(row["recycle"]))
    own, others = dict[str, DialList](), dict[str, DialList]()
    for one in rows(db, LISTS, campaign=row["id"]):
        (own if one["own"] else others)[one["id"]] = DialList(
            one["id"],
            one["active"] == "Y",
            one["local_call_time"],
            one["expiration_date"],
            one["country"],
            one["list_weight"],
            one["campaign_cid_override"],
        )
    return DialPlan(
        campaign=campaigns(db)[row["id"]],
        call_time=row["local_call_time"],
        statuses=tuple(json.loads(row["dial_statuses"])),
        recycle={status: (int(minutes), int(times)) for status, minutes, times in parts},
        order=row["lead_order"],
        secondary=row["lead_order_secondary"],
        new_every=row["new_lead_every"],
        only=_only(row["lead_filter"], row["timezone"]),
        alternatives=ALTERNATIVES[row["auto_alt_dial"]],
        alternative_statuses=tuple(json.loads(row["auto_alt_dial_statuses"])),
        lockout=row["drop_lockout_time"] * 60 * MINUTE,
        contacted=row["contacted_days"],
        shown=ShownNumbers(
            tuple(json.loads(row["caller_ids"])),
            row["calls_per_day"],
            row["campaign_cid"] if row["campaign_cid"].strip("0") else "",
            of_lead=row["use_custom_cid"] == "Y",
        ),
        most_calls=row["call_count_limit"],
        most_of_day=row["daily_call_count_limit"],
        most_of_24_hours=row["call_limit_24hour"],
        zone=row["timezone"],
        emergency=tuple(json.loads(row["emergency_numbers"])),
        lists=own,
        call_times=records(db, CallTime, CALL_TIME),
        holidays=records(db, Holiday, HOLIDAY),
        others=others,
    )


def _only(lead_filter: str, zone: str) -> LeadConditions:
    """Return the conditions of a filter. One that a later version stored matches no lead, and `doctor` names it."""
    try:
        return lead_conditions.of(lead_filter, ZoneInfo(zone))
    except ValueError:
        return NO_LEAD
