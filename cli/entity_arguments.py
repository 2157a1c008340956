"""What the commands of configured things are given: names and options, offered at the Tab key."""

from typing import Annotated

import typer

from warmline.cli import completion

Name = Annotated[str, typer.Argument(metavar="NAME", show_default=False, autocompletion=completion.names())]
NewName = Annotated[str, typer.Argument(metavar="NAME", show_default=False)]
CopyName = Annotated[str, typer.Argument(metavar="NEW", show_default=False)]
OptionName = Annotated[str, typer.Argument(metavar="OPTION", show_default=False, autocompletion=completion.options)]
Pairs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="OPTION=VALUE",
        show_default=False,
        autocompletion=completion.pairs,
        help="What there is: see `describe`. Of a password or PIN, - asks for it.",
    ),
]
