"""The routes of the reports, from their table: one for each report, with typed rows; the table; and CSV."""

from typing import Any

from ari_app.http.v1 import agent_bounds, daily_reports
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiParameter, ApiRoute
from warmline.store.daily_reports import report_table
from warmline.store.daily_reports.report_definition import DailyReport
from warmline.store.daily_reports.report_wire import shapes

TEXT = {"type": "string"}
PERIOD = (
    ApiParameter("since", "query", "begin at this time, such as 24h, today, monday or 2026-11-20T09:00", TEXT),
    ApiParameter("day", "query", "only this day, week or month: today, monday, lastweek or 2026-11-20", TEXT),
    ApiParameter("between", "query", "begin at A and end before B, such as 2026-11-01..2026-11-08", TEXT),
    ApiParameter("timezone", "query", "time zone of days and intervals; default: the setting", TEXT),
)
FILTERS = {
    "campaign": ApiParameter("campaign", "query", "only calls and sessions of this campaign's agents", TEXT),
    "ingroup": ApiParameter("ingroup", "query", "only calls in this in-group", TEXT),
    "agent": ApiParameter("agent", "query", "only this agent, and calls that the agent was in", TEXT),
    "group": ApiParameter("group", "query", "only agents of this user group, and their calls", TEXT),
}
SHAPES: dict[Any, str] = {}  # the names of the answers and rows in the OpenAPI document


def _route(name: str) -> ApiRoute:
    report = report_table.find(name)
    answer, row = shapes(report)
    SHAPES[answer], SHAPES[row] = f"{name.capitalize()}Report", f"{name.capitalize()}ReportRow"
    return ApiRoute(
        "GET",
        f"/reports/{name}",
        f"report{name.capitalize()}",
        report.summary,
        "reports:read",
        agent_bounds.ROWS,
        daily_reports.answering(report),
        answer,
        problems=(*READ_PROBLEMS, 404),
        parameters=(*PERIOD, *(FILTERS[one] for one in report.filters), *_by(report)),
    )


def _by(report: DailyReport) -> tuple[ApiParameter, ...]:
    if not report.by:
        return ()
    schema = {"enum": list(report.by), "default": report.by[0]}
    return (ApiParameter("by", "query", report.by_meaning[0].lower() + report.by_meaning[1:], schema),)


REPORT_ROUTES = (
    ApiRoute(
        "GET",
        "/reports",
        "listReports",
        "List the reports with their columns, filters and the columns of their pictures",
        "reports:read",
        agent_bounds.FOR_ALL,
        daily_reports.listed,
        list[daily_reports.ListedReport],
    ),
    *map(_route, report_table.NAMES),
    ApiRoute(
        "GET",
        "/reports/sheets/{id}",
        "reportSheet",
        "Send a report as CSV for a spreadsheet, as the option `--csv` of its command prints it",
        "reports:read",
        agent_bounds.ROWS,
        daily_reports.sheet,
        bytes,
        problems=(*READ_PROBLEMS, 404),
        parameters=(
            *PERIOD,
            *FILTERS.values(),
            ApiParameter("by", "query", "the key or the interval of the rows, for a report that has it", TEXT),
        ),
        media="text/csv",
    ),
)
