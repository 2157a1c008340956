"""The waits that ended without an agent, by in-group and outcome, and where each of these calls went."""
# ruff: noqa: S608 - only constants of the code

from pathlib import Path

from warmline.core.model.queue_wait import ANSWERED_OUTCOME, WITHDRAWN_OUTCOME, WaitStatus
from warmline.store.daily_reports.merging import Report, report
from warmline.store.daily_reports.report_definition import CALLS, HIDDEN, DailyReport
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.database.reading import each, reading
from warmline.store.reports.fallbacks import TAKEN

FALLBACK, HUNG_UP = "FALLBACK", "hung up"

# An exit is noted in the call as `option=VALUE`; the last one is that of the last wait.
STATEMENT = f"""
    WITH lost AS (
        SELECT wait.call, wait.ingroup, wait.outcome, wait.ended - wait.entered AS waited, (
                SELECT next.ingroup FROM queue_wait AS next WHERE next.call = wait.call
                AND (next.entered, next.id) > (wait.entered, wait.id) ORDER BY next.entered, next.id LIMIT 1
            ) AS next,
            iif(EXISTS (SELECT 1 FROM queue_wait AS later WHERE later.call = wait.call
                AND later.outcome = '{ANSWERED_OUTCOME}' AND later.ended > wait.ended), 1, 0) AS answered
        FROM queue_wait AS wait WHERE wait.entered >= :start AND wait.entered < :end
        AND wait.outcome NOT IN ('', '{ANSWERED_OUTCOME}', '{WITHDRAWN_OUTCOME}') AND {{of_wait}}
    ), went AS (
        SELECT lost.*, coalesce(
                next, (SELECT reason FROM fallback WHERE fallback.id = lost.call AND {TAKEN}),
                iif(outcome = '{WaitStatus.DROP}', '{HUNG_UP}', NULL),
                (SELECT substr(value, instr(value, '=') + 1) FROM call, json_each(call.why) WHERE call.id = lost.call
                    AND value GLOB '[a-z]*=[A-Z]*' AND instr(value, ' ') = 0 ORDER BY json_each.key DESC LIMIT 1),
                (SELECT 'ended by ' || ended_by FROM call WHERE call.id = lost.call), ''
            ) AS went
        FROM lost
        UNION ALL
        SELECT fallback.id, '', '{FALLBACK}', 0, NULL, 0, fallback.reason FROM fallback
        WHERE fallback.at >= :start AND fallback.at < :end AND {TAKEN} AND {{of_fallback}}
        AND NOT EXISTS (SELECT 1 FROM queue_wait WHERE queue_wait.call = fallback.id)
    )
    SELECT ingroup, max(ifnull(group_name, '')) AS name, outcome, went, count(*) AS calls, sum(answered) AS answered,
        sum(waited) AS waited, max(waited) AS longest
    FROM went LEFT JOIN ingroup ON ingroup.id = ingroup
    GROUP BY ingroup, outcome, went ORDER BY ingroup, calls DESC, outcome, went
"""
COLUMNS = {
    "ingroup": 0,
    "name": 2,
    "outcome": 0,
    "went": 0,
    "calls": 0,
    "answered": 0,
    "waited": HIDDEN,
    "average_waited": 0,
    "longest": 1,
}


def statement(asked: ReportQuery) -> str:
    """Return the statement of the report."""
    return STATEMENT.format(
        of_wait=asked.of_call("wait.call", "wait.ingroup"), of_fallback=asked.of_call("fallback.id", "''")
    )


def read(path: str | Path, asked: ReportQuery) -> Report:
    """Return the report. Raises StoreError."""
    with reading(path) as db:
        found = list(each(db, statement(asked), **asked.values))
    return report(found, COLUMNS, ("ingroup", "outcome", "went"))


REPORT = DailyReport(
    "drops",
    "Show where calls without an agent went",
    "call left a queue without an agent",
    COLUMNS,
    CALLS,
    read,
    plot=("calls",),
)
