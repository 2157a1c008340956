"""Reads the sentences of each surface from the source."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import NamedTuple

from tests.tree.test_imports import ROOT, python_files

FOLDER = Path(__file__).parent
SHIPPED = ("warmline", "ari_app", "cli", "lab", "contrib")
ROOT_CLASS = "CodedError"
FIELD = re.compile(r"\{([^}]*)\}")
PASSED_ON = ("{reason}", "{why}", "{faults}")  # the sentence of another error


class Sentence(NamedTuple):
    """A sentence, and where it is said; `fields`: the names of the values that the call gives."""

    surface: str
    code: str
    text: str
    fields: frozenset[str]
    place: str

    @property
    def names(self) -> frozenset[str]:
        """The names of the values that the text shows."""
        return _names_in(self.text)


@cache
def sentences() -> tuple[Sentence, ...]:
    """Every sentence with a code."""
    trees = {file: ast.parse(file.read_text()) for folder in SHIPPED for file in python_files(folder)}
    coded = _coded_classes(trees.values())
    found = (
        one for file, tree in trees.items() for node in ast.walk(tree) for one in _said(file, node, coded) if one.text
    )
    return tuple(sorted(set(found)))


def files() -> dict[Path, str]:
    """The text of each golden file."""
    by: dict[str, set[str]] = defaultdict(set)
    for one in sentences():
        by[one.surface].add(f"{one.code}: {one.text}".replace("\n", "\\n"))
    return {FOLDER / f"{surface}.txt": "".join(f"{line}\n" for line in sorted(lines)) for surface, lines in by.items()}


def _coded_classes(trees: Iterable[ast.Module]) -> frozenset[str]:
    """The names of all classes below CodedError."""
    bases = {
        node.name: {base.id if isinstance(base, ast.Name) else getattr(base, "attr", "") for base in node.bases}
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }
    found = {ROOT_CLASS}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return frozenset(found)


def _said(file: Path, node: ast.AST, coded: frozenset[str]) -> Iterator[Sentence]:
    if not isinstance(node, ast.Call):
        return
    place = f"{file.relative_to(ROOT)}:{node.lineno}"
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    texts = [_text(one) for one in node.args]
    fields = frozenset(one.arg for one in node.keywords if one.arg)
    if name in coded:
        at = _first_code(node.args)
        if at is not None and len(texts) > at + 1 and texts[at + 1] not in PASSED_ON:
            yield Sentence("problems" if name == "ProblemRaised" else "errors", texts[at], texts[at + 1], fields, place)
    elif name == "CodedReason":
        yield Sentence("reasons", texts[0], texts[1], frozenset(_names_in(texts[1])), place)
    elif name == "HeadRefused":
        yield Sentence("problems", texts[1], texts[2], frozenset(FIELD.findall(texts[2])), place)


def _first_code(arguments: list[ast.expr]) -> int | None:
    """The index of the code among the arguments: the first text that is a constant."""
    found = (at for at, one in enumerate(arguments[:2]) if isinstance(one, ast.Constant) and isinstance(one.value, str))
    return next(found, None)


def _names_in(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def _text(node: ast.expr) -> str:
    """A text; what is filled in is shown by the expression that gives it."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_text(part) for part in parts)
        case ast.FormattedValue(value=value):
            return "{" + ast.unparse(value) + "}"
    return ""
