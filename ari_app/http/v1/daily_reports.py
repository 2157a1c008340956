"""The reports of a day as JSON: /api/v1/reports/{report}."""

import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, tzinfo
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from ari_app.http.server import worker_threads
from ari_app.http.server.api_request import ApiAnswer, ApiRequest
from ari_app.http.server.bearer_tokens import asker_of
from ari_app.http.server.problems import FieldFault, ProblemRaised, not_found
from ari_app.http.v1.live_state import JsonApi
from warmline.access.visible_agents import VisibleAgents
from warmline.store.configuration.timezone import timezone
from warmline.store.daily_reports.daily_report import DailyReport
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.daily_reports.report_wire import iso, told
from warmline.store.daily_reports.today import bounds_of
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import ReadInterrupted, for_reader
from warmline.store.reports import name_check
from warmline.text import written_time

USUAL = "24h"
TO_THE_MINUTE = "%Y-%m-%d %H:%M"
PERIODS = ("since", "day", "between")


def answering(report: DailyReport) -> Callable[[JsonApi, ApiRequest], Awaitable[ApiAnswer]]:
    """Return the handler of a report."""

    async def serve(api: JsonApi, request: ApiRequest) -> ApiAnswer:
        """Reply with the report. Raises ProblemRaised (404, 422, 429, 503), StoreError."""
        try:
            found = await api.threads.report(asker_of(request), _found, api.db, report, request)
        except NotFound as missing:
            raise not_found(missing) from None
        return ApiAnswer(found)

    return serve


def _found(db: str, report: DailyReport, request: ApiRequest) -> bytes:
    """Return the report as JSON. Raises ProblemRaised (422, 503), NotFound, StoreError."""
    with for_reader(request.has_gone):
        return _read(db, report, request.query, request.visible)


def _read(db: str, report: DailyReport, query: Mapping[str, str], visible: VisibleAgents | None) -> bytes:
    zone_name = query.get("timezone") or timezone(db)
    zone, now = zone_of(zone_name), time.time_ns() // 1000
    start, end = period_of(query.get, zone, now)
    by = query.get("by", "")
    if "by" in query and by not in report.by:
        raise _invalid("by", f"allowed: {', '.join(report.by)}")
    filters: dict[str, Any] = {name: query.get(name, "") for name in report.filters}
    name_check.check(db, **report.named(filters))
    asked = ReportQuery(start=start, end=end, now=now, by=by, zone=zone, **bounds_of(visible), **filters)
    try:
        rows, totals = report.read(db, asked)
    except ReadInterrupted:
        bounds = [datetime.fromtimestamp(at / 1e6, zone) for at in (start, end)]
        raise _too_long(report, *bounds) from None
    return msgspec.json.encode(
        {
            "since": iso(start),
            "until": iso(min(end, now)),
            "timezone": zone_name,
            "rows": [told(row) for row in rows],
            "totals": told(totals),
        }
    )


def _too_long(report: DailyReport, start: datetime, end: datetime) -> ProblemRaised:
    return ProblemRaised(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "report_too_long",
        "report {report} from {since} to {until} took longer than {seconds:g} s; ask for a shorter period, or run the "
        "command on the app's machine",
        report=report.name,
        since=f"{start:{TO_THE_MINUTE}}",
        until=f"{end:{TO_THE_MINUTE}}",
        seconds=worker_threads.LONGEST,
    )


def zone_of(name: str) -> ZoneInfo:
    """Return the time zone of that name. Raises ProblemRaised (422)."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise _invalid("timezone", "must be a name such as Europe/Berlin or UTC") from None


def period_of(query: Callable[[str, str], str], zone: tzinfo, now: int) -> tuple[int, int]:
    """Return the bounds of the period that a request names. Raises ProblemRaised (422)."""
    given = [name for name in PERIODS if query(name, "")]
    if len(given) > 1:
        raise _invalid(given[1], f"{' and '.join(given)} exclude each other")
    name = given[0] if given else "since"
    try:
        if name == "day":
            return written_time.days(query(name, ""), zone, now)
        first, dots, last = query("between", "").partition("..") if name == "between" else (query(name, USUAL), "", "")
        if name == "between" and not (first and dots and last):
            raise _invalid(name, "allowed: two days such as 2026-11-01..2026-11-08")
        start = written_time.past(first, zone, now)
        end = written_time.past(last, zone, now) if last else now + 1
    except ValueError as error:
        raise _invalid(name, str(error)) from None
    if end < start:
        raise _invalid(name, "ends before it begins")
    return start, end


def _invalid(field: str, why: str) -> ProblemRaised:
    faults = (FieldFault(field, why),)
    return ProblemRaised(
        HTTPStatus.UNPROCESSABLE_ENTITY, "report_parameter_invalid", "invalid parameter of a report", errors=faults
    )
