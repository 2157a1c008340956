"""Sends scheduled reports: by mail, and into a folder. A run is written first, and is tried again until it succeeds."""

import asyncio
import logging
import time
from pathlib import Path

from ari_app.workers import report_mail
from ari_app.workers.report_mail import MailError
from warmline.store.database import leader_epoch
from warmline.store.database.database import StoreError
from warmline.store.database.errors import NotFound
from warmline.store.scheduled_reports import report_files, report_period, report_runs
from warmline.store.scheduled_reports.report_files import ReportFile
from warmline.store.scheduled_reports.report_period import ReportPeriod
from warmline.store.scheduled_reports.report_runs import DueRun
from warmline.system import whole_file
from warmline.system.settings import Settings

log = logging.getLogger("warmline.reports")

EVERY = 5.0  # seconds
DAY = 86_400  # seconds


async def keep_sent(settings: Settings, every: float = EVERY) -> None:
    """Send the reports that are due, now and every `every` seconds."""
    while True:
        try:
            for run in await asyncio.to_thread(report_runs.begin_due, settings.db, _now()):
                await asyncio.to_thread(_send, settings, run)
        except (StoreError, NotFound) as error:
            log.warning("scheduled reports cannot be read; retrying: %s", error)
        await asyncio.sleep(every)


def _send(settings: Settings, run: DueRun) -> None:
    """Store and mail the reports of a run, and write the result. Raises StoreError."""
    try:
        leader_epoch.must_lead(settings.db)
        period = report_period.of_times(run.begins, run.ends, run.zone)
        found = report_files.read(settings.db, run, _now())
        if run.options["keep_days"]:
            _store(Path(settings.reports) / run.report, period, found)
            _forget(Path(settings.reports) / run.report, int(str(run.options["keep_days"])))
        if run.options["mail_to"]:
            report_mail.send(settings, report_mail.message(settings, run, period, found))
    except Exception as error:  # a run that fails may end neither the other runs nor the worker process
        if not isinstance(error, MailError | OSError | NotFound | StoreError):
            log.exception("scheduled report %s met a fault of Warmline or of a setting", run.report)
        if report_runs.failed(settings.db, run, _now(), str(error)):
            log.error("scheduled report %s was not sent: %s", run.report, error)
        else:
            log.warning("scheduled report %s cannot be sent now; retrying: %s", run.report, error)
        return
    report_runs.sent(settings.db, run, _now())
    log.info("scheduled report %s was sent, for %s", run.report, period)


def _store(folder: Path, period: ReportPeriod, found: list[ReportFile]) -> None:
    """Write each report as a file, without numbers of customers. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    for one in found:
        whole_file.write(folder / f"{period.first}-{one.name}.csv", one.text, 0o640)


def _forget(folder: Path, days: int) -> None:
    """Delete the files whose last change is older than so many days. Raises OSError."""
    oldest = time.time() - days * DAY
    for file in folder.glob("*.csv"):
        if file.stat().st_mtime < oldest:
            file.unlink(missing_ok=True)


def _now() -> int:
    return time.time_ns() // 1000
