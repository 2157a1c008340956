"""The calls that were handed to closers: which closer took them, and with which result."""
# ruff: noqa: S608 - only constants of the code

from pathlib import Path

from warmline.core.messages.commands import Kind
from warmline.core.model.queue_wait import ANSWERED_OUTCOME, WaitStatus
from warmline.core.model.receipt import Outcome
from warmline.store.daily_reports.merging import Report, report
from warmline.store.daily_reports.offered_calls import LAST_CODE, TIMES
from warmline.store.daily_reports.report_definition import CALLS, HIDDEN, DailyReport
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.database.reading import each, reading
from warmline.store.reports.transfer_parts import DIALS, quoted

CONSULTED = f"of.kind IN ({quoted(DIALS)})"
HANDED = f"""(of.kind = '{Kind.LOCAL_CLOSER}' AND of.outcome = '{Outcome.COMPLETED}'
    OR {CONSULTED} AND of.ingroup <> '' AND of.outcome IS NOT '{Outcome.REFUSED}')"""

# A handed call is a command of the fronter, with the first answered wait before the next such command.
STATEMENT = f"""
    WITH handed AS (
        SELECT of.id, of.call, of.agent AS fronter, {CONSULTED} AS consultation, of.requested, (
            SELECT min(later.requested) FROM receipt AS later
            WHERE later.call = of.call AND later.requested > of.requested AND {HANDED.replace("of.", "later.")}
        ) AS next
        FROM receipt AS of WHERE of.requested >= :start AND of.requested < :end AND {HANDED} AND {{of_call}}
    ), waits AS (
        SELECT handed.*, wait.id AS wait, wait.agent AS closer, wait.ended AS since, wait.outcome,
            ifnull(wait.ended, :now) - wait.entered AS waited,
            row_number() OVER (
                PARTITION BY handed.id ORDER BY wait.outcome = '{ANSWERED_OUTCOME}' DESC,
                iif(wait.outcome = '{ANSWERED_OUTCOME}', wait.entered, -wait.entered)
            ) AS place
        FROM handed JOIN queue_wait AS wait ON wait.call = handed.call AND +wait.entered >= handed.requested
            AND (handed.next IS NULL OR +wait.entered < handed.next)
    ), took AS (
        SELECT waits.*, (
            SELECT min(later.ended) FROM queue_wait AS later WHERE later.call = waits.call
            AND later.agent = waits.closer AND later.outcome = '{ANSWERED_OUTCOME}' AND later.ended > waits.since
        ) AS until
        FROM waits WHERE place = 1
    ), worked AS (
        SELECT took.id, {TIMES}
        FROM took JOIN agent_interval AS stretch ON stretch.call = took.call AND stretch.call <> ''
            AND +stretch.agent = took.closer AND +stretch.started >= took.since
            AND (took.until IS NULL OR +stretch.started < took.until)
        GROUP BY took.id
    ), coded AS (
        SELECT mine.id, iif(mine.until IS NULL, {LAST_CODE.format("mine")}, NULL) AS status
        FROM (SELECT id, call, until, closer AS agent FROM took WHERE closer <> '') AS mine
    )
    SELECT closer, ifnull(full_name, '') AS name, 1 AS handed, consultation AS consultations, fronter,
        closer <> '' AS taken, closer <> '' AS handled, closer = '' AND took.outcome = '{WaitStatus.DROP}' AS abandoned,
        closer = '' AND took.outcome NOT IN ('', '{WaitStatus.DROP}') AS elsewhere,
        closer = '' AND took.outcome = '' AS waiting, waited, ifnull(talk, 0) AS talk, ifnull(hold, 0) AS hold,
        ifnull(dead, 0) AS dead, ifnull(wrap_up, 0) AS wrap_up, status,
        ifnull(sale = 'Y', 0) AS sales, ifnull(customer_contact = 'Y', 0) AS contacts
    FROM took LEFT JOIN worked USING (id) LEFT JOIN coded USING (id) LEFT JOIN disposition ON disposition.id = status
    LEFT JOIN known_agent AS known ON known.id = closer
"""
SUMS = [
    "handed",
    "consultations",
    "taken",
    "handled",
    "abandoned",
    "elsewhere",
    "waiting",
    "waited",
    "talk",
    "hold",
    "dead",
    "wrap_up",
    "sales",
    "contacts",
]
COLUMNS = {
    "closer": 0,
    "name": 2,
    "handed": 0,
    "consultations": 4,
    "taken": 0,
    "abandoned": 1,
    "elsewhere": 3,
    "waiting": 9,
    "waited": HIDDEN,
    "average_handover": 5,
    "handled": HIDDEN,
    "talk": 6,
    "hold": HIDDEN,
    "dead": HIDDEN,
    "wrap_up": HIDDEN,
    "handling": 0,
    "sales": 0,
    "contacts": 7,
    "conversion": 0,
    "codes": 8,
    "fronters": 10,
}


def statement(asked: ReportQuery) -> str:
    """Return the statement of the report, with a row for each closer, fronter and code."""
    each_call = STATEMENT.format(of_call=asked.of_call("of.call", "of.ingroup", "of.agent"))
    sums = ", ".join(f"sum({name}) AS {name}" for name in SUMS)
    return f"""SELECT closer, max(name) AS name, fronter, ifnull(status, '') AS status, {sums} FROM ({each_call})
        GROUP BY closer, fronter, status ORDER BY closer = '', closer, fronter, status"""


def read(path: str | Path, asked: ReportQuery) -> Report:
    """Return the report. Raises StoreError."""
    with reading(path) as db:
        found = list(each(db, statement(asked), **asked.values))
    for row in found:
        row["codes"] = {row["status"]: row["handed"]} if row["status"] else {}
        row["fronters"] = {row["fronter"]: row["handed"]}
    return report(found, COLUMNS, ("closer",))


REPORT = DailyReport(
    "closers",
    "Show the results of calls that were handed to closers",
    "call was handed to a closer",
    COLUMNS,
    CALLS,
    read,
    plot=("taken", "abandoned", "elsewhere"),
)
