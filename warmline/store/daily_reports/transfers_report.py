"""The transfers of agents, by agent or by target: a dial and its leave are one warm transfer."""
# ruff: noqa: S608 - only constants of the code

from pathlib import Path

from warmline.core.messages.commands import Kind
from warmline.core.model.receipt import Outcome
from warmline.store.daily_reports.merging import Report, report
from warmline.store.daily_reports.report_definition import CALLS, HIDDEN, DailyReport
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.database.reading import each, reading
from warmline.store.reports.transfer_parts import DIALS, dial_before, quoted

LEAVE = f"'{Kind.LEAVE_3WAY_CALL}'"
STARTS = f"({quoted((*DIALS, Kind.BLIND_TRANSFER, Kind.LOCAL_CLOSER))})"
TARGET = """CASE WHEN of.to_agent <> '' THEN 'agent ' || of.to_agent
    WHEN of.ingroup <> '' THEN of.ingroup ELSE of.number END"""

# The agent has left by a leave that ended the dial, or by hanging up. `next` is the command that begins the next
# transfer of the call. Customer and third party are alone from `call.left` on, if it lies before `next`.
STATEMENT = f"""
    WITH started AS (
        SELECT of.*, {TARGET} AS target, (
            SELECT min(later.requested) FROM receipt AS later WHERE later.call = of.call AND later.call <> ''
            AND later.kind IN {STARTS} AND later.requested > of.requested AND later.outcome IS NOT '{Outcome.REFUSED}'
        ) AS next
        FROM receipt AS of
        WHERE of.requested >= :start AND of.requested < :end AND (of.kind IN {STARTS} OR of.kind = {LEAVE})
        AND {{of_call}}
    ), judged AS (
        SELECT started.*, started.outcome IS '{Outcome.REFUSED}' AS not_accepted,
            started.outcome IS '{Outcome.COMPLETED}' AS done, started.kind IN ({quoted(DIALS)}) AS dial,
            EXISTS (
                SELECT 1 FROM receipt AS leave WHERE leave.call = started.call AND started.call <> ''
                AND leave.kind = {LEAVE} AND leave.outcome = '{Outcome.COMPLETED}'
                AND started.id = {dial_before("leave")}
            ) AS left_by_command,
            iif(call."left" >= started.requested AND (next IS NULL OR call."left" < next), call."left", NULL) AS alone,
            call.ended AS over
        FROM started LEFT JOIN call ON call.id = started.call
        WHERE started.kind <> {LEAVE} OR started.outcome IS '{Outcome.REFUSED}'
    ), counted AS (
        SELECT agent, target, not_accepted,
            dial AND done AND ingroup = '' AND (left_by_command OR alone IS NOT NULL) AS warm,
            kind = '{Kind.BLIND_TRANSFER}' AND done AS blind,
            kind = '{Kind.LOCAL_CLOSER}' AND done OR dial AND ingroup <> '' AND left_by_command AS to_closers,
            dial AND done AND NOT left_by_command AND (ingroup <> '' OR alone IS NULL) AS consulted,
            NOT not_accepted AND NOT done AND outcome IS NOT NULL AND NOT (dial AND ingroup <> '' AND left_by_command)
                AS failed,
            alone IS NOT NULL AND NOT not_accepted AS left_alone,
            iif(alone IS NULL OR not_accepted, 0, ifnull(over, :now) - alone) AS talked_on
        FROM judged
    )
"""
SUMS = ("not_accepted", "warm", "blind", "to_closers", "consulted", "failed", "left_alone", "talked_on")
NAMES = {
    "agent": "(SELECT full_name FROM known_agent WHERE id = summed.key)",
    "target": "(SELECT group_name FROM ingroup WHERE ingroup.id = summed.key)",
}
COLUMNS = {
    "by": 0,
    "name": 1,
    "transfers": 0,
    "warm": 0,
    "blind": 0,
    "to_closers": 0,
    "consulted": 2,
    "failed": 0,
    "not_accepted": 0,
    "left_alone": HIDDEN,
    "talked_on": HIDDEN,
    "average_talked_on": 1,
}


def statement(asked: ReportQuery) -> str:
    """Return the statement of the report."""
    by = asked.by or next(iter(NAMES))
    each_one = STATEMENT.format(of_call=asked.of_call("of.call", "of.ingroup", "of.agent"))
    sums = ", ".join(f"sum({name}) AS {name}" for name in SUMS)
    return f"""{each_one} SELECT *, key AS "by", ifnull({NAMES[by]}, '') AS name, warm + blind + to_closers AS transfers
        FROM (SELECT {by} AS key, {sums} FROM counted GROUP BY {by}) AS summed ORDER BY key"""


def read(path: str | Path, asked: ReportQuery) -> Report:
    """Return the report. Raises StoreError."""
    with reading(path) as db:
        found = list(each(db, statement(asked), **asked.values))
    return report(found, COLUMNS, ("by",))


REPORT = DailyReport(
    "transfers",
    "Count transfers by agent or by target",
    "transfer",
    COLUMNS,
    CALLS,
    read,
    by=tuple(NAMES),
    by_meaning="Count by",
    plot=("warm", "blind", "to_closers", "failed"),
)
