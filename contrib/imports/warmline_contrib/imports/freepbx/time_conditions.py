"""Turns time conditions and their time groups into call times, or into lines of a dialplan.

A call time has hours of days of the week. A condition with dates has none, and one that leads to another condition
has none. It becomes an extension of CONTEXT in the file to include, which asks what FreePBX's own lines ask.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from warmline.options.option_table import CALL_TIME
from warmline.options.values.option_types import Value, is_zone
from warmline_contrib.imports.converted_value import ConvertedValue, Reading, changed, kept, lost, not_needed
from warmline_contrib.imports.freepbx import columns, time_rows
from warmline_contrib.imports.freepbx.freepbx_destinations import FreepbxDestinations, parts
from warmline_contrib.imports.freepbx.freepbx_source import Row, Tables
from warmline_contrib.imports.freepbx.time_rows import TimeRow

CONTEXT = "warmline-freepbx-time"
OF_FREEPBX = "timeconditions"  # FreePBX's context of conditions
NEVER = 2400
ALWAYS_NAME = 20  # characters
NO_CODE = "the code of a phone that overrides the condition has no effect on a call time"
DECIDES = "FreePBX decides, and its own queues get the call"
TIME_GROUP = ("", "time-group")


class TimedRoute(NamedTuple):
    """The options of a DID: its route, and if the call time is not empty, the route while that is closed.

    `why` is the difference to FreePBX, "" for none.
    """

    route: str
    call_time: str = ""
    after: str = ""
    why: str = ""


class TimeConditions:
    """The time conditions of one FreePBX, and what they become."""

    def __init__(self, tables: Tables, places: FreepbxDestinations) -> None:
        self._places = places
        rows = tables.get("timeconditions", ())
        self._rows = {row["timeconditions_id"]: row for row in rows if row["timeconditions_id"].isdecimal()}
        self._groups: dict[str, list[TimeRow]] = {}
        self._faults: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._written: dict[str, list[str]] = {}
        self._tables = tables
        for row in tables.get("timegroups_details", ()):
            group = row.get("timegroupid", "")
            try:
                self._groups.setdefault(group, []).append(time_rows.read(row.get("time", "")))
            except ValueError as why:
                self._faults[group] = str(why)
        for number, row in self._rows.items():
            if not self.why_not(number):
                self._names[number] = self._name(number, row.get("displayname", ""))

    def call_times(self) -> dict[str, dict[str, Value]]:
        """Return the call times by name."""
        return {name: self._hours(self._rows[number]) for number, name in self._names.items()}

    def why_not(self, number: str) -> str:
        """Return why no call time can take the place of a condition, or ""."""
        row = self._rows[number]
        if row.get("mode", "") not in TIME_GROUP:
            return "it asks a calendar"
        if fault := self._faults.get(row.get("time", "")):
            return fault
        rows = self._groups.get(row.get("time", ""), [])
        if any(one.dates for one in rows):
            return "it has days of the month or months"
        for goto in ("truegoto", "falsegoto"):
            try:
                if parts(row.get(goto, ""))[0] == OF_FREEPBX:
                    return "it leads to another condition"
            except ValueError as why:
                return str(why)
        zone = row.get("timezone", "")
        return f"{zone} is no time zone here" if zone not in ("", "default") and not is_zone(zone) else ""

    def route(self, text: str) -> TimedRoute:
        """Return where calls go that FreePBX sends to this destination. Raises ValueError."""
        context, number = parts(text)
        if context != OF_FREEPBX:
            return TimedRoute(self._places.route(text))
        if number not in self._rows:
            raise ValueError(f"time condition {number} does not exist")
        if name := self._names.get(number):
            row = self._rows[number]
            return TimedRoute(self._places.route(row["truegoto"]), name, self._places.route(row["falsegoto"]))
        if self._write(number):
            return TimedRoute(f"extension:{number}@{CONTEXT}", why="lines of the dialplan decide about the time")
        return TimedRoute(f"extension:{number}@{OF_FREEPBX}", why=DECIDES)

    def dialplan(self) -> dict[str, list[str]]:
        """Return the lines of CONTEXT by extension, for the conditions that `route` was asked for."""
        return self._written

    def values(self) -> Iterator[ConvertedValue]:
        """Yield the fate of each column of all conditions and groups."""
        used = {row.get("time", "") for row in self._rows.values()}
        for number, row in self._rows.items():
            yield from columns.fates("timeconditions", f"time condition {number}", row, self._fates(number))
        for row in self._tables.get("timegroups_groups", ()):
            special = {name: not_needed("the conditions that use the group have its hours") for name in row}
            yield from columns.fates("timegroups_groups", f"time group {row.get('id', '')}", row, special)
        for row in self._tables.get("timegroups_details", ()):
            reading = self._window(row, used)
            special = {"id": not_needed("the order does not count"), "timegroupid": reading, "time": reading}
            yield from columns.fates("timegroups_details", f"time group {row.get('timegroupid', '')}", row, special)

    def _fates(self, number: str) -> dict[str, Reading]:
        row, name = self._rows[number], self._names.get(number)
        if name:
            reading = changed(NO_CODE, call_time=name)
            zone = self._hours(row).get("timezone", "")
            return {
                **dict.fromkeys(("timeconditions_id", "displayname", "time", "truegoto", "falsegoto"), reading),
                "timezone": kept(timezone=zone) if zone else not_needed("the setting timezone counts"),
                "mode": not_needed("a call time has hours"),
                **dict.fromkeys(("calendar_id", "calendar_group_id"), not_needed("the condition asks no calendar")),
            }
        if number in self._written:
            reading = changed(f"{self.why_not(number)}, so lines of the dialplan decide: [{CONTEXT}]")
        else:
            calendar = row.get("mode", "") not in TIME_GROUP
            why = self.why_not(number) if calendar else "no inbound route leads to it"
            reading = lost(f"{why}; {DECIDES}") if calendar else not_needed(why)
        return dict.fromkeys(
            (
                *("timeconditions_id", "displayname", "time", "truegoto", "falsegoto", "timezone", "mode"),
                *("calendar_id", "calendar_group_id"),
            ),
            reading,
        )

    def _window(self, row: Row, used: set[str]) -> Reading:
        group = row.get("timegroupid", "")
        if group not in used:
            return not_needed("no condition uses the group")
        if fault := self._faults.get(group):
            return lost(fault)
        return kept()._replace(why="hours of the conditions that use the group")

    def _name(self, number: str, shown: str) -> str:
        plain = unicodedata.normalize("NFKD", shown).encode("ascii", "ignore").decode()  # letters without their accents
        text = re.sub(r"[^A-Za-z0-9_-]+", "_", plain).strip("_-")[:ALWAYS_NAME]
        try:
            CALL_TIME.names.parse(text)
        except ValueError:
            text = f"TC{number}"
        return text if text not in self._names.values() else f"TC{number}"

    def _hours(self, row: Row) -> dict[str, Value]:
        """Return the options of a call time: most days have the hours of `ct_default`."""
        days = time_rows.hours(self._groups.get(row.get("time", ""), []))
        first = {name: windows[0] if windows else (NEVER, NEVER) for name, windows in days.items()}
        usual = Counter(first.values()).most_common(1)[0][0]
        found: dict[str, Value] = {"ct_default_start": usual[0], "ct_default_stop": usual[1]}
        for name, (start, stop) in first.items():
            if (start, stop) != usual:
                found |= {f"ct_{name}_start": start, f"ct_{name}_stop": stop}
        more = [f"{name}:{start:04d}-{stop:04d}" for name, windows in days.items() for start, stop in windows[1:]]
        if more:
            found["ct_more_hours"] = tuple(more)
        if (zone := row.get("timezone", "")) not in ("", "default"):
            found["timezone"] = zone
        return found

    def _write(self, number: str) -> bool:
        """Write the lines of a condition, and of those that it leads to. Return whether it has lines."""
        if number in self._written:
            return True
        row = self._rows.get(number)
        if row is None or row.get("mode", "") not in TIME_GROUP or row.get("time", "") in self._faults:
            return False
        zone = row.get("timezone", "")
        asked = f",{zone}" if zone not in ("", "default") and is_zone(zone) else ""
        self._written[number] = []  # a condition that leads to itself ends here
        override = [
            f'GotoIf($["${{DB(TC/{number}):0:4}}" = "true"]?true)',
            f'GotoIf($["${{DB(TC/{number}):0:5}}" = "false"]?false)',
        ]
        rows = self._groups.get(row.get("time", ""), [])
        self._written[number] = [
            *override,
            *(f"GotoIfTime({one.text.replace('|', ',')}{asked}?true)" for one in rows),
            f"(false){self._leave(row.get('falsegoto', ''))}",
            f"(true){self._leave(row.get('truegoto', ''))}",
        ]
        return True

    def _leave(self, text: str) -> str:
        """Return the application that leads to a destination; a call without one ends."""
        try:
            context, number = parts(text)
            if context == OF_FREEPBX and number in self._rows:
                return f"Goto({CONTEXT if self._write(number) else OF_FREEPBX},{number},1)"
            return f"Goto({self._places.dialplan(text)})"
        except ValueError:
            return "Hangup()"
