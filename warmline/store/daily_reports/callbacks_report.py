"""The callbacks that were promised for a period, by agent: kept in time, late, missed or cancelled."""
# ruff: noqa: S608 - only constants of the code

from pathlib import Path

from warmline.core.messages.values.callback import CANCELLED, COMPLETED, MISSED_DELAY_US, PENDING
from warmline.store.daily_reports.merging import Report, report
from warmline.store.daily_reports.report_definition import CALLS, DailyReport
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.database.reading import each, reading

STATEMENT = f"""
    SELECT callback.agent, max(ifnull(full_name, '')) AS name, count(*) AS promised,
        sum(state = '{COMPLETED}' AND ended - at <= {MISSED_DELAY_US}) AS kept,
        sum(state = '{COMPLETED}' AND ended - at > {MISSED_DELAY_US}) AS late,
        sum(state = '{PENDING}' AND :now - at >= {MISSED_DELAY_US}) AS missed,
        sum(state = '{PENDING}' AND :now - at < {MISSED_DELAY_US}) AS due, sum(state = '{CANCELLED}') AS cancelled
    FROM callback LEFT JOIN known_agent AS known ON known.id = callback.agent
    WHERE callback.at >= :start AND callback.at < :end AND {{of_call}}
    GROUP BY callback.agent ORDER BY callback.agent = '', callback.agent
"""
COLUMNS = {
    "agent": 0,
    "name": 1,
    "promised": 0,
    "kept": 0,
    "late": 0,
    "missed": 0,
    "due": 0,
    "cancelled": 0,
    "kept_share": 0,
}


def statement(asked: ReportQuery) -> str:
    """Return the statement of the report."""
    return STATEMENT.format(of_call=asked.of_call("callback.call", "callback.ingroup", "callback.agent"))


def read(path: str | Path, asked: ReportQuery) -> Report:
    """Return the report. Raises StoreError."""
    with reading(path) as db:
        found = list(each(db, statement(asked), **asked.values))
    return report(found, COLUMNS, ("agent",))


REPORT = DailyReport(
    "callbacks",
    "Show which callbacks were kept in time",
    "callback was due",
    COLUMNS,
    CALLS,
    read,
    plot=("kept", "late", "missed", "due"),
)
