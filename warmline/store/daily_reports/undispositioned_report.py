"""The ended calls whose agent has not given a disposition, the oldest first."""
# ruff: noqa: S608 - only constants of the code

from pathlib import Path

from warmline.store.daily_reports.daily_report import CALLS, DailyReport
from warmline.store.daily_reports.merging import Report, report
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.database.reading import each, reading
from warmline.store.reports.call_filter import LENGTH

STATEMENT = f"""
    SELECT call.id AS call, call.arrived, call.last_agent AS agent, ifnull(full_name, '') AS name, call.number,
        call.ingroup, 1 AS calls, {LENGTH} AS length
    FROM call LEFT JOIN known_agent AS known ON known.id = call.last_agent
    WHERE call.arrived >= :start AND call.arrived < :end AND call.ended IS NOT NULL AND call.connected IS NOT NULL
    AND call.last_agent <> '' AND call.status = '' AND {{of_call}}
    AND NOT EXISTS (SELECT 1 FROM disposition_entry WHERE disposition_entry.call = call.id)
    ORDER BY call.arrived, call.id
"""
COLUMNS = {
    "arrived": 0,
    "agent": 0,
    "name": 1,
    "number": 0,
    "ingroup": 2,
    "calls": 4,
    "length": 0,
    "call": 0,
}


def statement(asked: ReportQuery) -> str:
    """Return the statement of the report."""
    return STATEMENT.format(of_call=asked.of_call("call.id", "call.ingroup", "call.last_agent"))


def read(path: str | Path, asked: ReportQuery) -> Report:
    """Return the report. Raises StoreError."""
    with reading(path) as db:
        found = list(each(db, statement(asked), **asked.values))
    return report(found, COLUMNS, ("call",))


REPORT = DailyReport(
    "undispositioned", "List calls without a disposition", "call without a disposition", COLUMNS, CALLS, read
)
