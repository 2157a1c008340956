"""The files that the prose check reads, and how it reads each kind."""

from collections.abc import Iterator
from pathlib import Path

from tests.tree.prose import code, comment_lines, markdown
from tests.tree.prose.kept import KEPT
from tests.tree.prose.passage import Passage
from tests.tree.prose.rules import Finding, judge
from tests.tree.test_imports import PACKAGES, ROOT

FOLDERS = (*PACKAGES, "tests", "docs", "dialplan", "packaging", ".ci")
# Released schemas never change, and the tests of the check break its rules.
LEFT_OUT = ("warmline/store/migrations/schema_", "tests/package/releases/", "tests/tree/test_prose.py")
SIGNS = {".sql": "--", ".conf": ";", ".sample": ";", ".service": "#", ".socket": "#", ".toml": "#", ".yml": "#"}
SCRIPTS = ("Makefile", "make-venv", "run", "as-ordinary-user")


def all_files() -> Iterator[Path]:
    """Yield each file of the tree that is read."""
    for path in sorted(ROOT.iterdir()):
        if path.is_file():
            yield path
    for folder in FOLDERS:
        yield from within(ROOT / folder)


def within(path: Path) -> Iterator[Path]:
    """Yield a file, or the files of a folder."""
    if not path.is_dir():
        yield path
        return
    yield from (one for one in sorted(path.rglob("*")) if one.is_file() and "__pycache__" not in one.parts)


def passages(path: Path) -> Iterator[Passage]:
    """Read the passages of a file; none, if it is of a kind without prose."""
    name = path.resolve().relative_to(ROOT).as_posix()
    if name.startswith(LEFT_OUT):
        return
    if path.suffix == ".md":
        yield from markdown.passages(name, path.read_text())
    elif path.suffix == ".py" or "agi-bin" in path.parts:
        yield from code.passages(name, path.read_text(), texts=not name.startswith("tests/"))
    elif path.suffix in SIGNS:
        yield from comment_lines.passages(name, path.read_text(), SIGNS[path.suffix])
    elif path.name in SCRIPTS:
        yield from comment_lines.passages(name, path.read_text(), "#")


def findings(paths: Iterator[Path]) -> Iterator[Finding]:
    """Judge files, without the sentences that stay."""
    return (one for one in judged(paths) if (one.file, one.sentence) not in KEPT)


def judged(paths: Iterator[Path]) -> Iterator[Finding]:
    """Judge files, with the sentences that stay."""
    for path in paths:
        for passage in passages(path):
            yield from judge(passage)
