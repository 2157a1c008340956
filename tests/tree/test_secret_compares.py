"""Secrets are compared in constant time, with hmac.compare_digest, never with `==`."""

import ast
import re
from collections.abc import Iterator

from tests.tree.test_imports import ROOT, all_files

SECRET = re.compile(r"(^|_)(pass|passwords?|pins?|secrets?|tokens?|signatures?|digests?|hash|hashed|hashes|mac)(_|$)")
# These files compare no secrets.
NONE = {
    "warmline/centre/api_port.py": "it is the token of the program itself, read twice",
    "warmline/store/journal/hash_chain.py": "hashes of the journal are there for all to see",
    "warmline/store/journal/noted_heads.py": "hashes of the journal are there for all to see",
    "warmline/store/journal/spilled_entries.py": "hashes of the journal are there for all to see",
    "warmline/store/journal/written_history.py": "hashes of the journal are there for all to see",
    "warmline/store/reports/recordings.py": "so are those of recordings",
}
FOLDERS = (
    "warmline",
    "ari_app",
    "agi-bin",
    "contrib",
)  # reachable for strangers; the command line is the administrator's


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


def test_no_secret_is_compared_by_value() -> None:
    files = [file for folder, file in all_files() if folder in FOLDERS]
    found = {str(file.relative_to(ROOT)): list(compared(file.read_text())) for file in files}
    assert {name: lines for name, lines in found.items() if lines and name not in NONE} == {}
    assert all(found[name] for name in NONE), "each exception is one"
    assert list(compared("hashed_token(x) == y or row['pass'] == facts.pin != ''"))
