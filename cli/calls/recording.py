"""`warmline recording list|save`: the recordings of calls, and their audio."""

import time
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.arguments import completion
from cli.arguments.call_filter_options import Agent, Campaign, Ingroup, Number
from cli.arguments.time_options import Between, Day, Since, period
from cli.client import app_client, recording_records
from cli.client.recording_records import SavedRecording
from cli.client.whole_id import whole_id
from cli.output import time_zone
from cli.output.cell_format import moment, short
from cli.output.json_output import Json, print_json
from cli.output.table import NAME, print_table
from cli.output.time_format import iso, length
from warmline.store.database.errors import NotFound
from warmline.store.reports.recordings import KEPT

Call = Annotated[
    str,
    typer.Argument(
        metavar="CALL",
        show_default=False,
        help="The id of the call, or the beginning of its id, from `warmline recording list`. The id of a recording "
        "saves only that one.",
        autocompletion=completion.call_ids,
    ),
]
Folder = Annotated[
    Path,
    typer.Option(
        "--to",
        metavar="FOLDER",
        show_default=False,
        readable=False,
        help="The folder that gets the files; a missing one is made. The default is the current folder.",
    ),
]

HEADS = ("call", "when", "customer", "agent", NAME, "kind", "length", "status", "why", "recording")


def list_all(
    since: Since = "",
    day: Day = "",
    between: Between = "",
    campaign: Campaign = "",
    ingroup: Ingroup = "",
    agent: Agent = "",
    number: Number = "",
    as_json: Json = False,
) -> None:
    of = period(since, day, between)
    given = {"campaign": campaign, "ingroup": ingroup, "agent": agent, "number": number}
    asked = {name: value for name, value in given.items() if value}
    found = recording_records.at(app_client.records()).listed(of.start, of.end, of.now, asked)
    if as_json:
        print_json([_document(one) for one in found])
        return
    if found:
        spare = ("recording", "kind", NAME, "status", "why")
        print_table(HEADS, map(_line, found), free=("why",), spare=spare, if_any=(NAME,))
    else:
        print(f"No recording {of.text}.")
    time_zone.name_below()


def save(call: Call, to: Folder = Path(), as_json: Json = False) -> None:
    where, now = app_client.records(), time.time_ns() // 1000
    wanted = whole_id(where, "call", call)
    source = recording_records.at(where)
    found = source.listed(0, now + 1, now, {"call": wanted})
    if not found:
        with suppress(NotFound):
            found = [source.find(call)]
    kept = [one for one in reversed(found) if one.status == KEPT]
    if not kept:
        raise NotFound("call_not_recorded", "call {call} has no recording with a file", call=wanted)
    saved = []
    for one in kept:
        file = recording_records.save(source, one, to)
        saved.append(_document(one) | {"file": str(file)})
        if not as_json:
            print(f"saved {file} ({length(one.length_ms * 1000)})", flush=True)
    if as_json:
        print_json(saved)


def _line(one: SavedRecording) -> tuple[str, ...]:
    lasted = length(one.length_ms * 1000)
    who = one.customer, one.agent, one.full_name
    return (short(one.call), moment(one.asked), *who, one.kind, lasted, one.status, one.reason, one.id)


def _document(one: SavedRecording) -> dict[str, Any]:
    told = one._asdict()
    del told["path"]
    return told | {name: iso(told[name]) for name in ("asked", "started", "ended")}
