"""Everything that can be named by a user has its entry on a reference page."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from ari_app.background.metric_table import METRICS
from cli.doctor.check_list import TABLE as CHECKS
from cli.output.exit_codes import ExitCode
from tests.cli.whole_tree import whole_tree
from tools.bench.__main__ import BENCHMARKS
from tools.pages.cli_page import EVERYWHERE
from tools.pages.marked_text import PROJECT
from warmline.dialplan.lint_codes import LINT_CODES
from warmline.options.option_table import ENTITIES
from warmline.store.wire_names.journal_kinds import JOURNAL_KINDS
from warmline.system.server_settings import SERVER_TABLE, ServerSettings
from warmline.system.setting_table import LOG_STYLES, SETTING_TABLE
from warmline.system.settings import Settings
from warmline.text.event_names import RECORD_TYPES
from warmline.text.webhook_variables import NAMES

OPTION = re.compile(r"^\| `([a-z0-9_]+)`(?: \(\+\))? \|", re.MULTILINE)
ENTRY = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)
SHOWN = {
    "settings": [*SETTING_TABLE, *SERVER_TABLE],
    "metrics": [row.series(name) for name, row in METRICS.items()],
    "events": [*RECORD_TYPES, *JOURNAL_KINDS],
    "webhook-variables": [*NAMES],
    "doctor": [check.name for check in CHECKS],
    "dialplan-findings": list(LINT_CODES),
}


def page(name: str) -> str:
    """The text of a reference page."""
    return (PROJECT / f"docs/reference/{name}.md").read_text()


def entries(name: str) -> list[str]:
    """The names in the first column of a page's tables."""
    return ENTRY.findall(page(name))


@pytest.mark.parametrize("name", SHOWN)
def test_each_has_an_entry_and_each_entry_is_one_of_them(name: str) -> None:
    assert sorted(entries(name)) == sorted(SHOWN[name])


@pytest.mark.parametrize("kind", ENTITIES)
def test_each_option_has_its_row_in_the_chapter_of_its_kind(kind: str) -> None:
    chapter = page("options").split(f"\n## {kind}\n")[1].split("\n## ")[0]
    assert sorted(OPTION.findall(chapter)) == sorted(ENTITIES[kind].option_names)


def test_each_command_has_its_row_with_its_options() -> None:
    rows = {row.split("`")[1]: row for row in page("cli").splitlines() if row.startswith("| `")}
    shared = {name.split()[1]: row for name, row in rows.items() if name.startswith("KIND ")}
    shown = dict(commands(whole_tree()))
    for path, command in shown.items():
        kind, _, word = path.partition(" ")
        own = [row for name, row in rows.items() if f"{name} ".startswith(f"{path} ")]
        [row] = own or [shared[word] for entity in ENTITIES if entity == kind]
        assert [name for name in options(command) if f"`{name}" not in row] == [], path
    assert len(shared) == 8 and len(shown) > 200
    assert set(ENTITIES) <= rows.keys()


def commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every command of a group that does something, with its words."""
    for name, one in group.commands.items():
        if hasattr(one, "commands"):
            yield from commands(one, f"{before}{name} ")
        else:
            yield f"{before}{name}", one


def options(command: Any) -> list[str]:
    """Return the options of a command, without those that the page explains once for all commands."""
    found = (one.opts for one in command.params if one.param_type_name == "option")
    return [names[0] for names in found if not EVERYWHERE & {*names}]


def test_each_header_of_a_webhook_is_explained() -> None:
    sent = set(re.findall(r'"(Warmline-Webhook-\w+)"', (PROJECT / "ari_app/workers/webhook_sender.py").read_text()))
    assert len(sent) == 4
    assert set(ENTRY.findall((PROJECT / "docs/how-to/webhooks.md").read_text())) >= sent


def test_each_exit_code_is_explained() -> None:
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", page("cli"), re.MULTILINE)] == [*map(int, ExitCode)]


def test_each_benchmark_has_a_section() -> None:
    text = (PROJECT / "docs/explanation/benchmarks.md").read_text()
    assert sorted(set(re.findall(r"^## ([a-z]+)$", text, re.MULTILINE))) == sorted(BENCHMARKS)


def test_settings_are_told_with_values_and_meaning() -> None:
    assert [*SETTING_TABLE, "servers"] == list(Settings._fields)
    assert ["name", *SERVER_TABLE] == list(ServerSettings._fields)
    assert [name for name, (_, values, meaning) in SETTING_TABLE.items() if not (values and meaning)] == []
    assert SETTING_TABLE["log"][1] == ", ".join(LOG_STYLES)
