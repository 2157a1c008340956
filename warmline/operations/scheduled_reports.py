"""Scheduled reports: what was sent of one. The configuration has the rest."""

from typing import Annotated

from msgspec import Struct

from warmline.operations.operation import Caller, Field, operation
from warmline.operations.times import Time, iso
from warmline.options.scheduled_report_options import SCHEDULED_REPORT
from warmline.store.configuration import config_pages
from warmline.store.scheduled_reports import report_mails


class ScheduledReportMail(Struct, frozen=True):
    """The mail of a scheduled report about the days from `first` to `last`.

    `state` is sending, sent or failed. `at` is the time of the last attempt. `why` says why the mail is not known to
    have gone. A failed one is repeated. One that stays `sending` is not: its process ended while it was sent.
    """

    first: str
    last: str
    at: Time
    state: str
    why: str


class ScheduledReportHistory(Struct, frozen=True):
    """The latest mails of a scheduled report, the newest first."""

    name: str
    mails: list[ScheduledReportMail]


@operation(
    "GET /scheduled-reports/{name}",
    "getScheduledReportRuns",
    "config:read",
    agents="EVERYTHING",
    campaigns="ENTITY",
)
def list_runs(caller: Caller, name: Annotated[str, Field("The scheduled report.")]) -> ScheduledReportHistory:
    """Show what was sent of a scheduled report."""
    config_pages.one(caller.db, SCHEDULED_REPORT.kind, name, caller.campaigns, caller.viewer)
    mails = report_mails.mails(caller.db, name)
    return ScheduledReportHistory(
        name, [ScheduledReportMail(mail.first, mail.last, iso(mail.at), mail.state, mail.why) for mail in mails]
    )
