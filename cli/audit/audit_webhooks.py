"""`warmline audit webhooks`: the webhooks that were sent, and the answers to them."""

import time
from typing import Annotated, Any

import typer

from cli.arguments.completion import calls
from cli.arguments.time_options import past
from cli.output.cell_format import moment, short
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from cli.output.time_format import clock, date_and_time, iso
from warmline.store.database.id_prefix import whole_id
from warmline.store.reports.webhook_attempts import tried
from warmline.system import settings
from warmline.text import webhook_url

Since = Annotated[
    str,
    typer.Option(
        metavar="WHEN",
        help="Begin at this time, such as 24h (24 hours ago), today, monday, 2026-11-20 or 2026-11-20T09:00.",
    ),
]
OfCall = Annotated[
    str,
    typer.Option("--call", metavar="CALL", help="Only webhooks of the call with this id.", autocompletion=calls),
]


def show(since: Since = "24h", call: OfCall = "", as_json: Json = False) -> None:
    start = past(since, "--since", time.time_ns() // 1000)
    path = settings.load().db
    found = tried(path, start, whole_id(path, "call", call))
    if as_json:
        print_json([_document(row) for row in found])
    elif found:
        heads = ("queued", "webhook", "agent", "host", "tries", "outcome", "call")
        print_table(heads, map(_row, found), free=("host", "outcome"), spare=("call",))
    else:
        print(f"No webhook since {date_and_time(start)}.")


def _row(row: dict[str, Any]) -> tuple[str, ...]:
    _, status, why = row["tries"][-1] if row["tries"] else (0, 0, "")
    last = why or (str(status) if status else "")
    state = row["outcome"] or f"next try {clock(row['due'])}"
    told = f"{state} ({last})" if last else state
    queued, call = moment(row["queued"]), short(row["call"])
    return queued, row["hook"], row["agent"], webhook_url.host(row["url"]), str(len(row["tries"])), told, call


def _document(row: dict[str, Any]) -> dict[str, Any]:
    tries = [{"at": iso(at), "status": status or None, "why": why} for at, status, why in row["tries"]]
    times = {name: iso(row[name]) for name in ("queued", "due", "ended")}
    same = {name: row[name] for name in ("id", "hook", "call", "agent", "outcome")}
    return same | {"host": webhook_url.host(row["url"])} | times | {"tries": tries}
