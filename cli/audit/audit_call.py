"""`warmline audit call`: a call's whole story."""

from typing import Annotated

import typer

from cli.arguments import completion
from cli.output.json_output import Json, print_json
from cli.output.printing import console
from warmline.system import settings

Wanted = Annotated[
    str,
    typer.Argument(
        metavar="CALL",
        help="A call's id, the beginning of its id, its agent API id, or `last`.",
        autocompletion=completion.calls,
    ),
]


def show(wanted: Wanted, as_json: Json = False) -> None:
    from cli.timeline import timeline_json, timeline_page
    from warmline.store.reports import call_story

    story = call_story.story(settings.load().db, wanted)
    if as_json:
        print_json(timeline_json.document(story))
    else:
        timeline_page.print_page(story, console())
