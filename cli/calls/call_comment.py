"""`warmline call comment` and `warmline call delete-comment`: comments on calls."""

from typing import Annotated

import typer

from cli.arguments import completion
from cli.arguments.call_filter_options import one_of
from cli.calls import comment_records
from cli.output.json_output import Json, print_json
from warmline.centre import app_client

Call = Annotated[
    str,
    typer.Argument(
        metavar="CALL",
        show_default=False,
        help="A call's id, the beginning of its id, its agent API id, Asterisk's id of its channel, or `last`.",
        autocompletion=completion.calls,
    ),
]
Text = Annotated[
    str, typer.Argument(metavar="TEXT", show_default=False, help="The comment. It may be left out with --mark.")
]
Mark = Annotated[
    str,
    typer.Option(
        "--mark",
        metavar="MARK",
        show_default=False,
        help="Mark the call with coaching, praise, complaint or followup.",
        autocompletion=completion.marks,
    ),
]
Number = Annotated[
    int,
    typer.Argument(
        metavar="NUMBER", min=1, max=2**63 - 1, show_default=False, help="The comment's number in `audit call`."
    ),
]


def comment(call: Call, text: Text = "", mark: Mark = "", as_json: Json = False) -> None:
    from warmline.store.calls.call_comments import MARKS

    one_of("--mark", mark, MARKS)
    number = comment_records.at(app_client.records()).add(call, text, mark)
    if as_json:
        print_json({"id": number, "mark": mark, "comment": text})
    else:
        print(f"call {call} has comment {number}{f', and the mark {mark}' if mark else ''}")


def delete_comment(call: Call, number: Number, as_json: Json = False) -> None:
    comment_records.at(app_client.records()).delete(call, number)
    if as_json:
        print_json({"id": number, "deleted": True})
    else:
        print(f"call {call} no longer has comment {number}")
