"""The names of the product's classes and modules, which no client may see."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PRODUCT = ("warmline", "ari_app", "cli", "lab")


@cache
def _files() -> frozenset[Path]:
    return frozenset(file.resolve() for folder in PRODUCT for file in (ROOT / folder).rglob("*.py"))


@cache
def classes() -> frozenset[str]:
    """The name of every class."""
    trees = (ast.parse(file.read_text()) for file in _files())
    return frozenset(node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))


@cache
def modules() -> frozenset[str]:
    """The full name of every module in a package."""
    parts = (file.relative_to(ROOT).with_suffix("").parts for file in _files())
    return frozenset(".".join(one) for one in parts if len(one) > 1)
