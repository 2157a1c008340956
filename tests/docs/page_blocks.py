"""The code blocks of the documentation, and the command lines in them, in the order of docs/index.md."""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parents[2]
SHELLS = ("bash", "console", "sh", "shell")
OTHERS = ("diff", "html", "json", "php", "python", "sql", "text", "toml", "yaml")

FENCE = re.compile(r"^( *)(```+|~~~+)(.*)\n((?:.*\n)*?)\1\2 *$", re.MULTILINE)
ROW = re.compile(r"^\| \[[^]]*\]\(([^)#]+)\)", re.MULTILINE)  # of a page, in the index


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a page; `number` is the line of its fence, and `text` has no indentation."""

    page: str
    number: int
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A command as a reader types it, and the output that the page shows below it, "" if none."""

    page: str
    number: int
    text: str
    shown: str = ""

    def __str__(self) -> str:
        return f"{self.page}:{self.number}: {self.text}"


def pages() -> list[str]:
    """Return every page by its path below the project: first those that have a row of the index, in its order."""
    index = PROJECT / "docs/index.md"
    linked = [(index.parent / link).resolve() for link in ROW.findall(index.read_text())]
    found = [*linked, *sorted(PROJECT.glob("*.md")), *sorted((PROJECT / "docs").rglob("*.md"))]
    return list(dict.fromkeys(str(path.relative_to(PROJECT)) for path in found))


def blocks(page: str) -> Iterator[Block]:
    """Yield the fenced blocks of a page."""
    text = (PROJECT / page).read_text()
    for match in FENCE.finditer(text):
        yield Block(page, text.count("\n", 0, match.start()) + 1, match[3].strip(), textwrap.dedent(match[4]))


def command_lines(block: Block) -> Iterator[CommandLine]:
    """Yield the commands of a block of a shell: after `$ ` in a `console` block, else all lines."""
    if block.language not in SHELLS:
        return
    lines = block.text.splitlines()
    at = 0
    while at < len(lines):
        first = at
        while lines[at].endswith("\\") and at + 1 < len(lines):
            at += 1
        text = "\n".join(lines[first : at + 1])
        at += 1
        start = at
        if block.language == "console":
            while at < len(lines) and not lines[at].startswith("$ "):
                at += 1
        if text.strip() and (block.language != "console" or text.startswith("$ ")):
            text = text.removeprefix("$ ") if block.language == "console" else text
            yield CommandLine(block.page, block.number + 1 + first, text, "\n".join(lines[start:at]))


def commands_of(page: str) -> list[CommandLine]:
    """Return all command lines of a page, in its order."""
    return [line for block in blocks(page) for line in command_lines(block)]
