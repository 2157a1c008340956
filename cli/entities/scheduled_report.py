"""`warmline scheduled-report …`: send a scheduled report at once, and show what was sent."""

from time import monotonic, sleep
from typing import Any

import typer

from cli.arguments.entity_arguments import Name
from cli.client import app_client
from cli.output.cell_format import moment
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from cli.output.time_format import date_and_time, iso
from warmline.options.scheduled_report_options import SCHEDULED_REPORT
from warmline.store.scheduled_reports.report_runs import ReportRun

KIND = SCHEDULED_REPORT.kind
WITHIN = 45.0  # seconds for the result; the worker process looks every 5 s, and a mail server has 30
EVERY = 0.2  # seconds between two looks for it
WHOSE = "(schedule)"  # for a run that no user asked for
HEADS = ("asked", "by", "from", "to", "state", "tries", "why")


def send(name: Name, as_json: Json = False) -> None:
    from cli.entities import scheduled_report_records

    records = scheduled_report_records.at(app_client.records())
    asked, ends = records.send(name), monotonic() + WITHIN
    while (run := _of_id(records.runs(name), asked)).state == "waiting" and monotonic() < ends:
        sleep(EVERY)
    if as_json:
        print_json(_document(name, [run]))
    elif run.state == "sent":
        print(f"{KIND} {name}: sent, from {date_and_time(run.begins)} to {date_and_time(run.ends)}")
    elif run.state == "waiting":
        print(f"{KIND} {name}: no result after {WITHIN:.0f} s; the worker process must run: warmline doctor")
    else:
        print(f"{KIND} {name}: not sent yet, and tried again for a day: {run.why}")
    if run.state != "sent":
        raise typer.Exit(1)


def sent(name: Name, as_json: Json = False) -> None:
    from cli.entities import scheduled_report_records

    found = scheduled_report_records.at(app_client.records()).runs(name)
    if as_json:
        print_json(_document(name, found))
    elif found:
        print_table(HEADS, map(_row, found), free=("why",))
    else:
        print(f"{KIND} {name}: nothing was sent yet")


def _of_id(found: list[ReportRun], run: int) -> ReportRun:
    return next(one for one in found if one.id == run)


def _row(one: ReportRun) -> tuple[str, ...]:
    period = date_and_time(one.begins), date_and_time(one.ends)
    return moment(one.asked), one.by or WHOSE, *period, one.state, str(one.tries), one.why


def _document(name: str, found: list[ReportRun]) -> dict[str, Any]:
    times = ("begins", "ends", "asked", "due")
    return {
        "name": name,
        "runs": [
            {"id": one.id, "state": one.state, "by": one.by, "tries": one.tries, "why": one.why}
            | {time: iso(getattr(one, time)) for time in times}
            | {"ended": None if one.ended is None else iso(one.ended)}
            for one in found
        ],
    }
