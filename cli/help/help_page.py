"""The help page of a command or a group: usage, what it does, its commands, arguments, options and examples.

A command here is a PlainCommand or a LazyGroup of `cli.lazy_group`.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from cli.help import product_parts
from cli.tree.tree_row import access_in_words, summary

# Options that many commands have; they are listed below a command's own options.
SHARED = {"--json", "--fields", "--json-version", "--csv", "--ndjson", "--precise", "--help"}
RANGE = re.compile(r" *\[(?:-?[0-9.]+<=)?x[<>]?=?[0-9.]*\]$")  # the framework's text for a range of numbers
WORD = re.compile(r"(?:--[a-z-]+ )?(?:'[^']*'|\"[^\"]*\"|\S)+")  # a word; an option with its value is one
PLAIN_HEADING, OUTPUT_HEADING = "Commands", "Output and help"
PARTS = "warmline.parts"  # of the context's values
ORDER = ("Arguments", "Options", OUTPUT_HEADING)

Lines = list[tuple[str, str]]  # terms with their meanings


def write(command: Any, context: Any, formatter: Any) -> None:
    """Write the page."""
    command.format_usage(context, formatter)
    command.format_help_text(context, formatter)
    if not context.parent:
        with formatter.section("Parts"):
            formatter.write_dl(_parts(context))
    for heading, lines in (*_commands(command), *_parameters(command, context)):
        with formatter.section(heading):
            formatter.write_dl(lines)
    with formatter.section("Examples"):
        for example in command.examples():
            formatter.write(f"  {_folded(example, formatter.width - 2)}\n")
    if command.access:
        formatter.write(f"\nAccess: {access_in_words(command.access, whole=command.whole)}\n")
    if not context.parent:
        formatter.write("\nTopics: warmline help. A command's help: warmline COMMAND -h.\n")


def _parts(context: Any) -> Lines:
    """Return the parts of Warmline, read once for each command line. Generated pages have nothing of this machine."""
    if PARTS not in context.meta:
        context.meta[PARTS] = product_parts.lines(with_use=not context.resilient_parsing)
    found: Lines = context.meta[PARTS]
    return found


def _folded(example: str, width: int) -> str:
    """Return a command line; one that is longer than `width` is split into lines that a shell reads as one."""
    lines = [""]
    for word in WORD.findall(example):
        if lines[-1] and len(lines[-1]) + len(word) + 3 > width and len(example) > width:
            lines.append(" " * 4)
        lines[-1] += word if not lines[-1].strip() else f" {word}"
    return " \\\n  ".join(lines)


def parameters(command: Any, context: Any) -> Iterator[tuple[str, str, str]]:
    """Yield the heading, the term and the meaning of each argument and option, in the order of the page."""
    found = []
    for one in command.get_params(context):
        if one.param_type_name == "argument":
            found.append(("Arguments", str(one.display_name_raw).strip("[]"), one.help or ""))
        elif record := one.get_help_record(context):
            shared = SHARED & set(one.opts)
            term, meaning = record
            found.append((OUTPUT_HEADING if shared else "Options", term, RANGE.sub("", meaning)))
    *others, help_ = sorted(found, key=lambda line: ORDER.index(line[0]))
    yield from others
    yield help_ if others and others[-1][0] == OUTPUT_HEADING else ("Options", *help_[1:])


def _parameters(command: Any, context: Any) -> Iterator[tuple[str, Lines]]:
    for heading, lines in groupby(parameters(command, context), key=lambda line: line[0]):
        yield heading, [(term, meaning) for _, term, meaning in lines]


def _commands(command: Any) -> Iterator[tuple[str, Lines]]:
    rows = getattr(command, "rows", {}).values()
    width = max((len(row.name) for row in rows), default=0)
    for heading, under in groupby(rows, key=lambda row: row.heading):
        yield heading or PLAIN_HEADING, [(row.name.ljust(width), summary(row)) for row in under]
