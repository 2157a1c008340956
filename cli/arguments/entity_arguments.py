"""The arguments of commands about configured entities: names and options, with shell completion."""

from collections.abc import Sequence
from typing import Annotated

import typer

from cli.arguments import completion
from cli.arguments.value_words import without_ending
from cli.output.invalid_argument import InvalidArgument
from cli.output.secret_words import HIDDEN, names_secret, without_secrets
from warmline.options.values.entity import Entity, OptionError


def _checked(context: typer.Context, name: str) -> str:
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


def _led(context: typer.Context, pairs: list[str] | None) -> list[str] | None:
    """Return the words option=value. Raises OptionError with the line that was meant, if other words are clear."""
    if context.resilient_parsing or not pairs or not context.parent:  # without its group, the command has no kind
        return pairs
    entity = completion.entity_of(context)
    removed = dict(entity.removed)
    names = [pair.partition("=")[0] for pair in pairs]
    unclear = [pair for pair in pairs if "=" not in pair]
    unknown = [name for name in names if name not in entity.option_names and name not in removed]
    from cli.arguments import pair_hints, text_files
    from warmline.options.option_table import check

    sound = next((pair for pair in pairs if _has_ending(entity, pair)), "")
    invalid = sound or _has_invalid(entity, pairs) or any(one.startswith(text_files.AT) for one in pairs)
    if not unclear and not unknown and (not invalid or removed.keys() & set(names)):
        return pairs
    name = str(context.params.get("new") or context.params.get("name", ""))
    with completion.names_read_once():
        meant = pair_hints.understood(entity, str(context.command.name), name, pairs)
    refuses = context.command.name == "copy" or (meant.refused and not unclear)
    found = () if refuses else meant.lines  # the command tells what is wrong
    secret = bool(unclear) and pair_hints.wants_secret(entity)  # a bare word may be the password
    if not found and not secret and not (unclear and meant.unclear):
        return pairs  # the command tells what is wrong, with all other faults
    told = "".join(f"\n  warmline {line}" for line in found)
    told += meant.remarks if found else ""
    if len(found) > 1 and found[0].startswith(("call-time", "agent show")):
        told += f"\nMore: warmline help {'opening hours' if found[0].startswith('call-time') else 'queue'}"
    try:
        given = split_pairs(pairs)
        if typed := next((one for one in pairs if one.startswith(text_files.AT)), ""):
            raise OptionError("text_in_file", "{pair} would store these characters, not the file's text", pair=typed)
        if sound:
            raise OptionError(
                "sound_with_ending", "{pair}: Asterisk adds the ending of a sound file by itself", pair=sound
            )
        if not unknown:
            check(entity.kind, {one: text for one, text in given.items() if not names_secret(one)})
        entity.option(unknown[0])
    except OptionError as error:
        text = str(error).replace(repr(unclear[0]), repr(HIDDEN)) if secret else str(error)
        begun = ("; write:" if unclear else " Write:" if text.endswith((".", "?")) else ". Write:") if told else ""
        told = told or (f". {meant.unclear}" if meant.unclear and not secret else "")
        error.args = (f"{text}{begun}{told}",)
        raise
    return pairs


def _has_ending(entity: Entity, pair: str) -> bool:
    """Return whether a pair names a sound file with its ending."""
    name, _, text = pair.partition("=")
    return name in entity.option_names and without_ending(entity.option(name), text) != text


def _has_invalid(entity: Entity, pairs: Sequence[str]) -> bool:
    """Return whether a pair gives an option that exists a value that it cannot have."""
    from warmline.options.option_table import check

    known = dict(one.split("=", 1) for one in pairs if "=" in one and one.partition("=")[0] in entity.option_names)
    try:
        check(entity.kind, {name: text for name, text in known.items() if not names_secret(name)})
    except OptionError:
        return True
    return False


Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        show_default=False,
        help="The name of the entry. `list` shows the names.",
        callback=_checked,
        autocompletion=completion.names(),
    ),
]
NewName = Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="The new name.", callback=_checked)]
CopyName = Annotated[
    str, typer.Argument(metavar="NEW", show_default=False, help="The name of the copy.", callback=_checked)
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
        callback=_led,
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
