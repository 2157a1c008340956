"""Sends scheduled reports by mail: each period once, after its end. A failed attempt is repeated by the next timer."""

import asyncio
import logging
import time

from ari_app.workers import report_mail
from ari_app.workers.report_mail import MailError
from warmline.store.database import leader_epoch
from warmline.store.database.database import StoreError
from warmline.store.scheduled_reports import report_files, report_mails
from warmline.store.scheduled_reports.report_mails import DueReport
from warmline.system.settings import Settings

log = logging.getLogger("warmline.reports")

TIMER_SECONDS = 300.0


async def keep_sent(settings: Settings) -> None:
    """Send the reports that are due, now and every 5 minutes."""
    while True:
        try:
            await asyncio.to_thread(send_due, settings, time.time_ns() // 1000)
        except StoreError as error:
            log.warning("scheduled reports cannot be read; retrying: %s", error)
        await asyncio.sleep(TIMER_SECONDS)


def send_due(settings: Settings, now: int) -> None:
    """Send each report whose last period is not sent yet. `now` is in microseconds UTC. Raises StoreError."""
    for report in report_mails.due(settings.db, now):
        _send(settings, report, now)


def _send(settings: Settings, report: DueReport, now: int) -> None:
    taken = False
    try:
        mail = report_mail.message(settings, report, report_files.read(settings.db, report, now))
        leader_epoch.must_lead(settings.db)
        if not (taken := report_mails.take(settings.db, report, now)):
            return
        report_mail.send(settings, mail)
    except Exception as error:  # a report that fails may end neither the others nor the worker process
        if not isinstance(error, MailError | StoreError):
            log.exception("scheduled report %s met a fault of Warmline or of a setting", report.report)
        report_mails.failed(settings.db, report, now, str(error), taken=taken)
        log.warning("scheduled report %s cannot be sent now; retrying: %s", report.report, error)
        return
    report_mails.sent(settings.db, report, now)
    log.info("scheduled report %s was sent, for %s", report.report, report.period)
