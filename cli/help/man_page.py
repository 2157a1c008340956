"""Manual pages, made from the command tree: one of `warmline`, and one of each group.

A group or command here is a LazyGroup or PlainCommand of `cli.lazy_group`, with all that is in it loaded.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from cli.help.help_page import OUTPUT_HEADING, PLAIN_HEADING, parameters
from cli.tree.tree_row import TreeGroup, summary


def pages(root: Any, version: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each page's file, and its text in roff."""
    context = root.make_context("warmline", [], resilient_parsing=True)
    groups = [row.name for row in root.rows.values() if isinstance(row, TreeGroup)]
    yield "warmline.1", _page("warmline", root, context, version, [f"warmline-{name}" for name in groups])
    for name in groups:
        inner = _inner(root, context, name)
        yield f"warmline-{name}.1", _page(f"warmline-{name}", root.commands[name], inner, version, ["warmline"])


def _page(name: str, group: Any, context: Any, version: str, related: list[str]) -> str:
    first, *details = _paragraphs(group.help)
    lines = [
        f'.TH {_text(name.upper())} 1 "" "warmline {version}" "Warmline"',
        ".SH NAME",
        f"{_text(name)} \\- {_text(first[0].lower() + first[1:].removesuffix('.'))}",
        ".SH SYNOPSIS",
        f".B {_text(context.command_path)}",
        r"[\fIOPTIONS\fR] \fICOMMAND\fR",
        ".SH DESCRIPTION",
        *_prose([first, *details]),
        *_own_options(group, context),
        *_commands(group, context),
        *_shared_options(group, context),
        ".SH EXAMPLES",
        *_examples(group),
        ".SH SEE ALSO",
        *(f".BR {_text(one)} (1)" for one in related),
    ]
    return "\n".join(lines) + "\n"


def _inner(group: Any, context: Any, name: str) -> Any:
    """Return the context of a group's command."""
    return type(context)(group.commands[name], parent=context, info_name=name)


def _commands(group: Any, context: Any) -> Iterator[str]:
    """Yield the commands; groups have their own pages, and are only named."""
    heading = ""
    for name, row in group.rows.items():
        if heading != (row.heading or PLAIN_HEADING):
            heading = row.heading or PLAIN_HEADING
            yield f".SH {heading.upper()}"
        if isinstance(row, TreeGroup):
            yield from (".TP", f".BR {_text(f'warmline-{name}')} (1)", _text(summary(row)))
        else:
            yield from _command(group.commands[name], _inner(group, context, name))


def _command(command: Any, context: Any) -> Iterator[str]:
    usage = " ".join((context.command_path, *command.collect_usage_pieces(context)))
    yield f".SS {_text(usage)}"
    yield from _prose(_paragraphs(command.help))
    yield from _terms(term for term in parameters(command, context) if term[0] != OUTPUT_HEADING)
    yield from (".PP", "Examples:")
    yield from _examples(command)


def _own_options(group: Any, context: Any) -> Iterator[str]:
    """Yield the options of a group that can be run without a command, and those of `warmline`."""
    if lines := list(_terms(term for term in parameters(group, context) if term[0] != OUTPUT_HEADING)):
        yield ".SH OPTIONS"
        yield from lines


def _shared_options(group: Any, context: Any) -> Iterator[str]:
    """Yield the options that the commands of a group share, each once."""
    yield ".SH OUTPUT AND HELP"
    owners = [(group, context), *((group.commands[name], _inner(group, context, name)) for name in group.rows)]
    found = (term for owner, inner in owners for term in parameters(owner, inner) if term[0] == OUTPUT_HEADING)
    yield from _terms({term: (heading, term, meaning) for heading, term, meaning in found}.values())


def _terms(terms: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    for _, term, meaning in terms:
        yield from (".TP", f".B {_text(term)}", _text(meaning))


def _examples(command: Any) -> tuple[str, ...]:
    return (".PP", ".nf", ".RS", *map(_text, command.examples()), ".RE", ".fi")


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n")]


def _prose(paragraphs: list[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield from (".PP", _text(paragraph))


def _text(text: str) -> str:
    """Return a text on one line, with all commands of roff escaped."""
    plain = " ".join(text.split()).replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq").replace("`", r"\(ga")
    return rf"\&{plain}" if plain.startswith(".") else plain
