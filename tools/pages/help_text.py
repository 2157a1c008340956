"""The help of every command on a terminal of 80 columns: the text that a test compares."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from cli.main import tree
from tools.pages.cli_page import ALIKE, SAMPLE
from tools.pages.marked_text import PROJECT, between
from warmline.options.option_table import ENTITIES

FILE = PROJECT / "tests/golden/help.txt"
WIDTH = 78  # of the text; the terminal has 80 columns


def filled(text: str) -> str:
    """Return the file with new help pages; pages that are the same for all kinds are shown for one kind."""
    shown = (f"$ {' '.join(path)} -h\n{page}\n\n" for path, page in pages() if not _is_alike(path))
    return between(text, "# <help>\n", "# </help>\n", "".join(shown))


@cache
def pages() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the words of each group and command, beginning with `warmline`, and its help page."""
    root: Any = tree().load_all()
    context = root.make_context("warmline", [], resilient_parsing=True, terminal_width=WIDTH)
    return tuple(_pages(root, context, ("warmline",)))


def _pages(command: Any, context: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    yield path, command.get_help(context)
    for name in getattr(command, "rows", ()):
        inner = command.commands[name]
        yield from _pages(inner, type(context)(inner, parent=context, info_name=name), (*path, name))


def _is_alike(path: tuple[str, ...]) -> bool:
    kind, name = (*path, "", "")[1:3]
    return kind in ENTITIES and kind != SAMPLE and name in ALIKE
