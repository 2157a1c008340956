"""The orders of a campaign's leads, each in the order of an index, so that no fill of a hopper scans the leads.

A cell has the leads of one list, status and place. One statement finds the cells of a list and status, and another the
first lead of each. The cells are merged by `heapq`, and only those whose leads are needed are read.
"""

import heapq
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from warmline.leads.lead_places import LeadPlaces
from warmline.store.database.reading import streamed
from warmline.store.dialling.dial_plan import DialPlan

COLUMNS = """
    lead_id, list_id, phone_code, phone_number, jurisdictions, time_zones, status, passes, called_count, next_try,
    next_number, security_phrase
"""
PLACES = """
    WITH RECURSIVE place (lead) AS (
        SELECT (SELECT lead_id FROM lead {source} ORDER BY jurisdictions, time_zones LIMIT 1)
        UNION ALL
        SELECT ifnull((
            SELECT lead_id FROM lead {source} AND jurisdictions = before.jurisdictions
                AND time_zones > before.time_zones ORDER BY time_zones LIMIT 1
        ), (
            SELECT lead_id FROM lead {source} AND jurisdictions > before.jurisdictions
            ORDER BY jurisdictions, time_zones LIMIT 1
        ))
        FROM place JOIN lead AS before ON before.lead_id = place.lead
    )
    SELECT jurisdictions, time_zones FROM place JOIN lead ON lead_id = place.lead
"""
FIRSTS = """
    WITH cell AS MATERIALIZED (
        SELECT value, (SELECT {column} {here} ORDER BY {column} {way} LIMIT 1) AS first FROM json_each(:places)
    )
    SELECT value, first, (
        SELECT lead_id {here} AND {column} = first ORDER BY lead_id {of_same} LIMIT 1
    ) AS lead_id FROM cell WHERE first IS NOT NULL
"""
OF_PLACE = "FROM lead {source} AND jurisdictions = {jurisdictions} AND time_zones = {time_zones}"
NO_COLUMN = "passes"  # 0 for all leads
BELOW = " AND (:most = 0 OR called_count < :most)"


class LeadOrder(NamedTuple):
    """An order: an index over places whose next columns are `column` and `lead_id`, and the direction of each.

    With `by_zone`, the offset of a lead's first time zone comes first: 1 from the west, -1 from the east.
    """

    index_name: str
    column: str = NO_COLUMN
    descending: bool = False
    newest: bool = False  # of leads with the same column, the highest lead_id comes first
    by_zone: int = 0


INDEXES = {
    "RANK": ("lead_ranked", "rank"),
    "COUNT": ("lead_counted", "called_count"),
    "LAST CALL TIME": ("lead_by_last_call", "ifnull(last_call, 0)"),
    "OWNER": ("lead_owned", "owner"),
    "LAST NAME": ("lead_named", "last_name"),
    "PHONE": ("lead_by_phone", "phone_number"),
}
# Multiples of the golden ratio of 2**32: leads that follow each other are far apart in this order.
SHUFFLED = "lead_id * 2654435761 & 4294967295"
RANDOM = LeadOrder("lead_shuffled", SHUFFLED)
AGAIN = LeadOrder("lead_again", "next_try")


def of_plan(plan: DialPlan) -> LeadOrder:
    """Return the order that `lead_order` and `lead_order_secondary` of a campaign name."""
    if plan.order == "RANDOM":
        return RANDOM
    direction, _, by = plan.order.partition(" ")
    newest = plan.secondary == "LEAD_DESCEND"
    if by in INDEXES:
        return LeadOrder(*INDEXES[by], descending=direction == "UP", newest=newest)
    if by == "TIMEZONE":
        return LeadOrder("lead_fresh", newest=newest, by_zone=-1 if direction == "UP" else 1)
    return LeadOrder("lead_fresh", newest=direction == "UP")


