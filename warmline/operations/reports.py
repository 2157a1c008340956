"""The reports of a period: their list, the rows of each one, and the same rows for a spreadsheet.

`store/daily_reports` has a file for each report, and `report_table` their names. The operation of a report, such as
`reports.report_day`, follows from its columns and filters.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from inspect import Parameter, Signature
from typing import Annotated, Any

from msgspec import Meta, Struct

from warmline.operations.operation import Caller, Field, Operation, operation
from warmline.operations.report_periods import Between, Day, Since, TimeZone, invalid_parameter, read_period
from warmline.store.daily_reports import report_csv, report_table
from warmline.store.daily_reports.figures import FIGURES
from warmline.store.daily_reports.merging import Report
from warmline.store.daily_reports.report_definition import DailyReport
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.daily_reports.report_wire import iso, shapes, told, wire_name
from warmline.store.daily_reports.today import bounds_of
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import MAX_READ_SECONDS, ReadInterrupted, ReadTooLong

SCOPE = "reports:read"
READS: dict[str, Any] = {"agents": "ROWS", "campaigns": "ROWS", "more_problems": (404,), "takes_long": True}
TO_THE_MINUTE = "%Y-%m-%d %H:%M"

Campaign = Annotated[str, Field("only calls and sessions of this campaign's agents")]
Ingroup = Annotated[str, Field("only calls in this in-group")]
Agent = Annotated[str, Field("only this agent, and calls that the agent was in")]
Group = Annotated[str, Field("only agents of this user group, and their calls")]
AnyKey = Annotated[str, Field("the key or the interval of the rows, for a report that has it")]
PERIOD = {"since": Since, "day": Day, "between": Between, "timezone": TimeZone}
FILTERS = {"campaign": Campaign, "ingroup": Ingroup, "agent": Agent, "group": Group}


class ReportFigure(Struct, frozen=True):
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


class ReportDescription(Struct, frozen=True):
    """A report: its columns, the names of its filters, and the columns of its picture.

    `by` are the values of its parameter `by`, the usual one first. The command has them in the option `by_option`.
    """

    report: str
    summary: str
    columns: list[ReportFigure]
    filters: list[str]
    by: list[str]
    by_option: str
    plot: list[str]


@operation("GET /reports", "listReports", SCOPE, agents="FOR_ALL", campaigns="NO_CAMPAIGN")
def list_reports(_caller: Caller) -> list[ReportDescription]:
    """List the reports with their columns, filters and the columns of their pictures."""
    return [_kind(report_table.find(name)) for name in report_table.NAMES]


def _kind(report: DailyReport) -> ReportDescription:
    return ReportDescription(
        report=report.name,
        summary=report.summary,
        columns=[_column(name, spare) for name, spare in report.columns.items()],
        filters=list(report.filters),
        by=list(report.by),
        by_option=report.by_option,
        plot=[wire_name(name) for name in report.plot],
    )


def _column(name: str, spare: int) -> ReportFigure:
    figure = FIGURES[name]
    head = figure.head or name.replace("_", " ")
    return ReportFigure(wire_name(name), figure.form, head, figure.meaning, figure.empty, spare)


LAZY = tuple(f"report_{name}" for name in report_table.NAMES)


@cache
def __getattr__(name: str) -> Operation[..., Any]:
    """Return the operation of a report. Only the file of this report is loaded."""
    if name not in LAZY:
        raise AttributeError(name)
    return _operation(report_table.find(name.removeprefix("report_")))


def _operation(report: DailyReport) -> Operation[..., Any]:
    """Return the operation that reads a report; its arguments and its rows are those of the report."""
    types: dict[str, Any] = PERIOD | {name: FILTERS[name] for name in report.filters}
    if report.by:
        schema = Meta(extra_json_schema={"enum": list(report.by), "default": report.by[0]})
        types["by"] = Annotated[str, schema, Field(report.by_meaning[0].lower() + report.by_meaning[1:])] | None

    answer_type, row_type = shapes(report, __name__)

    def read(caller: Caller, **arguments: Any) -> Any:
        query, found = _read(caller, report, arguments)
        return answer_type(
            since=iso(query.start),
            until=iso(min(query.end, query.now)),
            timezone=str(query.zone),
            rows=[row_type(**told(row)) for row in found.rows],
            totals=row_type(**told(found.totals)),
        )

    usual: dict[str, Any] = dict.fromkeys(types, "") | ({"by": None} if report.by else {})
    given = (Parameter(name, Parameter.KEYWORD_ONLY, default=default) for name, default in usual.items())
    read.__dict__["__signature__"] = Signature([Parameter("caller", Parameter.POSITIONAL_ONLY), *given])
    read.__annotations__ = {"caller": Caller, **types, "return": answer_type}
    read.__doc__ = f"{report.summary}."
    return operation(f"GET /reports/{report.name}", f"report{report.name.capitalize()}", SCOPE, **READS)(read)


@operation("GET /reports/sheets/{id}", "reportSheet", SCOPE, **READS, media="text/csv", file_name="warmline-{id}.csv")
def report_sheet(
    caller: Caller,
    id: Annotated[str, Field("the report")],
    *,
    since: Since = "",
    day: Day = "",
    between: Between = "",
    timezone: TimeZone = "",
    campaign: Campaign = "",
    ingroup: Ingroup = "",
    agent: Agent = "",
    group: Group = "",
    by: AnyKey | None = None,
) -> bytes:
    """Send a report as CSV for a spreadsheet, as the option `--csv` of its command prints it."""
    if id not in report_table.NAMES:
        known = ", ".join(report_table.NAMES)
        raise NotFound("report_unknown", "there is no report {report!r}; the reports: {known}", report=id, known=known)
    report = report_table.find(id)
    filters = {"campaign": campaign, "ingroup": ingroup, "agent": agent, "group": group}
    for name in filters.keys() - set(report.filters):
        if filters[name]:
            raise invalid_parameter(name, f"the report {id} has the filters {', '.join(report.filters)}")
    period = {"since": since, "day": day, "between": between, "timezone": timezone}
    query, found = _read(caller, report, period | filters | {"by": by})
    return report_csv.sheet(list(report.columns), report_csv.with_total(report, found), query.zone).encode()


def _read(caller: Caller, report: DailyReport, arguments: Mapping[str, Any]) -> tuple[ReportQuery, Report]:
    """Return a report, and the question that it answers. Raises OptionError, NotFound, ReadTooLong, StoreError."""
    start, end, now, zone = read_period(caller.db, arguments)
    by = arguments.get("by")
    if by is not None and by not in report.by:
        raise invalid_parameter("by", f"allowed: {', '.join(report.by) or 'no value'}")
    asked: dict[str, Any] = {name: arguments.get(name, "") for name in report.filters} | bounds_of(caller.agents)
    query = ReportQuery(start=start, end=end, now=now, by=by or "", zone=zone, **asked)
    try:
        return query, report.answer(caller.db, query)
    except ReadInterrupted:
        since, until = (datetime.fromtimestamp(at / 1e6, zone) for at in (start, end))
        raise ReadTooLong(
            "report_too_long",
            "report {report} from {since} to {until} took longer than {seconds:g} s; ask for a shorter period, or run "
            "the command on the app's machine",
            report=report.name,
            since=f"{since:{TO_THE_MINUTE}}",
            until=f"{until:{TO_THE_MINUTE}}",
            seconds=MAX_READ_SECONDS,
        ) from None
