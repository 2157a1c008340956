"""`warmline audit replay`: compare the core's decisions today with the decisions in the journal."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from cli.arguments.completion import calls
from cli.output.exit_codes import ExitCode
from cli.output.json_output import Json, print_json
from cli.output.printing import complain
from cli.output.table import print_table
from warmline.system import settings

Wanted = Annotated[
    str,
    typer.Argument(
        metavar="[CALL]",
        show_default=False,
        help="A call's id, the beginning of its id, its agent API id, or `last`. Without CALL the whole journal is "
        "replayed.",
        autocompletion=calls,
    ),
]


def show(wanted: Wanted = "", as_json: Json = False) -> None:
    from cli.output.progress import progress
    from warmline.store.calls import call_story
    from warmline.store.journal.replay import replay
    from warmline.store.journal.replay_call import replay_call

    path = settings.load().db
    if wanted:
        call = call_story.found(path, wanted)
        with progress("replay") as tell:
            one = replay_call(path, call, tell)
        done, of = one.replay, f"call {one.call}: {one.inputs} inputs, rows {one.first} to {one.last}"
        about: dict[str, Any] = {"call": one.call, "first": one.first, "last": one.last, "inputs": one.inputs}
        about["begun"] = one.begun
    else:
        done, about = replay(path), {}
        of = f"the whole journal, {done.rows} rows"
    if as_json:
        print_json(about | {"same": not (done.stopped or done.differences)} | asdict(done))
    elif done.differences:
        print_table(
            ("records", "row", "what differs"), [(d.journal, str(d.seq or ""), d.text) for d in done.differences]
        )
    elif not done.stopped:
        begun = f"; replayed from row {about['begun']}" if wanted else ""
        print(f"No difference: {of}{begun}.")
    if done.stopped:
        complain(f"{of}: cannot be replayed to its end: {done.stopped}")
    if done.stopped or done.differences:
        raise typer.Exit(ExitCode.DIFFERS if done.differences else ExitCode.FAILED)
