"""The recipes of the cookbook use no text of a caller without a filter."""

import re
from pathlib import Path

import pytest

from cli.install import recipes

UNTRUSTED = re.compile(
    r"(?P<within>\w*\((?:[^(),]*,)?)?"
    r"\$\{(?P<text>(?:CALLERID|CONNECTEDLINE|PJSIP_HEADER)\([a-z]+\)|EXTEN\b|WARMLINE_DATA_\w+|WARMLINE_REASON|key|typed)"
)
FILTERS = ("FILTER(", "URIENCODE(", "LEN(")


def names() -> list[str]:
    """The recipes that have a dialplan."""
    return [name for name in recipes.names() if recipes.find(name).dialplan]


def code(path: Path) -> list[str]:
    """Return the lines of a file that count."""
    lines = (line.strip() for line in path.read_text().splitlines())
    return [line for line in lines if line and not line.startswith((";", "#"))]


@pytest.mark.parametrize("name", names())
def test_no_text_of_a_caller_is_used_without_a_filter(name: str) -> None:
    dialplan = recipes.find(name).dialplan
    assert dialplan
    for line in code(dialplan):
        for match in UNTRUSTED.finditer(line):
            assert (match["within"] or "").startswith(FILTERS), f"{match['text']} in {line}"
