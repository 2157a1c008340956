"""The arguments of commands about a whole list of leads."""

from typing import Annotated

import typer

from cli.arguments.completion import names

ListName = Annotated[
    str, typer.Argument(metavar="LIST", show_default=False, help="The list of leads.", autocompletion=names("list"))
]
Where = Annotated[
    str,
    typer.Option(
        metavar="FILTER",
        show_default=False,
        help="The leads, written as a lead_filter, such as 'status=NA and called_count>=5'. Empty for all leads.",
    ),
]
