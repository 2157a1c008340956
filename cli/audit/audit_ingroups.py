"""`warmline audit ingroups`: the service level of each in-group."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.arguments.completion import names
from cli.arguments.time_options import Period
from cli.audit.report_options import report, stretch
from cli.audit.report_writer import CODE, COUNT, NAME, SEVERAL, SHARE, SPAN, ReportColumn, ReportWriter, ValueFormat
from cli.output.charts import spark
from warmline.system import settings

if TYPE_CHECKING:
    from warmline.store.reports.wait_times import WaitTimes
    from warmline.store.reports.waits import IngroupService

Name = Annotated[
    str,
    typer.Argument(
        metavar="[NAME]",
        show_default=False,
        help="Only this in-group. Without NAME all in-groups are shown.",
        autocompletion=names("ingroup"),
    ),
]

COLUMNS = (
    ReportColumn("ingroup", CODE, "in-group"),
    ReportColumn("group_name", NAME, "name", spare=2),
    ReportColumn("offered", COUNT),
    ReportColumn("answered", COUNT),
    ReportColumn("level", SHARE, "in time"),
    ReportColumn("within", SPAN, spare=4),
    ReportColumn("abandoned", COUNT, "lost"),
    ReportColumn("abandon_rate", SHARE, "lost share", spare=3),
    ReportColumn("average", SPAN),
    ReportColumn("p50", SPAN, "p50", spare=4),
    ReportColumn("p90", SPAN, "p90", spare=2),
    ReportColumn("p95", SPAN, "p95", spare=5),
    ReportColumn("longest", SPAN),
    ReportColumn("waited", SPAN, ""),
    ReportColumn("came", ValueFormat(spark, lambda counts: counts), spare=6),
    ReportColumn("waiting", COUNT, spare=1),
    ReportColumn("statuses", SEVERAL, "else", spare=7),
    ReportColumn("callbacks", COUNT, spare=3),
)


@report
def show(of: Period, out: ReportWriter, name: Name = "") -> None:
    from warmline.store.reports.fallbacks import in_words, reasons
    from warmline.store.reports.wait_times import slot_width, wait_times
    from warmline.store.reports.waits import services

    db, until = settings.load().db, min(of.end, of.now)
    taken = reasons(db, of.start, of.end)
    found = services(db, of.now, of.start, name, of.end)
    times = wait_times(db, of.start, until, name)
    served = (_row(one, times.get(one.ingroup)) for one in found)
    out.print("ingroups", COLUMNS, served, stretch(of), lambda: {"fallback": taken})
    if out.for_people:
        hours = slot_width(of.start, until) // 3_600_000_000
        each = "hour" if hours == 1 else f"{hours} hours"
        print(f"\nCalls that came {of.text}.\nOn a wide terminal, `came` has a bar for each {each}.")
        if text := in_words(taken):
            print(f"{text}. They are in no in-group.")


def _row(one: "IngroupService", times: "WaitTimes | None") -> dict[str, Any]:
    over = one.offered - one.waiting
    return {name: getattr(one, name) for name in one.__slots__} | {
        "average": one.average if one.offered else None,
        "longest": one.longest if one.offered else None,
        "abandon_rate": one.abandoned / over if over else None,
        "statuses": {status: count for status, count in one.statuses.items() if count},
        "p50": times and times.p50,
        "p90": times and times.p90,
        "p95": times and times.p95,
        "came": times.came if times else [],
    }
