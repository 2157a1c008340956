"""Writes docs/reference/generated/commands.md from the command tree."""

import re
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from cli.main import tree
from cli.output.exit_codes import ExitCode
from cli.tree.tree_row import access_in_words
from tools.pages.marked_text import GENERATED, cell, rows, whole_page
from warmline.options.option_table import ENTITIES

PAGE = GENERATED / "commands.md"
HEAD = """Each command with its options and an example. The column "access" has the scope that a command takes after
`warmline login`. [The command line](../cli.md) explains what all commands have in common: to log in, JSON,
configuration as files."""
ALIKE = ("list", "show", "create", "copy", "set", "edit", "delete", "describe")  # commands of every kind
EVERYWHERE = {"--help", "--json", "--fields", "--json-version"}
SAMPLE = "campaign"
SEVERAL = 5  # commands of a group that share an option: it is then explained once, above their table
NAMES = re.compile("`--[a-z-]+")


def exit_codes() -> str:
    """Return a row for each exit code."""
    return rows(("code", "meaning"), *((str(int(code)), code.meaning) for code in ExitCode))


def kinds() -> str:
    """Return a row for each kind of configured entity."""
    return rows(
        ("KIND", "meaning", "example"),
        *(
            (f"`{kind}`", entity.meaning, f"`warmline {kind} {_first(entity.only)} {shlex.join(entity.example)}`")
            for kind, entity in ENTITIES.items()
        ),
    )


@cache
def whole_tree() -> Any:
    """Return the tree with every command. To make all of them takes half a second."""
    return tree().load_all()


def alike() -> str:
    """Return a row for each command that every kind has."""
    group: Any = whole_tree().commands[SAMPLE]
    table = _table((f"KIND {name}", group.commands[name]) for name in ALIKE)
    return re.sub(rf"\b{SAMPLE}\b", "KIND", table)


def others() -> str:
    """Return the remaining commands, with a table for each group."""
    sections = []
    single = []
    commands: dict[str, Any] = dict(whole_tree().commands)
    for name, command in commands.items():
        inner = getattr(command, "commands", None)
        if inner is None:
            single.append((name, command))
            continue
        own = [(name, command)] if command.invoke_without_command else []
        own += [(f"{name} {word}", one) for word, one in inner.items() if name not in ENTITIES or word not in ALIKE]
        if own:
            shared = _shared(one for _, one in own)
            above = [f"### {name}", command.help, *([_shared_list(shared)] if shared else [])]
            sections.append("\n\n".join([*above, _table(own, shared)]))
    return "\n\n".join([f"### warmline\n\n{_table(single)}", *sections])


def _first(only: str) -> str:
    return "set" if only else "create"


def _shared(commands: Iterable[Any]) -> list[str]:
    """Return the options that at least SEVERAL of these commands have with the same sentence, in their order."""
    counts = Counter(one for command in commands for one in _options(command))
    return [option for option, count in counts.items() if count >= SEVERAL]


def _shared_list(shared: list[str]) -> str:
    """Return the list of shared options for the text above a table."""
    return "\n".join(["Several commands have these options:", "", *(f"- {option}" for option in shared)])


def _table(commands: Iterable[tuple[str, Any]], shared: Sequence[str] = ()) -> str:
    found = (_row(words, command, shared) for words, command in commands)
    return rows(("command", "what it does", "options", "access"), *found)


def _row(words: str, command: Any, shared: Sequence[str]) -> tuple[str, str, str, str]:
    usage = " ".join([words, *arguments(command)])
    examples = "<br>".join(f"`{cell(one)}`" for one in command.examples())
    options = _options(command)
    own = [cell(option) for option in options if option not in shared]
    above = [f"{NAMES.findall(option)[0]}`" for option in options if option in shared]
    last = [f"See above: {', '.join(above)}."] if above else []
    does = f"{cell(' '.join(command.help.split()))}<br>{examples}"
    return f"`{cell(usage)}`", does, "<br>".join(own + last), access_in_words(command.access, whole=command.whole)


def arguments(command: Any) -> Iterator[str]:
    """Return the arguments of a command in the form of its usage line."""
    with command.make_context("", [], resilient_parsing=True) as context:
        return (
            one for one in command.collect_usage_pieces(context) if one not in ("[OPTIONS]", "COMMAND", "[COMMAND]")
        )


def _options(command: Any) -> list[str]:
    """Return the options of a command, each with its names and its sentence."""
    return [
        " ".join([*_names(option), option.help or ""]).rstrip()
        for option in command.params
        if option.param_type_name == "option" and not EVERYWHERE & set(option.opts)
    ]


def _names(option: Any) -> list[str]:
    """Return the name of an option with its value, or both names of a switch."""
    if not option.is_flag:
        return [f"`{option.opts[0]} {option.metavar or option.name.upper()}`"]
    return ["`" + " / ".join([*option.opts[:1], *option.secondary_opts[:1]]) + "`"]


def filled(_text: str) -> str:
    """Return the page."""
    configuration = ("## Kinds of the configuration", kinds(), "## Commands of every kind", alike())
    return whole_page(
        "Tables of the commands", HEAD, "## Exit codes", exit_codes(), *configuration, "## All other commands", others()
    )
