"""The reports of a day: their table, the rows of each one as JSON, and the same rows for a spreadsheet."""

import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, tzinfo
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from ari_app.http.server import worker_threads
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.bearer_tokens import asker_of
from ari_app.http.server.problems import FieldFault, ProblemRaised, not_found
from ari_app.http.v1.live_state import JsonApi
from warmline.access.visible_agents import VisibleAgents
from warmline.store.configuration.timezone import timezone
from warmline.store.daily_reports import report_csv, report_table
from warmline.store.daily_reports.figures import FIGURES
from warmline.store.daily_reports.merging import Report
from warmline.store.daily_reports.report_definition import DailyReport
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.daily_reports.report_wire import iso, told, wire_name
from warmline.store.daily_reports.today import bounds_of
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import ReadInterrupted, for_reader
from warmline.store.reports import filter_names_check
from warmline.text import written_time

USUAL = "24h"
TO_THE_MINUTE = "%Y-%m-%d %H:%M"
PERIODS = ("since", "day", "between")


class ListedFigure(Struct, frozen=True):
    """A figure of a report. `name` is its name in the rows, and `head` its heading for people.

    A row with an empty key shows `empty`. A table without room leaves out the highest `spare` first, and never 0.
    People see a figure with -1 only if they ask for it.
    """

    name: str
    form: str
    head: str
    meaning: str
    empty: str
    spare: int


class ListedReport(Struct, frozen=True):
    """A report: its columns, the names of its filters, and the columns of its picture.

    `by` are the values of its parameter `by`, the usual one first. The command has them in the option `by_option`.
    """

    report: str
    summary: str
    columns: list[ListedFigure]
    filters: list[str]
    by: list[str]
    by_option: str
    plot: list[str]


async def listed(_api: JsonApi, _request: ApiRequest) -> ApiAnswer:
    """Reply with every report, in the order of the command line."""
    return reply([_kind(report_table.find(name)) for name in report_table.NAMES])


def _kind(report: DailyReport) -> ListedReport:
    return ListedReport(
        report=report.name,
        summary=report.summary,
        columns=[_column(name, spare) for name, spare in report.columns.items()],
        filters=list(report.filters),
        by=list(report.by),
        by_option=report.by_option,
        plot=[wire_name(name) for name in report.plot],
    )


def _column(name: str, spare: int) -> ListedFigure:
    figure = FIGURES[name]
    head = figure.head or name.replace("_", " ")
    return ListedFigure(wire_name(name), figure.form, head, figure.meaning, figure.empty, spare)


def answering(report: DailyReport) -> Callable[[JsonApi, ApiRequest], Awaitable[ApiAnswer]]:
    """Return the handler of a report."""

    async def serve(api: JsonApi, request: ApiRequest) -> ApiAnswer:
        """Reply with the report. Raises ProblemRaised (404, 422, 429, 503), StoreError."""
        return ApiAnswer(await _read(api, report, request, _document))

    return serve


async def sheet(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the report in the path as CSV. Raises ProblemRaised (404, 422, 429, 503), StoreError."""
    name = request.path_values["id"]
    if name not in report_table.NAMES:
        raise ProblemRaised(
            HTTPStatus.NOT_FOUND,
            "report_unknown",
            "there is no report {report!r}; the reports: {known}",
            report=name,
            known=", ".join(report_table.NAMES),
        )
    report = report_table.find(name)
    for other in {"campaign", "ingroup", "agent", "group"} & set(request.query) - set(report.filters):
        raise _invalid(other, f"the report {name} has the filters {', '.join(report.filters)}")
    body = await _read(api, report, request, _sheet)
    headers = {"Content-Disposition": f'attachment; filename="warmline-{name}.csv"'}
    return ApiAnswer(body, media="text/csv", headers=headers)


Written = Callable[[DailyReport, ReportQuery, Report], bytes]
"""Writes a report in one of its forms."""


async def _read(api: JsonApi, report: DailyReport, request: ApiRequest, written: Written) -> bytes:
    """Return the report in its form. Raises ProblemRaised (404, 422, 429, 503), StoreError."""
    try:
        return await api.threads.report(asker_of(request), _found, api.db, report, request, written)
    except NotFound as missing:
        raise not_found(missing) from None


def _found(db: str, report: DailyReport, request: ApiRequest, written: Written) -> bytes:
    """Return the report in its form. Raises ProblemRaised (422, 503), NotFound, StoreError."""
    with for_reader(request.has_gone):
        asked = _asked(db, report, request.query, request.visible)
        try:
            return written(report, asked, report.read(db, asked))
        except ReadInterrupted:
            bounds = [datetime.fromtimestamp(at / 1e6, asked.zone) for at in (asked.start, asked.end)]
            raise _too_long(report, *bounds) from None


def _asked(db: str, report: DailyReport, query: Mapping[str, str], visible: VisibleAgents | None) -> ReportQuery:
    """Return the question of a request. Raises ProblemRaised (422), NotFound, StoreError."""
    zone, now = zone_of(query.get("timezone") or timezone(db)), time.time_ns() // 1000
    start, end = period_of(query.get, zone, now)
    by = query.get("by", "")
    if "by" in query and by not in report.by:
        raise _invalid("by", f"allowed: {', '.join(report.by) or 'no value'}")
    filters: dict[str, Any] = {name: query.get(name, "") for name in report.filters}
    filter_names_check.check(db, **report.named(filters))
    return ReportQuery(start=start, end=end, now=now, by=by, zone=zone, **bounds_of(visible), **filters)


def _document(_report: DailyReport, asked: ReportQuery, found: Report) -> bytes:
    """Return a report as JSON."""
    return msgspec.json.encode(
        {
            "since": iso(asked.start),
            "until": iso(min(asked.end, asked.now)),
            "timezone": str(asked.zone),
            "rows": [told(row) for row in found.rows],
            "totals": told(found.totals),
        }
    )


def _sheet(report: DailyReport, asked: ReportQuery, found: Report) -> bytes:
    """Return a report as CSV."""
    rows = report_csv.with_total(report, found)
    return report_csv.sheet(list(report.columns), rows, asked.zone).encode()


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
