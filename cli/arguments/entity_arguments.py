"""The arguments of commands about configured entities: names and options, with shell completion."""

from typing import Annotated

import typer

from cli.arguments import completion
from cli.output.invalid_argument import InvalidArgument
from cli.output.secret_words import HIDDEN, names_secret, without_secrets
from warmline.options.values.entity import OptionError


def check_name(context: typer.Context, name: str) -> str:
    """Return the name of an entry. Raises InvalidArgument for an option in its place."""
    if "=" in name and name.isprintable() and not context.resilient_parsing:
        shown = without_secrets([name])[0]
        raise InvalidArgument(
            "name_left_out",
            "no name is given before {pair}; write: {command} NAME {pair}",
            pair=shown,
            command=context.command_path,
        )
    return name


Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        show_default=False,
        help="The name of the entry. `list` shows the names.",
        callback=check_name,
        autocompletion=completion.names(),
    ),
]
NewName = Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="The new name.", callback=check_name)]
CopyName = Annotated[
    str, typer.Argument(metavar="NEW", show_default=False, help="The name of the copy.", callback=check_name)
]
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


Yes = Annotated[
    bool, typer.Option("--yes", help="No effect, because the command does not ask; scripts may give it everywhere.")
]


def split_pairs(pairs: list[str] | None, form: str = "option=value") -> dict[str, str]:
    """Return the pairs as a mapping. Raises OptionError if a word has another form, or a name is given twice."""
    found: dict[str, str] = {}
    before = ""
    for pair in pairs or ():
        name, equals, text = pair.partition("=")
        if not equals:
            shown = HIDDEN if names_secret(before) else pair
            raise OptionError("pair_form", "{pair!r} is not of the form {form}", pair=shown, form=form)
        before = pair
        if name in found:
            raise OptionError("pair_twice", "{name} is given twice; give it once", name=name)
        found[name] = text
    return found
