"""The help of each group of commands, as a terminal of 80 columns shows it."""

from collections.abc import Iterator

from typer import Context

from cli.lazy_group import LazyGroup
from cli.main import tree
from cli.tree.root_rows import ROOT
from cli.tree.tree_row import Row, TreeGroup, rows_of
from tests.tree.prose.rules import Finding

COLUMNS = 80
CUT = ("…", "...")


def cut_lines() -> Iterator[Finding]:
    """Name each line of a group's help that is cut off."""
    return _of_group(tree(), "warmline", ROOT)


def _of_group(group: LazyGroup, name: str, rows: tuple[Row, ...]) -> Iterator[Finding]:
    context = Context(group, info_name=name, terminal_width=COLUMNS, max_content_width=COLUMNS)
    for at, line in enumerate(group.get_help(context).split("\n"), 1):
        if line.endswith(CUT):
            yield Finding(f"{name} --help", at, "help line cut", f"at {COLUMNS} columns", line.strip())
    for row in rows:
        if isinstance(row, TreeGroup):
            loaded = group.load(row.name)
            assert isinstance(loaded, LazyGroup)
            yield from _of_group(loaded, f"{name} {row.name}", tuple(rows_of(row)))
