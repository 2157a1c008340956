"""Writes the tables of docs/reference/cli.md from the command tree."""

import re
import shlex
from collections.abc import Iterator
from typing import Any

from cli.main import tree
from cli.output.exit_codes import ExitCode
from pages.marked_text import PROJECT, cell, rows, with_tables
from warmline.options.option_table import ENTITIES

PAGE = PROJECT / "docs/reference/cli.md"
ALIKE = ("list", "show", "create", "copy", "set", "edit", "delete", "describe")  # commands of every kind
EVERYWHERE = {"--help", "--json", "--fields", "--json-version"}
SAMPLE = "campaign"


def exit_codes() -> str:
    """Return a row for each exit code."""
    return rows(("code", "means"), *((str(int(code)), code.meaning) for code in ExitCode))


def kinds() -> str:
    """Return a row for each kind of configured entity."""
    return rows(
        ("KIND", "is", "for example"),
        *(
            (f"`{kind}`", entity.meaning, f"`warmline {kind} {_first(entity.only)} {shlex.join(entity.example)}`")
            for kind, entity in ENTITIES.items()
        ),
    )


def alike() -> str:
    """Return a row for each command that every kind has."""
    group: Any = tree().load_all().commands[SAMPLE]
    table = _table((f"KIND {name}", group.commands[name]) for name in ALIKE)
    return re.sub(rf"\b{SAMPLE}\b", "KIND", table)


def others() -> str:
    """Return the remaining commands, with a table for each group."""
    sections = []
    single = []
    commands: dict[str, Any] = dict(tree().load_all().commands)
    for name, command in commands.items():
        inner = getattr(command, "commands", None)
        if inner is None:
            single.append((name, command))
            continue
        own = [(name, command)] if command.invoke_without_command else []
        own += [(f"{name} {word}", one) for word, one in inner.items() if name not in ENTITIES or word not in ALIKE]
        if own:
            sections.append(f"### {name}\n\n{command.help}\n\n{_table(own)}")
    return "\n\n".join([f"### warmline\n\n{_table(single)}", *sections])


def _first(only: str) -> str:
    return "set" if only else "create"


def _table(commands: Any) -> str:
    return rows(("command", "what it does", "options"), *(_row(words, command) for words, command in commands))


def _row(words: str, command: Any) -> tuple[str, str, str]:
    usage = " ".join([words, *arguments(command)])
    examples = "<br>".join(f"`{cell(one)}`" for one in command.examples())
    return f"`{cell(usage)}`", f"{cell(' '.join(command.help.split()))}<br>{examples}", _options(command)


def arguments(command: Any) -> Iterator[str]:
    """Yield the arguments of a command in the form of its usage line."""
    with command.make_context("", [], resilient_parsing=True) as context:
        return (
            one for one in command.collect_usage_pieces(context) if one not in ("[OPTIONS]", "COMMAND", "[COMMAND]")
        )


def _options(command: Any) -> str:
    told = []
    for option in command.params:
        if option.param_type_name == "option" and not EVERYWHERE & set(option.opts):
            value = "" if option.is_flag else f" {option.metavar or option.name.upper()}"
            told.append(cell(f"`{option.opts[0]}{value}` {option.help or ''}".rstrip()))
    return "<br>".join(told)


TABLES = {"exit-codes": exit_codes, "kinds": kinds, "alike": alike, "others": others}


def filled(text: str) -> str:
    """Return the page with new tables."""
    return with_tables(text, TABLES)
