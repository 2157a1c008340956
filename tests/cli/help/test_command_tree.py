"""The command tree: access, former names, values that are no text, and examples that can be typed."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from cli.main import main
from cli.tree.former_commands import FORMER, GONE
from cli.tree.root_rows import ROOT
from cli.tree.tree_row import ANYWHERE, LOCAL, Row, TreeCommand, TreeGroup, rows_of
from tests.cli.command_line import Run
from tests.cli.whole_tree import whole_tree
from warmline.access.rights import SCOPES


def rows(of: tuple[Row, ...] = ROOT, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], TreeCommand]]:
    for row in of:
        if isinstance(row, TreeGroup):
            yield from rows(tuple(rows_of(row)), (*path, row.name))
        else:
            yield (*path, row.name), row


def test_every_command_has_its_access() -> None:
    given = {path: row.access for path, row in rows()}
    given |= {(row.name,): row.access for row in ROOT if isinstance(row, TreeGroup) and row.target}
    assert {path for path, access in given.items() if access not in (LOCAL, ANYWHERE, *SCOPES)} == set()


def test_a_former_name_runs_the_command_of_today_with_a_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["script", "new", "ticket", "--to", str(tmp_path)])
    assert not ended.value.code and (tmp_path / "ticket.session").exists(), "not `script create`"
    assert capsys.readouterr().err == "warmline: `warmline script new` is now `warmline own-script new`\n"


def test_former_names_lead_to_commands_and_are_not_listed() -> None:
    names = {path for path, _ in rows()}
    assert set(FORMER.values()) <= names and not (set(FORMER) | set(GONE)) & names


INVALID_LINES = (
    ("agent dial 1000 --lead x", "Invalid value for '--lead': write a whole number"),
    ("lead set 0 rank=1", "write a number from 1"),
    ("agent swap 1000 nobody", "'nobody' is not one of 'customer', 'third'"),
    ("audit calls --csv=yes", "does not take a value"),
    ("audit calls extra", "Got unexpected extra argument"),
    ("audit calls --sinse 7d", "no option --sinse"),
    ("audit call", "Missing argument 'CALL'"),
    ("audit cals", "command 'warmline audit cals' does not exist; nearest:\n  warmline audit calls "),
)


def test_values_that_are_no_text_are_converted_and_errors_name_the_usage(run: Run) -> None:
    results = {line: run(*line.split()) for line, _ in INVALID_LINES}
    assert [
        results[line] for line, said in INVALID_LINES if results[line][0] != 1 or said not in results[line][2]
    ] == []


def test_an_unknown_line_is_not_repeated_with_its_secret(run: Run) -> None:
    for line in ("user new eve pass=s3cret-77", "user password eve s3cret-77"):
        code, out, err = run(*line.split())
        assert (code, out) == (1, "") and "s3cret" not in err


def test_the_first_help_page_is_shown_beside_a_damaged_database(run: Run, db: Path) -> None:
    db.write_text("a text\n" * 200)
    code, out, err = run("--help")
    assert (code, err) == (0, "") and "\nParts:\n" in out


def examples(command: Any) -> Iterator[str]:
    yield from command.examples()
    for name in getattr(command, "rows", ()):
        yield from examples(command.commands[name])


def test_every_example_of_the_help_can_be_typed() -> None:
    tree: Any = whole_tree()
    shell, count = {"|", "||", "&&", ">"}, 0
    for example in examples(tree):
        count += 1
        words = shlex.split(example)
        words = words[words.index("warmline") + 1 :]
        words = words[: next((place for place, word in enumerate(words) if word in shell), len(words))]
        command = tree
        while words and words[0] in getattr(command, "rows", ()):
            command = command.commands[words.pop(0)]
        try:
            command.make_context(command.name, words)
        except typer.Exit:
            assert example.endswith("--version")
    assert count > 400
