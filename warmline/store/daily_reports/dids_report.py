"""The calls to each dialled number, each call once: answered, lost, left otherwise, refused, or not taken at all."""
# ruff: noqa: S608 - only constants of the code

from pathlib import Path

from warmline.core.model.call_states import Direction
from warmline.core.model.queue_wait import WaitStatus
from warmline.store.daily_reports.merging import Report, report
from warmline.store.daily_reports.report_definition import CALLS, HIDDEN, DailyReport
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.database.reading import each, reading
from warmline.store.reports.call_filter import LENGTH
from warmline.store.reports.fallbacks import IS_LOGIN, TAKEN

RESULTS = ("answered", "abandoned", "elsewhere", "waiting", "refused", "fallback", "dialplan")
LAST_WAIT = """(SELECT {} FROM queue_wait AS last WHERE last.call = call.id ORDER BY last.entered DESC, last.id DESC
    LIMIT 1)"""
QUEUED = "EXISTS (SELECT 1 FROM queue_wait AS wait WHERE wait.call = call.id AND wait.ended IS NOT wait.entered)"
WAITED = "(SELECT ifnull(sum(ifnull(ended, :now) - entered), 0) FROM queue_wait AS wait WHERE wait.call = call.id)"
# The last code of a call; without one, the status of a call that no agent had.
LAST_CODE = """ifnull((
    SELECT status FROM disposition_entry AS given WHERE given.call = call.id ORDER BY given.id DESC LIMIT 1
), call.status)"""

STATEMENT = f"""
    WITH came AS (
        SELECT call.dialled AS did, {LENGTH} AS length, {WAITED} AS waited, {LAST_CODE} AS status,
            CASE WHEN call.connected IS NOT NULL THEN 'answered'
                WHEN EXISTS (SELECT 1 FROM fallback WHERE fallback.id = call.id AND {TAKEN}) THEN 'fallback'
                WHEN call.ended IS NULL THEN 'waiting'
                WHEN {LAST_WAIT.format("outcome")} = '{WaitStatus.DROP}' THEN 'abandoned'
                WHEN {QUEUED} THEN 'elsewhere' ELSE 'refused' END AS result
        FROM call WHERE call.arrived >= :start AND call.arrived < :end AND call.direction = '{Direction.IN}'
        AND {{of_call}}
        UNION ALL
        SELECT fallback.dialled, 0, 0, '', CASE WHEN fallback.goto <> '' THEN 'dialplan' WHEN {TAKEN} THEN 'fallback'
            ELSE 'abandoned' END
        FROM fallback WHERE fallback.at >= :start AND fallback.at < :end AND NOT {IS_LOGIN}
        AND NOT EXISTS (SELECT 1 FROM call WHERE call.id = fallback.id) AND {{of_fallback}}
    )
    SELECT did, max(ifnull(did_description, '')) AS name, count(*) AS calls,
        {", ".join(f"sum(result = '{name}') AS {name}" for name in RESULTS)}, sum(length) AS length,
        sum(waited) AS waited, ifnull(sum(sale = 'Y'), 0) AS sales, ifnull(sum(customer_contact = 'Y'), 0) AS contacts
    FROM came LEFT JOIN did ON did.id = did LEFT JOIN disposition ON disposition.id = status GROUP BY did ORDER BY did
"""
COLUMNS = {
    "did": 0,
    "name": 1,
    "calls": 0,
    "answered": 0,
    "abandoned": 0,
    "elsewhere": 1,
    "refused": 2,
    "fallback": 1,
    "dialplan": 4,
    "waiting": 9,
    "waited": HIDDEN,
    "average_waited": 3,
    "length": HIDDEN,
    "average_length": 2,
    "sales": 3,
    "contacts": HIDDEN,
    "conversion": 3,
}


def statement(asked: ReportQuery) -> str:
    """Return the statement of the report."""
    return STATEMENT.format(
        of_call=asked.of_call("call.id", "call.ingroup", "call.last_agent"),
        of_fallback=asked.of_call("fallback.id", "''"),
    )


def read(path: str | Path, asked: ReportQuery) -> Report:
    """Return the report. Raises StoreError."""
    with reading(path) as db:
        found = list(each(db, statement(asked), **asked.values))
    return report(found, COLUMNS, ("did",))


REPORT = DailyReport(
    "dids",
    "Count calls by dialled number",
    "call came",
    COLUMNS,
    CALLS,
    read,
    plot=("answered", "abandoned", "elsewhere", "refused", "fallback"),
)
