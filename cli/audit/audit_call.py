"""`warmline audit call`: a call's whole story."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.arguments import completion
from cli.audit import past_call_records
from cli.output.invalid_argument import InvalidArgument
from cli.output.json_output import Json, print_json
from cli.output.printing import console
from warmline.centre import app_client
from warmline.centre.place import Place

if TYPE_CHECKING:
    from warmline.store.calls.call_story import CallStory

Wanted = Annotated[
    str,
    typer.Argument(
        metavar="CALL",
        help="A call's id, the beginning of its id, its agent API id, Asterisk's id of its channel, or `last`.",
        autocompletion=completion.calls,
    ),
]
Html = Annotated[
    Path | None,
    typer.Option(
        "--html",
        metavar="FILE",
        help="Write the story as an HTML page into this file, which you can send. A file of that name is replaced.",
    ),
]
WithAudio = Annotated[
    bool, typer.Option("--with-audio", help="With --html: the page contains the recordings, and plays them.")
]


def show(wanted: Wanted, file: Html = None, with_audio: WithAudio = False, as_json: Json = False) -> None:
    from cli.timeline import timeline_json, timeline_page

    place = app_client.records()
    story = past_call_records.at(place).story(wanted)
    if with_audio and file is None:
        raise InvalidArgument("audio_without_html", "--with-audio needs --html FILE")
    if file:
        _write(story, file, place, with_audio=with_audio)
    elif as_json:
        print_json(timeline_json.document(story))
    else:
        timeline_page.print_page(story, console())


def _write(story: "CallStory", file: Path, place: Place, *, with_audio: bool) -> None:
    from cli.output import html_page
    from cli.timeline import story_html

    read = past_call_records.audio_of(place, story) if with_audio else None
    html_page.write(file, story_html.document(story, read))
