"""The callers whom no agent has reached since their last call: a list of customers to call back."""
# ruff: noqa: S608 - only constants of the code

from pathlib import Path

from warmline.core.messages.values.callback import PENDING
from warmline.core.model.call_states import Direction
from warmline.store.daily_reports.dids_report import WAITED
from warmline.store.daily_reports.merging import Report, report
from warmline.store.daily_reports.report_definition import CALLS, DailyReport
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.database.reading import each, reading
from warmline.store.reports.fallbacks import IS_LOGIN

SAME = "substr({0}.number, -7) = substr({1}.number, -7) AND ltrim({0}.number, '+') = ltrim({1}.number, '+')"

# A call that only the fallback had is in `fallback` alone. Withheld numbers are one row, because none can be reached.
STATEMENT = f"""
    WITH lost AS (
        SELECT call.id AS call, call.number, call.arrived AS last, call.ingroup, call.dialled AS did,
            ifnull((SELECT fallback.reason FROM fallback WHERE fallback.id = call.id), call.status) AS reason,
            {WAITED} AS waited
        FROM call WHERE call.arrived >= :start AND call.arrived < :end AND call.direction = '{Direction.IN}'
        AND call.connected IS NULL AND call.ended IS NOT NULL AND {{of_call}}
        UNION ALL
        SELECT fallback.id, fallback.number, fallback.at, '', fallback.dialled, fallback.reason, 0
        FROM fallback WHERE fallback.at >= :start AND fallback.at < :end AND fallback.goto = ''
        AND NOT {IS_LOGIN} AND NOT EXISTS (SELECT 1 FROM call WHERE call.id = fallback.id) AND {{of_fallback}}
    )
    SELECT number, last, 1 AS callers, times, ingroup, did, reason, call, waited, (
            SELECT min(callback.at) FROM callback
            WHERE callback.state = '{PENDING}' AND callback.number <> '' AND {SAME.format("callback", "newest")}
        ) AS callback
    FROM (
        SELECT lost.number, last, ingroup, did, reason, call, count(*) OVER caller AS times,
            sum(waited) OVER caller AS waited,
            row_number() OVER (PARTITION BY ltrim(number, '+') ORDER BY last DESC, call DESC) AS place
        FROM lost WHERE number = '' OR NOT EXISTS (
            SELECT 1 FROM call AS later WHERE {SAME.format("later", "lost")}
            AND later.connected IS NOT NULL AND +later.arrived > lost.last
        ) WINDOW caller AS (PARTITION BY ltrim(number, '+'))
    ) AS newest WHERE place = 1 ORDER BY last, call
"""
COLUMNS = {
    "number": 0,
    "last": 0,
    "callers": 7,
    "times": 0,
    "ingroup": 1,
    "did": 4,
    "reason": 0,
    "waited": 3,
    "callback": 2,
    "call": 5,
}


def statement(asked: ReportQuery) -> str:
    """Return the statement of the report."""
    return STATEMENT.format(
        of_call=asked.of_call("call.id", "call.ingroup", "call.last_agent"),
        of_fallback=asked.of_call("fallback.id", "''"),
    )


def read(path: str | Path, asked: ReportQuery) -> Report:
    """Return the report, the caller who has waited longest first. Raises StoreError."""
    with reading(path) as db:
        found = list(each(db, statement(asked), **asked.values))
    return report(found, COLUMNS, ("number",))


REPORT = DailyReport(
    "missed", "List callers whom no agent has reached since", "caller is still to be reached", COLUMNS, CALLS, read
)
