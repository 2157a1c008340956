"""The names in the core and in the two libraries: vague words become fewer, and a constant that is a number has a unit.

A variable is named after a thing: `lead`, `reason`, `existing_call`. `docs/CONTRIBUTING.md` says how to name.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tree.test_imports import ROOT, python_files

VAGUE = """
all another asked at begun came each found given here kept known least left made meant more most named now one other
others own place rest said seen shown there told wanted way what when where who why
"""
# How many are left in each folder. A number may fall and not rise.
LEFT = {
    "warmline/core": 32,
    "warmline/agi": 4,
    "warmline/ari": 7,
    "agi-bin": 0,
    "tests/core": 6,
    "tests/agi": 0,
    "tests/ari": 0,
}


def names(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield each name that a function, a loop or an assignment binds, and its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno


def bare_numbers(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield each constant of a module that is a number and whose name is a single word, and its line."""
    for node in tree.body:
        if not isinstance(node, ast.Assign | ast.AnnAssign):
            continue
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        is_bare = isinstance(target, ast.Name) and "_" not in target.id.strip("_") and target.id != "VERSION"
        if is_bare and _is_number(node.value):
            yield ast.unparse(target), node.lineno


def _is_number(value: ast.expr | None) -> bool:
    if isinstance(value, ast.BinOp):
        return _is_number(value.left) and _is_number(value.right)
    return isinstance(value, ast.Constant) and type(value.value) in (int, float)


@pytest.mark.parametrize("folder", LEFT)
def test_names_say_what_a_thing_is(folder: str) -> None:
    vague, bare = [], []
    for file in python_files(folder):
        tree = ast.parse(file.read_text())
        path = Path(file).relative_to(ROOT)
        vague += [f"{path}:{line}: {name}" for name, line in names(tree) if name in VAGUE.split()]
        bare += [f"{path}:{line}: {name}" for name, line in bare_numbers(tree)]
    assert bare == [], "Say what the number counts, and its unit: RETRY_SECONDS."
    listed = "\n".join(vague)
    assert len(vague) <= LEFT[folder], f"{len(vague)} vague names in {folder}, {LEFT[folder]} may be left:\n{listed}"
    assert len(vague) == LEFT[folder], f"Write {len(vague)} for {folder} in LEFT, so that they stay fewer."
