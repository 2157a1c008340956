"""The passages of a file whose comments begin with a sign: SQL, a shell script, a dialplan, a unit of systemd."""

import re
from collections.abc import Iterator

from tests.tree.prose.passage import Passage, paragraphs


def passages(file: str, text: str, sign: str) -> Iterator[Passage]:
    """Read a file's comments; whole lines of comment that follow each other are one text."""
    whole = re.compile(rf"^\s*{re.escape(sign)}+(?!!) ?(.*)")
    behind = re.compile(rf"\S.*?\s{re.escape(sign)}+ (.*)")
    block: list[str] = []
    start = 1
    for at, row in enumerate([*text.split("\n"), ""], 1):
        if found := whole.match(row):
            start = start if block else at
            block.append(re.sub(r"^[-=]{3,}$", "", found[1]))
            continue
        yield from paragraphs(file, start, "\n".join(block))
        block = []
        if found := behind.search(row):
            yield from paragraphs(file, at, found[1])
