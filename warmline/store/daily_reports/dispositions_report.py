"""The calls with each disposition: the last code of a call, or the status of a call without an agent."""
# ruff: noqa: S608 - only constants of the code

from pathlib import Path

from warmline.store.daily_reports.dids_report import LAST_CODE
from warmline.store.daily_reports.merging import Report, report
from warmline.store.daily_reports.report_definition import CALLS, HIDDEN, DailyReport
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.database.reading import each, reading
from warmline.store.reports.call_filter import LENGTH

STATEMENT = f"""
    WITH coded AS (
        SELECT {LAST_CODE} AS status, {LENGTH} AS length, connected IS NOT NULL AS answered
        FROM call WHERE call.arrived >= :start AND call.arrived < :end AND {{of_call}}
    )
    SELECT coded.status, max(ifnull(status_name, '')) AS name, max(ifnull(category, '')) AS category, count(*) AS calls,
        sum(answered) AS answered, sum(length) AS length, max(ifnull(sale, '')) AS sale,
        max(ifnull(customer_contact, '')) AS contact, ifnull(sum(sale = 'Y'), 0) AS sales,
        ifnull(sum(customer_contact = 'Y'), 0) AS contacts
    FROM coded LEFT JOIN disposition ON disposition.id = coded.status
    GROUP BY coded.status ORDER BY calls DESC, coded.status
"""
COLUMNS = {
    "status": 0,
    "name": 1,
    "category": 4,
    "calls": 0,
    "share": 0,
    "answered": 3,
    "length": HIDDEN,
    "average_length": 1,
    "sale": 2,
    "contact": 2,
    "sales": 0,
    "contacts": 1,
    "conversion": 1,
}


def statement(asked: ReportQuery) -> str:
    """Return the statement of the report."""
    return STATEMENT.format(of_call=asked.of_call("call.id", "call.ingroup", "call.last_agent"))


def read(path: str | Path, asked: ReportQuery) -> Report:
    """Return the report, the most frequent code first. Raises StoreError."""
    with reading(path) as db:
        found = list(each(db, statement(asked), **asked.values))
    return report(found, COLUMNS, ("status",))


REPORT = DailyReport("dispositions", "Count calls by disposition", "call", COLUMNS, CALLS, read, plot=("calls",))
