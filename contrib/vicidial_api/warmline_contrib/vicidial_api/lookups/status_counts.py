"""Counts the calls of campaigns and in-groups by hour and by status, for programs."""
# ruff: noqa: S608 - only constants of the code

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from warmline.core.model.call_states import Direction
from warmline.store.calls.call_history import CODE
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.database.reading import each, reading
from warmline_contrib.vicidial_api.lookups.call_lookups import CAMPAIGN

QUARTER = 900_000_000  # microseconds: every time zone begins its hours at a quarter of an hour

# A dialled call is of its campaign, and a caller of the in-group in which they waited last.
COUNTS = f"""
    WITH counted AS (
        SELECT call.direction = '{Direction.OUT}' AS out, arrived / {QUARTER} AS quarter, {CODE.format(by="")},
            iif(call.direction = '{Direction.OUT}', ({CAMPAIGN}), call.ingroup) AS name, call.dialled AS did
        FROM call WHERE call.arrived >= :start AND call.arrived < :end AND {{seen}}
    )
    SELECT out, name, did, quarter, code, count(*) AS calls, max(ifnull(human_answered = 'Y', 0)) AS human
    FROM counted LEFT JOIN disposition ON disposition.id = code
    WHERE name <> '' GROUP BY out, name, did, quarter, code
"""


@dataclass(slots=True)
class GroupCount:
    """The calls of a campaign or an in-group, by hour of the day from 0 to 23, and by status."""

    calls: int = 0
    human: int = 0
    hours: Counter[int] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """The counts of campaigns, those of in-groups, and those of callers by the DID, by name."""

    campaigns: dict[str, GroupCount]
    ingroups: dict[str, GroupCount]
    dids: dict[str, GroupCount]


def counts(path: str | Path, asked: ReportQuery, statuses: frozenset[str]) -> GroupCounts:
    """Return the counts of a period in the zone of the query, of these statuses, none for all. Raises StoreError."""
    found = GroupCounts({}, {}, {})
    sql = COUNTS.format(seen=asked.of_call("call.id", "call.ingroup", "call.last_agent"))
    with reading(path) as db:
        for row in each(db, sql, **asked.values):
            if statuses and row["code"] not in statuses:
                continue
            hour = datetime.fromtimestamp(row["quarter"] * QUARTER / 1e6, asked.zone).hour
            into = [(found.campaigns if row["out"] else found.ingroups, row["name"])]
            into += [(found.dids, row["did"])] if row["did"] and not row["out"] else []
            for counts_of, name in into:
                one = counts_of.setdefault(name, GroupCount())
                one.calls += row["calls"]
                one.human += row["calls"] * row["human"]
                one.statuses[row["code"]] += row["calls"]
                one.hours[hour] += row["calls"]
    return found
