"""The mails of scheduled reports: a row for each period of a report, written before its mail is sent.

From then until the mail server has answered, the row says what is true if the process ends now: nobody knows whether
the mail has gone. So no period is sent twice. Only an attempt that is known to have failed is repeated.
"""

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
from warmline.store.scheduled_reports.report_period import ReportPeriod, last_due

KEPT = 20  # periods of a report
LONGEST = 600 * 1_000_000  # microseconds for which a mail is being sent; after that, its process has ended
SENDING, SENT, FAILED = "sending", "sent", "failed"
INTERRUPTED = "the process ended while it sent this mail, which may be lost; it is not sent again"
SCHEDULES = "SELECT * FROM scheduled_report WHERE mail_to <> '[]' ORDER BY id"
DONE = "SELECT report, first, last FROM report_mail WHERE state <> 'failed'"
WRITE = """
    INSERT INTO report_mail (report, first, last, at, state, why) VALUES (:report, :first, :last, :now, :state, :why)
    ON CONFLICT (report, first, last) DO UPDATE SET at = excluded.at, state = excluded.state, why = excluded.why
    WHERE report_mail.state = :former RETURNING state
"""
TRIM = """
    DELETE FROM report_mail WHERE report = :report AND first <= (
        SELECT first FROM report_mail WHERE report = :report ORDER BY first DESC LIMIT 1 OFFSET :kept
    )
"""
MAILS = "SELECT first, last, at, state, why FROM report_mail WHERE report = :report ORDER BY at DESC, first DESC"
# The newest mail of each schedule, if it is not known to have gone. One that is newer than now is of a clock ahead.
FAILING = """
    SELECT mail.report, mail.state, mail.why FROM report_mail AS mail
    JOIN scheduled_report ON scheduled_report.id = mail.report AND scheduled_report.mail_to <> '[]'
    WHERE mail.at = (
        SELECT max(at) FROM report_mail AS newest WHERE newest.report = mail.report AND newest.at <= :now
    ) AND (mail.state = 'failed' OR mail.state = 'sending' AND mail.at < :now - :longest)
    ORDER BY mail.report
"""


class DueReport(NamedTuple):
    """A scheduled report whose period is to be sent, with its options and the time zone of its days."""

    report: str
    options: Mapping[str, Value]
    period: ReportPeriod
    zone: ZoneInfo


class ReportMail(Struct, frozen=True):
    """The mail of the days from `first` to `last`. `state` is sending, sent or failed.

    `at` is the time of the last attempt, in microseconds UTC. `why` says why it is not known to have gone.
    """

    first: str
    last: str
    at: int
    state: str
    why: str


class FailingReport(NamedTuple):
    """A scheduled report whose newest mail failed, or is `sending` because its process ended."""

    report: str
    state: str
    why: str


def due(path: str | Path, now: int) -> list[DueReport]:
    """Return the scheduled reports whose last period is still to be sent. Raises StoreError."""
    zone = ZoneInfo(timezone(path) or "UTC")
    with reading(path) as db:
        done = {tuple(row) for row in db.execute(DONE)}
        schedules = [config_rows.shown(SCHEDULED_REPORT, row) | {"id": row["id"]} for row in rows(db, SCHEDULES)]
    reports = [
        DueReport(str(options["id"]), options, last_due(str(options["period"]), zone, now), zone)
        for options in schedules
    ]
    return [one for one in reports if (one.report, str(one.period.first), str(one.period.last)) not in done]


def take(path: str | Path, report: DueReport, now: int) -> bool:
    """Write that a mail is being sent; False if another process has sent it or is sending it. Raises StoreError."""
    return _write(path, report, now, SENDING, INTERRUPTED, former=FAILED)


def sent(path: str | Path, report: DueReport, now: int) -> None:
    """Write that the mail server took a mail. Raises StoreError."""
    _write(path, report, now, SENT, "", former=SENDING)


def failed(path: str | Path, report: DueReport, now: int, why: str, *, taken: bool) -> None:
    """Write that an attempt failed, which was `taken` before or not; the next timer repeats it. Raises StoreError."""
    _write(path, report, now, FAILED, why, former=SENDING if taken else FAILED)


def _write(path: str | Path, report: DueReport, now: int, state: str, why: str, *, former: str) -> bool:
    days = {"first": str(report.period.first), "last": str(report.period.last)}
    values = {"report": report.report, "now": now, "state": state, "why": why, "former": former, **days}
    with writing(path) as db:
        found = db.execute(WRITE, values).fetchone()
        db.execute(TRIM, {"report": report.report, "kept": KEPT})
    return found is not None


def mails(path: str | Path, name: str) -> list[ReportMail]:
    """Return the latest mails of a scheduled report, the newest first. Raises NotFound, StoreError."""
    with reading(path) as db:
        config_rows.find(db, SCHEDULED_REPORT, name)
        return [ReportMail(**row) for row in rows(db, MAILS, report=name)]


def failing(path: str | Path, now: int) -> list[FailingReport]:
    """Return the scheduled reports whose newest mail is not known to have gone. Raises StoreError."""
    with reading(path) as db:
        return [FailingReport(**row) for row in rows(db, FAILING, now=now, longest=LONGEST)]
