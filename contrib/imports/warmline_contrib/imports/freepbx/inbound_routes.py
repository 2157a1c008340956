"""Turns the inbound routes of FreePBX into DIDs, and its rules for callers into filters with a list of numbers."""

import re
from collections import Counter
from typing import NamedTuple

from warmline.core.rules.extension_pattern import DEFAULT_EXTENSION
from warmline.options.option_table import DID
from warmline.options.values.option_types import Value
from warmline_contrib.imports.converted_value import ConvertedValue, Fate, Reading, changed, kept, lost, not_needed
from warmline_contrib.imports.freepbx import columns
from warmline_contrib.imports.freepbx.freepbx_source import Row, Tables
from warmline_contrib.imports.freepbx.time_conditions import TimeConditions

NUMBER = re.compile(r"\+?[0-9]{1,20}")
BLOCKED = "app-blackhole,"
UNLISTED = "a list has whole numbers, and no patterns or words"


class InboundRoutes(NamedTuple):
    """The DIDs and the lists of callers by name, the extension of FreePBX of each DID, and the fates."""

    dids: dict[str, dict[str, Value]]
    containers: dict[str, dict[str, Value]]
    extensions: dict[str, str]
    values: list[ConvertedValue]


def of_tables(tables: Tables, conditions: TimeConditions) -> InboundRoutes:
    """Return the DIDs of the inbound routes. A route for any number is the DID `default`."""
    found = InboundRoutes({}, {}, {}, [])
    by_number: dict[str, list[Row]] = {}
    for row in sorted(tables.get("incoming", ()), key=lambda row: row.get("extension", "")):
        by_number.setdefault(row.get("extension", "").strip(), []).append(row)
    for extension, rows in by_number.items():
        name = did_name(extension) if extension else DEFAULT_EXTENSION
        own = next((row for row in rows if not row.get("cidnum", "").strip()), None)
        fates = _Did(name, conditions, found.containers)
        fates.fault = _fault(extension, name)
        if name in found.dids:
            fates.fault = f"the route for {found.extensions[name]} has this number, too"
        for row in [one for one in (own,) if one] + _rules([row for row in rows if row is not own]):
            special = fates.own(row) if row is own else fates.of_caller(row)
            place = f"inbound route {extension or 'any'}" + f"/{row.get('cidnum')}" * bool(row.get("cidnum"))
            found.values.extend(columns.fates("incoming", place, row, special))
        if fates.options.get("route"):
            found.dids[name] = fates.options
            found.extensions[name] = extension
    return found


def did_name(extension: str) -> str:
    """Return the name of a DID for the extension of a route: numbers and patterns have no leading +."""
    return "_" + extension[2:] if extension.startswith("_+") else extension.removeprefix("+")


def _rules(rows: list[Row]) -> list[Row]:
    """Return the rules for callers in the order in which they count: those with the commonest destination first.

    A DID has one destination for listed callers. The order is the same for all sources.
    """
    listed = (row for row in rows if NUMBER.fullmatch(row.get("cidnum", "").strip()))
    counts = Counter(row.get("destination", "") for row in listed)

    def order(row: Row) -> tuple[int, bool, str]:
        text = row.get("destination", "")
        return -counts[text], not text.startswith(BLOCKED), row.get("cidnum", "")

    return sorted(rows, key=order)


def _fault(extension: str, name: str) -> str:
    """Return why the extension of a route cannot be the name of a DID, or ""."""
    if extension and (name == DEFAULT_EXTENSION or not name):
        return f"allowed as a number: {DID.names.allowed}"
    try:
        DID.names.parse(name)
    except ValueError as why:
        return str(why) or f"allowed as a number: {DID.names.allowed}"
    return ""


class _Did:
    """A DID while the rows of its number are read."""

    def __init__(self, name: str, conditions: TimeConditions, containers: dict[str, dict[str, Value]]) -> None:
        self.name = name
        self.fault = ""
        self.options: dict[str, Value] = {}
        self._conditions = conditions
        self._containers = containers

    def own(self, row: Row) -> dict[str, Reading]:
        """Read the route of all callers without a rule of their own."""
        reading = self._destination(row)
        named = row.get("description", "")
        made = reading.fate is not Fate.LOST
        label = columns.named("did_description", named) if made else not_needed("the route becomes no DID")
        self.options |= reading.options | label.options
        number = kept(did=self.name) if made else reading
        return {
            "extension": number._replace(options={}),
            "cidnum": not_needed("the route is for all callers"),
            "destination": reading,
            "description": label,
        }

    def of_caller(self, row: Row) -> dict[str, Reading]:
        """Read the route of one caller: the number joins the list of the DID."""
        number, text = row.get("cidnum", "").strip(), row.get("destination", "")
        reading = self._filter(number, text)
        return {
            "extension": reading._replace(options={}),
            "cidnum": reading,
            "destination": reading,
            "description": not_needed("the list has no names"),
        }

    def _destination(self, row: Row) -> Reading:
        if self.fault:
            return lost(self.fault)
        try:
            found = self._conditions.route(row.get("destination", ""))
        except ValueError as why:
            return lost(str(why))
        if found.call_time:
            return kept(route=found.route, call_time_id=found.call_time, after_hours_route=found.after)
        return changed(found.why, route=found.route) if found.why else kept(route=found.route)

    def _filter(self, number: str, text: str) -> Reading:
        if self.fault or not NUMBER.fullmatch(number):
            return lost(self.fault or UNLISTED)
        if "route" not in self.options:
            return lost("the number has no route for other callers")
        try:
            timed = self._conditions.route(text)
        except ValueError as why:
            return lost(str(why))
        route = timed.route
        if self.options.get("filter_route", route) != route:
            return lost(f"a DID has one destination for listed callers, and that is {self.options['filter_route']}")
        name = str(self.options.get("filter_phone_group_id") or self._list())
        before = self._containers.setdefault(name, {"entries": ()}).get("entries", ())
        entries = (*(before if isinstance(before, tuple) else ()), number.removeprefix("+"))
        self._containers[name]["entries"] = tuple(dict.fromkeys(entries))
        self.options |= {
            "filter_inbound_number": "GROUP",
            "filter_phone_group_id": name,
            "filter_route": route,
        }
        shown = kept(filter_route=route, filter_phone_group_id=name)
        if timed.call_time or timed.why:
            return changed(timed.why or "its hours do not count for these callers", **shown.options)
        if self.name == DEFAULT_EXTENSION:
            return changed("for numbers without an inbound route alone", **shown.options)
        return shown

    def _list(self) -> str:
        """Return a new name for the list of the DID's callers."""
        name = f"CID_{re.sub(r'[^0-9A-Za-z]', '', self.name)[-16:]}"
        return f"CID_{len(self._containers)}" if name in self._containers else name
