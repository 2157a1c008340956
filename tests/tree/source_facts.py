"""The imports and the classes of a source file. Each file is parsed once, for all tests that ask for them.

The trees are not kept: those of all files together take 200 MB, and the garbage collector walks through them.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple


class SourceFacts(NamedTuple):
    """Each module that a file imports, as a full name, and the names of its classes; at any depth."""

    imports: tuple[str, ...]
    classes: tuple[str, ...]


@cache
def facts(file: Path) -> SourceFacts:
    """Read a Python file. An import from a name may be one of a module or of something in one: both are listed."""
    imports, classes = [], []
    for node in _statements(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            imports += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            imports += [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.ClassDef):
            classes.append(node.name)
    return SourceFacts(tuple(imports), tuple(classes))


def _statements(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield each statement, at any depth; no expression is searched, because none holds a statement."""
    within: list[ast.AST] = [tree]
    while within:
        node = within.pop()
        yield node
        within += [one for one in ast.iter_child_nodes(node) if not isinstance(one, ast.expr)]
