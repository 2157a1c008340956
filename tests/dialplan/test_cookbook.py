"""The recipes of the cookbook: headers, length, no finding of lint, and no text of a caller without a filter."""

import re
from pathlib import Path

import pytest

from cli.install import recipes
from warmline.system.program_files import DIALPLAN
from warmline_contrib.dialplan_lint import dialplan_reading
from warmline_contrib.dialplan_lint.dialplan_lint import lint

LINES = 15  # of a file, without comments and empty lines
FILES = sorted([*recipes.DIALPLANS.glob("*.conf"), *(path for path in recipes.SCRIPTS.iterdir() if path.is_file())])
HOOKED = "[warmline-{hook}]\nexten => s,1,Goto(cookbook-{name},{hook},1)\n"
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


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.parent.name}-{path.name}")
def test_a_recipe_begins_with_its_purpose_and_is_short(path: Path) -> None:
    about, parts = recipes.header(path.read_text())
    name = path.name.removesuffix(".conf")
    assert next(recipes.comments(path.read_text())).startswith(f"Recipe {name}: ")
    assert about.endswith(".") and about[0].isupper()
    assert parts["Before"] and parts["Try"] and set(parts) <= {"Before", "Try", "Hooks"}
    assert len(code(path)) <= LINES


@pytest.mark.parametrize("name", names())
def test_lint_finds_nothing(name: str, tmp_path: Path) -> None:
    recipe = recipes.find(name)
    text = AROUND.format(dialplan=DIALPLAN) + f'#include "{recipe.dialplan}"\n'
    text += "".join(HOOKED.format(hook=hook.removeprefix("warmline-"), name=name) for hook in recipe.hooks)
    (tmp_path / "extensions.conf").write_text(text)
    plan = dialplan_reading.from_file(tmp_path / "extensions.conf", tmp_path)
    assert recipe.context in plan.contexts
    assert lint(plan, dialplan_reading.around(tmp_path)) == []


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


def test_a_text_without_a_filter_is_found() -> None:
    for line, is_found in (
        ("Set(a=${CALLERID(num)})", True),
        ("Set(a=${FILTER(0-9,${CALLERID(num)})})", False),
        ('ExecIf($["${key}" = "1"]?NoOp())', True),
        ("AGI(x,${URIENCODE(${WARMLINE_DATA_note})})", False),
    ):
        unfiltered = [match for match in UNTRUSTED.finditer(line) if not (match["within"] or "").startswith(FILTERS)]
        assert bool(unfiltered) is is_found, line
