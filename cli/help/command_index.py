"""All commands of the tree by their words, without loading their functions."""

from collections.abc import Iterable, Iterator

from cli.help.synonyms import synonym
from cli.tree.root_rows import ROOT
from cli.tree.tree_row import Row, TreeGroup, rows_of

Path = tuple[str, ...]


def commands(rows: Iterable[Row] = ROOT, path: Path = ()) -> Iterator[tuple[Path, Row]]:
    """Yield the words and the row of each group and command, a group before its commands."""
    for row in rows:
        here = (*path, row.name)
        yield here, row
        if isinstance(row, TreeGroup):
            yield from commands(rows_of(row), here)


def meant(words: Iterable[str]) -> Path:
    """Return the path of the command that the words begin with; synonyms are replaced."""
    path: Path = ()
    rows = {row.name: row for row in ROOT}
    for word in words:
        name = word if word in rows else synonym(path, word, rows)
        if name is None:
            break
        path, row = (*path, name), rows[name]
        rows = {inner.name: inner for inner in rows_of(row)} if isinstance(row, TreeGroup) else {}
    return path
