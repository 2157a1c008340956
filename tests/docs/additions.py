"""The pages of additions: the diffs that a reader applies, the commands that write the rest, and the checks."""

import re
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from tests.docs.page_blocks import SHELLS, Block, blocks, command_lines

FILE = re.compile(r"^\+\+\+ b/(.*)$", re.MULTILINE)


@dataclass
class Addition:
    """The parts of a page; `written` are diffs of what the commands write."""

    by_hand: list[str]
    commands: list[str]
    written: list[str]
    checks: list[str]

    @property
    def changed(self) -> list[str]:
        """Return the files that a reader changes."""
        return [name for diff in self.by_hand for name in FILE.findall(diff)]


def addition(page: str) -> Addition:
    """Return the parts of a page. Diffs behind the first commands show what these write; the last commands check."""

    def is_diff(block: Block) -> bool:
        return block.language == "diff"

    *before, last = [block for block in blocks(page) if block.language in (*SHELLS, "diff")]
    return Addition(
        [block.text for block in takewhile(is_diff, before)],
        [line.text for block in before for line in command_lines(block)],
        [block.text for block in dropwhile(is_diff, before) if is_diff(block)],
        [line.text for line in command_lines(last)],
    )
