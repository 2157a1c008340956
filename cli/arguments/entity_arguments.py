"""The arguments of commands about configured entities: names and options, with shell completion."""

from typing import Annotated

import typer

from cli.arguments import completion
from warmline.options.values.entity import OptionError

Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        show_default=False,
        help="The name of the entry. `list` shows the names.",
        autocompletion=completion.names(),
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
    """Return the pairs as a mapping. Raises OptionError if a word has another form, or a name is given twice."""
    found: dict[str, str] = {}
    for pair in pairs or ():
        name, equals, text = pair.partition("=")
        if not equals:
            raise OptionError("pair_form", "{pair!r} is not of the form {form}", pair=pair, form=form)
        if name in found:
            raise OptionError("pair_twice", "{name} is given twice; give it once", name=name)
        found[name] = text
    return found
