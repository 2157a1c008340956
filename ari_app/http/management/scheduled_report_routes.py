"""Scheduled reports as JSON: what was sent of one, and the request to send it at once."""

from http import HTTPStatus

from msgspec import Struct

from ari_app.http.management import write_requests
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.problems import not_found
from ari_app.http.server.worker_threads import in_time
from ari_app.http.v1 import agent_bounds
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiRoute
from ari_app.http.v1.live_state import JsonApi
from ari_app.live.live_records import Time, iso
from ari_app.records.privileged_write_types import SendReport
from warmline.options.scheduled_report_options import SCHEDULED_REPORT
from warmline.store.configuration import config_pages
from warmline.store.configuration.group_view import viewer
from warmline.store.database.errors import NotFound
from warmline.store.scheduled_reports import report_runs
from warmline.store.scheduled_reports.report_runs import ReportRun
from warmline.system import settings
from warmline.system.settings import SettingsError


class ReportRunShown(Struct, frozen=True):
    """A run of a scheduled report, with its period from `begins` until before `ends`.

    `state` is waiting, failing, sent or failed. `by` is the user who asked for it, and empty for the schedule. `why`
    says why the last of the failed `tries` failed, and `due` when the next one is. `ended` is null until it is sent, or
    has failed for the last time.
    """

    id: int
    state: str
    begins: Time
    ends: Time
    by: str
    asked: Time
    tries: int
    due: Time
    ended: Time | None
    why: str


class ScheduledReportRuns(Struct, frozen=True):
    """The latest runs of a scheduled report, the newest first.

    `mail_server_set` tells whether the settings of the app's machine name a mail server, without which no mail is sent.
    """

    name: str
    mail_server_set: bool
    runs: list[ReportRunShown]


async def listed(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the latest runs of a scheduled report. Raises ProblemRaised (404), StoreError."""
    name = request.path_values["name"]
    try:
        await in_time(config_pages.one, api.db, SCHEDULED_REPORT.kind, name, request.campaigns, viewer(request.asker))
        runs = await in_time(report_runs.runs, api.db, name)
        return reply(ScheduledReportRuns(name, await in_time(_mail_server_set), list(map(_shown, runs))))
    except NotFound as missing:
        raise not_found(missing) from None


async def send(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Let the worker process send a scheduled report at once. Raises ProblemRaised (404), StoreError."""
    name = request.path_values["name"]
    await write_requests.write(api, request, SendReport(name), HTTPStatus.NOT_FOUND)
    newest = (await in_time(report_runs.runs, api.db, name))[0]
    return reply(_shown(newest), HTTPStatus.ACCEPTED)


def _mail_server_set() -> bool:
    """Read the settings again: the worker process, which sends the mails, may have been started since this one."""
    try:
        return bool(settings.load(servers=False).mail_server)
    except SettingsError:
        return False


def _shown(one: ReportRun) -> ReportRunShown:
    return ReportRunShown(
        one.id,
        one.state,
        iso(one.begins),
        iso(one.ends),
        one.by,
        iso(one.asked),
        one.tries,
        iso(one.due),
        None if one.ended is None else iso(one.ended),
        one.why,
    )


SCHEDULED_REPORT_ROUTES = (
    ApiRoute(
        "GET",
        "/scheduled-reports/{name}",
        "getScheduledReportRuns",
        "Show what was sent of a scheduled report",
        "config:read",
        agent_bounds.EVERYTHING,
        listed,
        ScheduledReportRuns,
        problems=(*READ_PROBLEMS, 404),
    ),
    ApiRoute(
        "POST",
        "/scheduled-reports/{name}/send",
        "sendScheduledReport",
        "Send the last whole period of a scheduled report at once",
        "config:write",
        agent_bounds.EVERYTHING,
        send,
        ReportRunShown,
        202,
        problems=(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
    ),
)
