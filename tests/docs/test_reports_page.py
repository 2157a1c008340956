"""The page of reports: each command and column that it names exists, and every report is named."""

import re
from pathlib import Path
from typing import Any

from tests.cli.whole_tree import whole_tree
from warmline.store.daily_reports import report_table

PAGE = Path(__file__).parents[2] / "docs/how-to/reports.md"
NAMED = re.compile(r"`warmline ((?:report|audit|live)(?: [a-z]+)?)([^`]*)`")


def test_every_command_of_the_table_exists() -> None:
    commands = whole_tree().commands
    found = NAMED.findall(PAGE.read_text())
    for words, rest in found:
        command: Any = None
        for word in words.split():
            command = (command.commands if command else commands)[word]
        options = {name for one in command.params for name in one.opts}
        assert set(re.findall(r"--[a-z]+", rest)) <= options, words
        fields = re.search(r"--fields (\S+)", rest)
        if fields:
            assert set(fields[1].split(",")) <= set(report_table.find(words.split()[1]).columns), words
    assert {words.split()[1] for words, _ in found if words.startswith("report")} == set(report_table.NAMES)


def test_every_column_that_a_report_is_said_to_have_is_its_own() -> None:
    said = re.findall(r"\| ((?:`[a-z_]+`(?:, | and )?)+) in `warmline report ([a-z]+)", PAGE.read_text())
    assert len(said) >= 3
    for columns, report in said:
        assert set(re.findall(r"`([a-z_]+)`", columns)) <= set(report_table.find(report).columns), report
