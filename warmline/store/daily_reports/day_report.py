"""The calls of a period by in-group or server, with those that agents dialled and those that took the fallback."""

from pathlib import Path

from warmline.store.daily_reports import offered_calls
from warmline.store.daily_reports.merging import Report, report
from warmline.store.daily_reports.report_definition import CALLS, HIDDEN, DailyReport
from warmline.store.daily_reports.report_query import ReportQuery

KEYS = ("kind", "group")
INGROUP, SERVER = BY = ("ingroup", "server")
NAMED = """kind, "group", ifnull(iif(kind = 'in',
    (SELECT group_name FROM ingroup WHERE id = "group"), (SELECT campaign_name FROM campaign WHERE id = "group")
), '') AS name"""

# The figures of both reports of calls.
SERVICE = {
    "calls": 6,
    "offered": 0,
    "answered": 0,
    "abandoned": 0,
    "lost_share": 7,
    "elsewhere": 3,
    "refused": 8,
    "fallback": 1,
    "waiting": 11,
    "came_over": 12,
    "in_time": HIDDEN,
    "judged": HIDDEN,
    "level": 0,
    "waited": HIDDEN,
    "average_wait": 7,
    "answer_waited": HIDDEN,
    "answer_speed": 4,
    "wait_p90": 6,
    "longest": 10,
    "dialled": 5,
    "reached": 9,
    "handled": HIDDEN,
    "talk": HIDDEN,
    "hold": HIDDEN,
    "dead": HIDDEN,
    "wrap_up": HIDDEN,
    "handling": 0,
    "sales": 4,
    "contacts": HIDDEN,
    "conversion": 2,
}
OF_SERVERS = """kind, "group", '' AS name"""
COLUMNS = {"kind": 5, "group": 0, "name": 2} | SERVICE


def statement(asked: ReportQuery) -> str:
    """Return the statement of the report."""
    if asked.by == SERVER:
        return offered_calls.statement(asked, OF_SERVERS, 'kind, "group"', offered_calls.BY_SERVER)
    return offered_calls.statement(asked, NAMED, 'kind, "group"')


def read(path: str | Path, asked: ReportQuery) -> Report:
    """Return the report. Raises StoreError."""
    return report(offered_calls.found(path, asked, statement(asked)), COLUMNS, KEYS)


REPORT = DailyReport(
    "day",
    "Count the calls of a period by in-group or server",
    "call",
    COLUMNS,
    CALLS,
    read,
    by=BY,
    by_meaning="Key of the rows",
    by_option="--each",  # intervals are the key of another report
    plot=("answered", "abandoned", "elsewhere"),
)
