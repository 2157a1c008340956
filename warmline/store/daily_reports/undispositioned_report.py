"""The ended calls whose agent has not given a disposition, the oldest first.

After `transfer_no_dispo` the call has the code XFER, and its agent was not asked.
"""
# ruff: noqa: S608 - only constants of the code

from pathlib import Path

from warmline.store.daily_reports.merging import Report, report
from warmline.store.daily_reports.report_definition import CALLS, DailyReport
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.database.reading import each, reading
from warmline.store.reports.call_filter import LENGTH

SKIPPED = "transfer_no_dispo"  # in place of the user who sends a code

STATEMENT = f"""
    WITH bare AS (
        SELECT call.id, call.last_agent AS agent, '' AS skipped FROM call
        WHERE call.arrived >= :start AND call.arrived < :end AND call.ended IS NOT NULL AND call.connected IS NOT NULL
        AND call.last_agent <> '' AND call.status = '' AND {{of_call}}
        AND NOT EXISTS (SELECT 1 FROM disposition_entry WHERE disposition_entry.call = call.id)
        UNION ALL
        SELECT call.id, entry.agent, entry."by" FROM call JOIN disposition_entry AS entry ON entry.call = call.id
        WHERE call.arrived >= :start AND call.arrived < :end AND entry."by" = '{SKIPPED}' AND {{of_call}}
        AND NOT EXISTS (
            SELECT 1 FROM disposition_entry AS later WHERE later.call = entry.call AND later.at > entry.at
            AND (later.agent = entry.agent OR later."by" = '{SKIPPED}')
        )
    )
    SELECT call.id AS call, call.arrived, bare.agent, ifnull(full_name, '') AS name, call.number,
        call.ingroup, bare.skipped, 1 AS calls, {LENGTH} AS length
    FROM bare JOIN call ON call.id = bare.id LEFT JOIN known_agent AS known ON known.id = bare.agent
    ORDER BY call.arrived, call.id
"""
COLUMNS = {
    "arrived": 0,
    "agent": 0,
    "name": 1,
    "number": 0,
    "ingroup": 2,
    "skipped": 3,
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
