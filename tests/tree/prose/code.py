"""The passages of a Python file: docstrings, comments, and the texts that say something."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from tests.tree.prose.passage import Passage, paragraphs

LEAST_WORDS = 4  # fewer are a name, a key or a label
CODE = re.compile(
    r"\s*(?:import \w+|SELECT|INSERT|UPDATE|DELETE|CREATE|WITH|PRAGMA|ALTER|DROP|FROM|WHERE|ORDER|GROUP|AND|JOIN)\b"
)
NOT_PROSE = re.compile(r"^# (?:type:|noqa|fmt:|pragma:)|^#!")
HOLDS_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def passages(file: str, source: str, *, texts: bool = True) -> Iterator[Passage]:
    """Read a file; without `texts` only its docstrings and comments, since a test's texts are data."""
    known: set[int] = set()  # docstrings, and the parts of formatted texts
    spread: set[int] = set()  # the lines of texts in three quotes
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, HOLDS_DOCSTRING) and (docstring := _docstring(node)):
            known.add(id(docstring))
            yield from paragraphs(file, docstring.lineno, _unindented(docstring.value))
        elif isinstance(node, ast.JoinedStr):
            known.update(map(id, node.values))
        if isinstance(node, ast.JoinedStr | ast.Constant) and (text := _text(node)):
            if "\n" in text:
                spread.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
            if texts and id(node) not in known and _says_something(text):
                yield from paragraphs(file, node.lineno, text)
    yield from comments(file, source, spread)


def comments(file: str, source: str, spread: set[int]) -> Iterator[Passage]:
    """The comments, but none in the lines of long texts; lines of comment that follow each other are one text."""
    block: list[str] = []
    start = last = 0
    for line, row in enumerate(source.split("\n"), 1):
        if "#" not in row or line in spread or not (found := _comment(row)) or NOT_PROSE.match(found):
            continue
        whole = row.lstrip() == found
        if not (whole and line == last + 1):
            yield from paragraphs(file, start, "\n".join(block))
            block, start = [], line
        block.append(re.sub(r"^#\s?", "", found))
        last = line if whole else 0
    yield from paragraphs(file, start, "\n".join(block))


def _comment(row: str) -> str:
    if row.lstrip().startswith("#"):
        return row.lstrip()
    try:
        tokens = tokenize.generate_tokens(io.StringIO(row.strip()).readline)
        return next((token.string for token in tokens if token.type == tokenize.COMMENT), "")
    except tokenize.TokenError:  # the row alone is no whole statement
        found = re.search(r"(?<=\s)#.*", row)
        return found[0] if found and not re.search("[\"']", row) else ""


def _docstring(node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> ast.Constant | None:
    first = node.body[0] if node.body else None
    value = first.value if isinstance(first, ast.Expr) else None
    return value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{…}" for part in node.values)
    return ""


def _says_something(text: str) -> bool:
    return not CODE.match(text) and len(re.findall(r"(?<!\S)[A-Za-z][a-z'-]*[,.:;?!]*(?!\S)", text)) >= LEAST_WORDS


def _unindented(text: str) -> str:
    first, *rest = text.split("\n")
    margin = min((len(row) - len(row.lstrip()) for row in rest if row.strip()), default=0)
    return "\n".join([first, *(row[margin:] for row in rest)])