@dataclass(frozen=True)
class LeadCells:
    """The leads of some lists and statuses at the moment `at`, in an order.

    `source` and `only` are conditions of SQL, whose values are in `values`.
    """

    db: sqlite3.Connection
    plan: DialPlan
    order: LeadOrder
    source: str
    only: str
    values: dict[str, Any]
    at: int

    def rows(self, lists: Iterable[str], statuses: Iterable[str]) -> Iterator[Any]:
        """Yield the leads of open places in order. Each has two columns for the order, and then COLUMNS."""
        waiting: list[tuple[Any, int, Iterator[Any], Any]] = []
        for name in lists:
            for status in statuses:
                for bound, cell in self._cells(name, status):
                    waiting.append((bound, len(waiting), self._of_cell(cell), None))
        heapq.heapify(waiting)
        while waiting:
            _, serial, cell_rows, row = heapq.heappop(waiting)
            if row is not None:
                yield row
            if (following := next(cell_rows, None)) is not None:
                heapq.heappush(waiting, (self._key(following, following["time_zones"]), serial, cell_rows, following))

    def _cells(self, name: str, status: str) -> list[tuple[Any, dict[str, Any]]]:
        """Return the open places of a list and status, each with the key of its first lead, or a key before that."""
        of_status = self.values | {"list": name, "status": status}
        found = self.db.execute(PLACES.format(source=self.source), of_status).fetchall()
        places = [(row[0], row[1]) for row in found if row[1] and self._is_open(LeadPlaces(row[1], row[0]), name)]
        here = OF_PLACE.format(source=self.source, jurisdictions="value ->> 0", time_zones="value ->> 1") + self.only
        way, of_same = _way(self.order.descending), _way(self.order.newest)
        firsts = FIRSTS.format(here=here, column=self.order.column, way=way, of_same=of_same)
        bounds = self.db.execute(firsts, of_status | {"places": json.dumps(places)})
        cells = []
        for row in bounds:
            jurisdictions, time_zones = json.loads(row["value"])
            cell = of_status | {"jurisdictions": jurisdictions, "time_zones": time_zones}
            cells.append((self._key(row, time_zones), cell))
        return cells

    def _is_open(self, places: LeadPlaces, list_id: str) -> bool:
        return self.plan.hours(places, list_id, self.at).open

    def _of_cell(self, cell: dict[str, Any]) -> Iterator[Any]:
        column, way, of_same = self.order.column, _way(self.order.descending), _way(self.order.newest)
        here = OF_PLACE.format(source=self.source, jurisdictions=":jurisdictions", time_zones=":time_zones") + self.only
        wanted = f"SELECT {column} AS first, {COLUMNS} {here}"
        if column == NO_COLUMN or self.order.descending == self.order.newest:
            by = f"lead_id {of_same}" if column == NO_COLUMN else f"{column} {way}, lead_id {of_same}"
            yield from streamed(self.db, f"{wanted} ORDER BY {by}", cell)
            return
        beyond = f"AND {column} {'<' if self.order.descending else '>'} :value"  # the index has one direction
        next_one = f"ORDER BY {column} {way} LIMIT 1"
        value = self.db.execute(f"SELECT {column} {here} {next_one}", cell).fetchone()
        while value is not None:
            of_value = cell | {"value": value[0]}
            yield from streamed(self.db, f"{wanted} AND {column} = :value ORDER BY lead_id {of_same}", of_value)
            value = self.db.execute(f"SELECT {column} {here} {beyond} {next_one}", of_value).fetchone()

    def _key(self, row: Any, time_zones: str) -> tuple[Any, ...]:
        """Return the key by which rows are merged. A row without a lead is before all others of its value."""
        offset = self.order.by_zone * _offset(time_zones, self.at) if self.order.by_zone else 0.0
        lead = row["lead_id"]
        same = (0, 0) if lead is None else (1, -lead if self.order.newest else lead)
        return offset, _directed(row["first"], self.order.descending), same


def _way(descending: bool) -> str:
    return "DESC" if descending else "ASC"


def _directed(value: Any, descending: bool) -> Any:
    """Return a value that sorts in that direction."""
    if not descending:
        return value
    return (*(-ord(sign) for sign in value), 1) if isinstance(value, str) else -value


def _offset(time_zones: str, at: int) -> float:
    """Return the seconds by which the first time zone is ahead of UTC."""
    here = datetime.fromtimestamp(at / 1_000_000, UTC).astimezone(ZoneInfo(time_zones.split("|")[0]))
    offset = here.utcoffset()
    return offset.total_seconds() if offset else 0.0
