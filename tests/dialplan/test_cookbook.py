"""The recipes of the cookbook: no finding of lint, and no text of a caller without a filter."""

import re
from pathlib import Path

import pytest

from cli.install import recipes
from warmline.system.program_files import DIALPLAN
from warmline_contrib.dialplan_lint import dialplan_reading
from warmline_contrib.dialplan_lint.dialplan_lint import lint

AROUND = '#include "{dialplan}"\n[warmline-away]\nexten => s,1,Hangup()\n'
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


def test_all_recipes_can_be_installed_together(tmp_path: Path) -> None:
    """Their contexts have different names, and no two begin at the same place."""
    text = AROUND.format(dialplan=DIALPLAN)
    text += "".join(f'#include "{recipes.find(name).dialplan}"\n' for name in names())
    (tmp_path / "extensions.conf").write_text(text)
    plan = dialplan_reading.from_file(tmp_path / "extensions.conf", tmp_path)
    assert lint(plan, dialplan_reading.around(tmp_path)) == []
