"""The rules about a lead in plain words: a slow oracle for the hopper and the last look."""

import tomllib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from warmline.leads import legal_hours

LAWS = tomllib.loads(legal_hours.DATA.read_text())
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass
class Called:
    """An earlier call, as the oracle remembers it."""

    lead: int
    number: str
    at: datetime
    dropped: bool = False


@dataclass
class Oracle:
    """Everything that a campaign knows, and the rules in plain words."""

    statuses: set[str]
    limits: tuple[int, int, int]  # in all, of a day, in 24 hours
    hours: tuple[int, int] | None  # of the campaign
    listed: set[str] = field(default_factory=set)
    calls: list[Called] = field(default_factory=list)
    lockout: timedelta = timedelta(hours=72)  # after a drop

    def allows(self, lead: dict[str, Any], now: datetime) -> bool:
        """Return whether the main number of a lead may be dialled, which is in no callback."""
        number = f"{lead['phone_code']}{lead['phone_number']}"
        return (
            lead["status"] in self.statuses
            and not any(one.lead == lead["lead_id"] for one in self.calls)  # no reset of the list
            and self.allows_number(lead, number, now)
        )

    def allows_number(self, lead: dict[str, Any], number: str, now: datetime) -> bool:
        """Return whether a number may be dialled for a lead with the places of that number."""
        return (
            not any(same(one, number) for one in self.listed)
            and self.open(lead, now)
            and self.few(lead, number, now)
            and not any(one.dropped and same(one.number, number) and now < one.at + self.lockout for one in self.calls)
        )

    def open(self, lead: dict[str, Any], now: datetime) -> bool:
        zones = lead["time_zones"].split("|") if lead["time_zones"] else []
        return bool(zones) and all(self.open_in(zone, lead["jurisdictions"], now) for zone in zones)

    def open_in(self, zone: str, jurisdictions: str, now: datetime) -> bool:
        here = now.astimezone(ZoneInfo(zone))
        clock = here.hour * 100 + here.minute
        if self.hours and not self.hours[0] <= clock < self.hours[1]:
            return False
        names = {name for place in jurisdictions.split("|") for name in (place, place.split("-")[0])}
        laws = [LAWS[name] for name in names if name in LAWS]
        return bool(laws or self.hours) and all(self.legal(law, here, clock) for law in laws)

    def legal(self, law: dict[str, Any], here: datetime, clock: int) -> bool:
        day = here.date()
        shift = {5: [0, -1], 6: [0, 1]} if law.get("observed") else {}
        for rule in law.get("holidays", ()):
            for year in (day.year - 1, day.year, day.year + 1):
                date = legal_hours.holiday(rule, year)
                if any(date + timedelta(days=days) == day for days in shift.get(date.weekday(), [0])):
                    return False
        hours = law.get(DAYS[day.weekday()], law["hours"])
        windows = [] if hours == "closed" else [window.split("-") for window in hours.split()]
        return any(int(start) <= clock < int(stop) for start, stop in windows)

    def few(self, lead: dict[str, Any], number: str, now: datetime) -> bool:
        in_all, of_day, in_24_hours = self.limits
        law = min(
            (LAWS[name].get("calls_in_24_hours", 99) for name in lead["jurisdictions"].split("|") if name in LAWS),
            default=99,
        )
        by_month = min(
            (LAWS[name].get("calls_in_30_days", 99) for name in lead["jurisdictions"].split("|") if name in LAWS),
            default=99,
        )
        of_30_days = [one for one in self.calls if same(one.number, number) and one.at > now - timedelta(days=30)]
        lately = [one for one in self.calls if same(one.number, number) and one.at > now - timedelta(days=1)]
        mine = [one for one in self.calls if one.lead == lead["lead_id"]]
        zone = ZoneInfo(lead["time_zones"].split("|")[0])
        today = [one for one in mine if one.at.astimezone(zone).date() == now.astimezone(zone).date()]
        return (
            (not in_all or len(mine) < in_all)
            and (not of_day or len(today) < of_day)
            and len(lately) < min(in_24_hours or 99, law)
            and len(of_30_days) < by_month
        )


def same(one: str, other: str) -> bool:
    """Return whether two texts are the same number, with or without a country code."""
    short, long = sorted((one.lstrip("+0"), other.lstrip("+0")), key=len)
    return long.endswith(short) and len(long) - len(short) <= 3


def microseconds(moment: datetime) -> int:
    """Return a moment in microseconds since 1970, UTC."""
    return round(moment.timestamp() * 1_000_000)
