"""Scheduled reports before schema 6: their options that went, and the runs of which each period is one mail now."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from warmline.store.migrations.rebuild import columns

log = logging.getLogger("warmline.store.migrations")

# One that was not active sends nothing today either.
STOPPED = "SELECT id, mail_to FROM scheduled_report WHERE active = 'N' AND mail_to <> '[]' ORDER BY id"
STOP = "UPDATE scheduled_report SET mail_to = '[]' WHERE id = ?"

# The newest run of each schedule, but for those that a user asked for.
NEWEST = """
    SELECT report, begins, ends, coalesce(ended, asked), ended IS NOT NULL AND why = '', why FROM report_run AS run
    WHERE id = (SELECT max(id) FROM report_run AS newest WHERE newest.report = run.report AND newest."by" = '')
"""
MAIL = "INSERT INTO report_mail (report, first, last, at, state, why) VALUES (?, ?, ?, ?, ?, ?)"

Mail = tuple[str, str, str, int, str, str]


def mails(db: Database) -> list[Mail]:
    """Stop the schedules that were not active, and return the rows for `fill`; none if the database has no runs."""
    if not columns(db, "report_run"):
        return []
    for name, addresses in db.execute(STOPPED).fetchall():
        db.execute(STOP, [name])
        log.warning("scheduled-report %s: mail_to=%s was emptied, because it was not active", name, addresses)
    zone = ZoneInfo(next((name for (name,) in db.execute("SELECT timezone FROM setting")), "") or "UTC")
    return list(_mails(db, zone))


def _mails(db: Database, zone: ZoneInfo) -> Iterator[Mail]:
    for report, begins, ends, at, is_sent, why in db.execute(NEWEST).fetchall():
        first, after = (datetime.fromtimestamp(time // 1_000_000, zone).date() for time in (begins, ends))
        state = ("sent", "") if is_sent else ("failed", why or "it was not sent before the upgrade")
        yield report, str(first), str(after - timedelta(days=1)), at, *state


def fill(db: Database, rows: list[Mail]) -> None:
    """Write the mails."""
    for row in rows:
        db.execute(MAIL, row)
