"""Scheduled reports as JSON: what was sent of one."""

from msgspec import Struct

from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.problems import not_found
from ari_app.http.server.worker_threads import in_time
from ari_app.http.v1 import agent_bounds
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiRoute
from ari_app.http.v1.live_state import JsonApi
from warmline.operations.live_records import Time, iso
from warmline.options.scheduled_report_options import SCHEDULED_REPORT
from warmline.store.configuration import config_pages
from warmline.store.configuration.group_view import viewer
from warmline.store.database.errors import NotFound
from warmline.store.scheduled_reports import report_mails


class ReportMailShown(Struct, frozen=True):
    """The mail of a scheduled report about the days from `first` to `last`.

    `state` is sending, sent or failed. `at` is the time of the last attempt. `why` says why the mail is not known to
    have gone. A failed one is repeated. One that stays `sending` is not: its process ended while it was sent.
    """

    first: str
    last: str
    at: Time
    state: str
    why: str


class ScheduledReportMails(Struct, frozen=True):
    """The latest mails of a scheduled report, the newest first."""

    name: str
    mails: list[ReportMailShown]


async def listed(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the latest mails of a scheduled report. Raises ProblemRaised (404), StoreError."""
    name = request.path_values["name"]
    try:
        await in_time(config_pages.one, api.db, SCHEDULED_REPORT.kind, name, request.campaigns, viewer(request.asker))
        mails = await in_time(report_mails.mails, api.db, name)
    except NotFound as missing:
        raise not_found(missing) from None
    shown = [ReportMailShown(one.first, one.last, iso(one.at), one.state, one.why) for one in mails]
    return reply(ScheduledReportMails(name, shown))


SCHEDULED_REPORT_ROUTES = (
    ApiRoute(
        "GET",
        "/scheduled-reports/{name}",
        "getScheduledReportRuns",
        "Show what was sent of a scheduled report",
        "config:read",
        agent_bounds.EVERYTHING,
        listed,
        ScheduledReportMails,
        problems=(*READ_PROBLEMS, 404),
    ),
)
