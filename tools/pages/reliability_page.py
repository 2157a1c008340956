"""Writes docs/reference/generated/faults.md from marks of the tests.

A test names the fault that it proves: `@pytest.mark.fault(what, heard, audit)`. Further tests of the same fault give
only `what`.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tools.pages.marked_text import GENERATED, PROJECT, rows, whole_page

PAGE = GENERATED / "faults.md"
PAGE_HEAD = """What callers notice of each fault that the tests cause, what the audit records, and the tests.
[Reliability](../../explanation/reliability.md) explains the parts that can fail, and the five conditions that the
tests check after each fault."""
HEAD = ("Fault", "Effect on callers", "Record in the audit", "Tests")
MARK = "pytest.mark.fault"


class Witness(NamedTuple):
    """One mark: the test that has it, as FILE::NAME, and the mark's texts."""

    test: str
    texts: tuple[str, ...]


@cache
def witnesses() -> tuple[Witness, ...]:
    """Return all marks of the tests, by file and line."""
    files = sorted((PROJECT / "tests").rglob("test_*.py"))
    return tuple(witness for file in files for witness in _in_file(file))


def _in_file(file: Path) -> Iterator[Witness]:
    text = file.read_text()
    if MARK not in text:  # parsing all files of tests takes seconds
        return
    outer = ast.parse(text).body
    for node in (*outer, *(one for held in outer if isinstance(held, ast.ClassDef) for one in held.body)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == MARK:
                    texts = tuple(str(ast.literal_eval(text)) for text in mark.args)
                    yield Witness(f"{file.relative_to(PROJECT)}::{node.name}", texts)


def table() -> str:
    """Return a row for each fault, in the order of the files of the tests."""
    by_fault: dict[str, list[Witness]] = {}
    for witness in witnesses():
        by_fault.setdefault(witness.texts[0], []).append(witness)
    return rows(HEAD, *(_row(what, found) for what, found in by_fault.items()))


def _row(what: str, found: list[Witness]) -> tuple[str, ...]:
    """Return a row: the fault, what is heard and recorded, and its tests.

    Raises StopIteration if no test of the fault gives what is heard and recorded.
    """
    words = next(witness.texts[1:] for witness in found if len(witness.texts) == len(HEAD) - 1)
    return what, *words, "<br>".join(map(_named, found))


def _named(witness: Witness) -> str:
    file, _, name = witness.test.partition("::")
    return f"`{file}`: {name.removeprefix('test_').replace('_', ' ')}"


def filled(_text: str) -> str:
    """Return the page."""
    return whole_page("Faults", PAGE_HEAD, table())
