"""The runs of scheduled reports: each is written before it is sent, and ends when that succeeded or failed."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct

from warmline.options.scheduled_report_options import SCHEDULED_REPORT
from warmline.options.values.option_types import Value
from warmline.store.configuration import config_rows
from warmline.store.configuration.timezone import timezone
from warmline.store.database.reading import reading, rows
from warmline.store.database.writing import writing
from warmline.store.scheduled_reports import report_period

SHOWN, KEPT = 20, 100  # runs of a schedule
PAUSES = (60, 300, 900, 3600)  # seconds after a failed attempt; the last one again and again
GIVES_UP = 24 * 3600 * 1_000_000  # microseconds after the first attempt was due
# The newest period that each schedule has had by itself. One that has not ended is of a clock that was ahead.
SCHEDULES = f"""
    SELECT scheduled_report.*, (
        SELECT max(begins) FROM report_run WHERE report_run.report = scheduled_report.id AND "by" = '' AND ends <= :now
    ) AS last FROM {SCHEDULED_REPORT.table} WHERE active = 'Y' ORDER BY id
"""  # noqa: S608 - a constant
BEGIN = 'INSERT INTO report_run (report, begins, ends, "by", asked, due) VALUES (?, ?, ?, ?, ?, ?) RETURNING id'
DUE = """
    SELECT run.id, run.report, run.begins, run.ends, run."by", run.asked, run.tries FROM report_run AS run
    WHERE run.ended IS NULL AND (run.due <= :now OR run.due > :now + 1000000 * :longest) ORDER BY run.id
"""
SENT = "UPDATE report_run SET ended = ?, why = '' WHERE id = ? AND ended IS NULL"
FAILED = "UPDATE report_run SET tries = tries + 1, why = ?, due = ?, ended = ? WHERE id = ? AND ended IS NULL"
TRIM = """
    DELETE FROM report_run WHERE report = ?1 AND ended IS NOT NULL AND id <= (
        SELECT id FROM report_run WHERE report = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2
    )
"""
RUNS = """
    SELECT id, begins, ends, "by", asked, tries, due, ended, why FROM report_run
    WHERE report = :report ORDER BY id DESC LIMIT :most
"""
# The newest run of each active schedule, if its last attempt failed.
FAILING = """
    SELECT run.report, run.tries, run.why, run.ended IS NOT NULL AS stopped FROM report_run AS run
    JOIN scheduled_report ON scheduled_report.id = run.report AND scheduled_report.active = 'Y'
    WHERE run.id = (SELECT max(id) FROM report_run AS newest WHERE newest.report = run.report) AND run.why <> ''
    ORDER BY run.report
"""


class DueRun(NamedTuple):
    """A run whose time has come, the options of its schedule, and the time zone of the period."""

    id: int
    report: str
    begins: int
    ends: int
    by: str
    asked: int
    tries: int
    options: Mapping[str, Value]
    zone: ZoneInfo


class ReportRun(Struct, frozen=True):
    """A run: its period from `begins` until before `ends`, and who asked; `by` is empty for the schedule.

    `ended` is None until the reports are sent, or have failed for the last time. `why` says why the last attempt
    failed, and `due` when the next one is. Times in microseconds UTC.
    """

    id: int
    begins: int
    ends: int
    by: str
    asked: int
    tries: int
    due: int
    ended: int | None
    why: str

    @property
    def state(self) -> str:
        """Return waiting, failing, sent or failed."""
        if self.ended is None:
            return "failing" if self.why else "waiting"
        return "failed" if self.why else "sent"


class FailingReport(NamedTuple):
    """A schedule whose newest run has failed `tries` times; it has `stopped`, or is tried again."""

    report: str
    tries: int
    why: str
    stopped: int


def begin_due(path: str | Path, now: int) -> list[DueRun]:
    """Write a run for each schedule whose period has come, and return all runs that are due. Raises StoreError."""
    with reading(path) as db:
        zone = ZoneInfo(timezone(path) or "UTC")
        new = [(row["id"], period) for row in rows(db, SCHEDULES, now=now) if (period := _new_period(row, zone, now))]
    if new:
        with writing(path) as db:
            for name, period in new:
                db.execute(BEGIN, [name, period.begins, period.ends, "", now, now])
    with reading(path) as db:
        due = rows(db, DUE, now=now, longest=PAUSES[-1])
        options = {name: _options(db, name) for name in {row["report"] for row in due}}
    return [DueRun(**row, options=options[row["report"]], zone=zone) for row in due]


def _new_period(row: dict[str, object], zone: ZoneInfo, now: int) -> report_period.ReportPeriod | None:
    period = report_period.last_due(str(row["period"]), int(str(row["send_time"])), zone, now)
    return period if row["last"] is None or period.begins > int(str(row["last"])) else None


def _options(db: sqlite3.Connection, name: str) -> Mapping[str, Value]:
    return config_rows.shown(SCHEDULED_REPORT, config_rows.find(db, SCHEDULED_REPORT, name))


def ask(path: str | Path, name: str, *, who: str, now: int) -> int:
    """Let the worker process send the last whole period of a schedule at once; return the run's id.

    Raises NotFound, StoreError.
    """
    zone = ZoneInfo(timezone(path) or "UTC")
    with writing(path) as db:
        options = config_rows.find(db, SCHEDULED_REPORT, name)
        period = report_period.last_due(str(options["period"]), 0, zone, now)
        return int(db.execute(BEGIN, [name, period.begins, period.ends, who, now, now]).fetchone()[0])


def sent(path: str | Path, run: DueRun, now: int) -> None:
    """Write that a run was sent. Raises StoreError."""
    with writing(path) as db:
        db.execute(SENT, [now, run.id])
        db.execute(TRIM, [run.report, KEPT])


def failed(path: str | Path, run: DueRun, now: int, why: str) -> bool:
    """Write that an attempt failed; return whether it was the last one. Raises StoreError."""
    is_last = now - run.asked >= GIVES_UP
    pause = PAUSES[min(run.tries, len(PAUSES) - 1)] * 1_000_000
    with writing(path) as db:
        db.execute(FAILED, [why, now + pause, now if is_last else None, run.id])
    return is_last


def runs(path: str | Path, name: str) -> list[ReportRun]:
    """Return the latest runs of a schedule, the newest first. Raises NotFound, StoreError."""
    with reading(path) as db:
        config_rows.find(db, SCHEDULED_REPORT, name)
        return [ReportRun(**row) for row in rows(db, RUNS, report=name, most=SHOWN)]


def failing(path: str | Path) -> list[FailingReport]:
    """Return the schedules whose newest run has failed. Raises StoreError."""
    with reading(path) as db:
        return [FailingReport(**row) for row in rows(db, FAILING)]
