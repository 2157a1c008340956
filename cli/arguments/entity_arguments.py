"""What the commands of configured things are given: names and options, offered at the Tab key."""

from typing import Annotated

import typer

from cli.arguments import completion
from warmline.options.entity import OptionError

Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME", show_default=False, help="Its name; `list` shows the names.", autocompletion=completion.names()
    ),
]
NewName = Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="The new name.")]
CopyName = Annotated[str, typer.Argument(metavar="NEW", show_default=False, help="The name of the copy.")]
OptionName = Annotated[
    str,
    typer.Argument(
        metavar="[OPTION]",
        show_default=False,
        autocompletion=completion.options,
        help="One option, or a pattern such as '*record*'; without it, all.",
    ),
]
Pairs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="OPTION=VALUE",
        show_default=False,
        autocompletion=completion.pairs,
        help="An option and its value. The value - of a password or PIN asks for it.",
    ),
]


def split_pairs(pairs: list[str] | None, form: str = "option=value") -> dict[str, str]:
    """What such words say. Raises OptionError at one that is not of that form, or says what another said."""
    found: dict[str, str] = {}
    for pair in pairs or ():
        name, equals, text = pair.partition("=")
        if not equals:
            raise OptionError("pair_form", "{pair!r} is not of the form {form}", pair=pair, form=form)
        if name in found:
            raise OptionError("pair_twice", "{name} is given twice; give it once", name=name)
        found[name] = text
    return found
