"""Secrets are compared in constant time, with hmac.compare_digest, never with `==`."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tree.test_imports import ROOT, all_files

SECRET = re.compile(r"(^|_)(pass|passwords?|pins?|secrets?|tokens?|signatures?|digests?|hash|hashed|hashes|mac)(_|$)")
# These files compare no secrets.
NONE = {
    "warmline/store/journal/hash_chain.py": "hashes of the journal are there for all to see",
    "warmline/store/journal/noted_heads.py": "hashes of the journal are there for all to see",
    "warmline/store/journal/spilled_entries.py": "hashes of the journal are there for all to see",
    "warmline/store/journal/written_history.py": "hashes of the journal are there for all to see",
    "warmline/store/reports/recordings.py": "so are those of recordings",
}
FOLDERS = ("warmline", "ari_app", "agi-bin")  # reachable for strangers; the command line is the administrator's


def compared(source: str) -> Iterator[tuple[int, str]]:
    """Each comparison by value with something that is called a secret: its line, and its text."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Compare):
            continue
        sides = [node.left, *node.comparators]
        for operator, left, right in zip(node.ops, sides, sides[1:], strict=False):
            by_value = isinstance(operator, ast.Eq | ast.NotEq) and not (empty(left) or empty(right))
            if by_value and (named(left) or named(right)):
                yield node.lineno, ast.unparse(node)


def empty(side: ast.expr) -> bool:
    """Return whether a side is empty, so that the comparison only checks for a value."""
    return isinstance(side, ast.Constant) and side.value in ("", None)


def named(side: ast.expr) -> bool:
    """Return whether its name, or the name of the function that made it, is that of a secret."""
    if isinstance(side, ast.Call):
        return named(side.func)
    if isinstance(side, ast.Subscript):
        return named(side.value) or (
            isinstance(side.slice, ast.Constant) and bool(SECRET.search(str(side.slice.value)))
        )
    name = side.id if isinstance(side, ast.Name) else side.attr if isinstance(side, ast.Attribute) else ""
    return bool(SECRET.search(name.lower()))


@pytest.mark.parametrize("file", [file for folder, file in all_files() if folder in FOLDERS], ids=str)
def test_no_secret_is_compared_by_value(file: Path) -> None:
    found = list(compared(file.read_text()))
    assert not found or str(file.relative_to(ROOT)) in NONE, found


def test_every_exception_is_one() -> None:
    assert all(list(compared((ROOT / name).read_text())) for name in NONE)


@pytest.mark.parametrize(
    "source",
    [
        "password == given",
        "given != stored.pin",
        "hashed_token(x) == y",
        "row['pass'] == x",
        "a == b.API_TOKEN",
    ],
)
def test_such_a_comparison_is_found(source: str) -> None:
    assert list(compared(source))


@pytest.mark.parametrize(
    "source", ["facts.pin != ''", "token is None", "key in SECRETS", "compare_digest(token, given)", "spinning == 3"]
)
def test_others_are_not(source: str) -> None:
    assert not list(compared(source))
