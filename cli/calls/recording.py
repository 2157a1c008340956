"""`warmline recording list|save|link|unlink`: the recordings of calls, their audio, and links that play it."""

import time
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.arguments import completion
from cli.arguments.call_filter_options import Agent, Campaign, Ingroup, Number
from cli.arguments.time_options import Between, Day, Since, period
from cli.client.whole_id import whole_id
from cli.output import time_zone
from cli.output.cell_format import moment, short
from cli.output.invalid_argument import InvalidArgument
from cli.output.json_output import Json, print_json
from cli.output.table import NAME, print_table
from cli.output.time_format import iso, length
from warmline.centre import app_client, recording_records
from warmline.centre.recording_records import RecordingRecords, SavedRecording
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
Days = Annotated[
    int | None,
    typer.Option(
        "--days",
        metavar="DAYS",
        min=1,
        max=7,
        show_default=False,
        help="Days that the link is valid, from 1 to 7. The default and the most is the setting recording_link_days.",
    ),
]
LinkedCall = Annotated[
    str,
    typer.Argument(
        metavar="CALL",
        show_default=False,
        help="The id of the call, or the beginning of its id. The id of a recording ends only the links to that one.",
        autocompletion=completion.call_ids,
    ),
]
Every = Annotated[bool, typer.Option("--all", help="End the links to all recordings, as an administrator.")]
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
    source = recording_records.at(app_client.records())
    saved = []
    for one in _kept(source, call):
        file = recording_records.save(source, one, to)
        saved.append(_document(one) | {"file": str(file)})
        if not as_json:
            print(f"saved {file} ({length(one.length_ms * 1000)})", flush=True)
    if as_json:
        print_json(saved)


def link(call: Call, days: Days = None, as_json: Json = False) -> None:
    source = recording_records.at(app_client.records())
    made = [(one, source.link(one.id, days)) for one in _kept(source, call)]
    if as_json:
        print_json([{"recording": one.id, "url": new.url, "until": iso(new.until)} for one, new in made])
        return
    for one, new in made:
        typer.echo(f"recording {one.id}: the next line plays it until {iso(new.until)}", err=True)
        print(new.url, flush=True)


def unlink(call: LinkedCall = "", every: Every = False, as_json: Json = False) -> None:
    if bool(call) == every:
        raise InvalidArgument("links_not_named", "give a CALL, or --all for the links to all recordings")
    source = recording_records.at(app_client.records())
    ended = [""] if every else [one.id for one in _kept(source, call)]
    for one in ended:
        source.unlink(one)
        if not as_json:
            print(f"the links to recording {one} have ended" if one else "the links to all recordings have ended")
    if as_json:
        print_json({"recordings": None if every else ended})


def _kept(source: RecordingRecords, call: str) -> list[SavedRecording]:
    """Return the recordings of a call that have a file, the first one first, or the one with this id.

    Raises NotFound.
    """
    now = time.time_ns() // 1000
    wanted = whole_id(app_client.records(), "call", call)
    found = source.listed(0, now + 1, now, {"call": wanted})
    if not found:
        with suppress(NotFound):
            found = [source.find(call)]
    if kept := [one for one in reversed(found) if one.status == KEPT]:
        return kept
    raise NotFound("call_not_recorded", "call {call} has no recording with a file", call=wanted)


def _line(one: SavedRecording) -> tuple[str, ...]:
    lasted = length(one.length_ms * 1000)
    who = one.customer, one.agent, one.full_name
    return (short(one.call), moment(one.asked), *who, one.kind, lasted, one.status, one.reason, one.id)


def _document(one: SavedRecording) -> dict[str, Any]:
    told = one._asdict()
    del told["path"]
    return told | {name: iso(told[name]) for name in ("asked", "started", "ended")}
