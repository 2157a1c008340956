"""A passage: one paragraph, list item, table cell, comment or text in the code, cut into sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A full stop ends a sentence before a blank, unless it belongs to one of these.
END = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bvs)(?<!\bcf)(?<!\.\.)[.!?][\"'”)\]*_]*(?=\s+\S)")
CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)


@dataclass(frozen=True)
class Passage:
    """Text that is read in one go: where it begins, what is shown of it, and the same with code masked.

    `masked` has the length of `text`; code in it is a run of `¤`. A label is a heading or the head of a table: no
    sentence, so it may begin with "What".
    """

    file: str
    line: int
    text: str
    masked: str
    label: bool = False

    def sentences(self) -> Iterator[tuple[int, str, str]]:
        """Each sentence: the line where it begins, as shown, and masked."""
        start = 0
        for end in [*(found.end() for found in END.finditer(self.masked)), len(self.masked)]:
            if said := self.masked[start:end].strip():
                begins = self.masked.index(said, start)
                line = self.line + self.text.count("\n", 0, begins)
                yield line, " ".join(self.text[start:end].split()), " ".join(said.split())
            start = end


def mask(text: str) -> str:
    """Mask the text between backquotes, and keep its length."""
    return CODE.sub(lambda found: masked(found[0]), text)


def masked(text: str) -> str:
    """A mask for text of this length."""
    return "¤" * len(text)


def plain(file: str, line: int, text: str) -> Passage:
    """Make a passage of text in which only code between backquotes is marked."""
    return Passage(file, line, text, mask(text))


def paragraphs(file: str, line: int, text: str) -> Iterator[Passage]:
    """Cut a docstring, a comment or a long text into passages: at empty lines, at items of a list, without examples.

    An example is indented by four or more blanks beyond the line before it.
    """
    block: list[str] = []
    start = line
    for at, row in enumerate([*text.split("\n"), ""], line):
        item = re.match(r"\s*(?:[-*•]|\d+\.)\s+", row)
        if block and (not row.strip() or item or re.match(r"(Args|Returns|Raises):$", row.strip())):
            if not _is_example(block):
                yield plain(file, start, "\n".join(block))
            block = []
        if row.strip():
            if not block:
                start = at
            block.append(row[item.end() :] if item else row)


def _is_example(block: list[str]) -> bool:
    return all(row.startswith(("        ", ">>>")) for row in block[1:]) and block[0].startswith(("    ", ">>>", "$ "))
