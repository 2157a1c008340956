"""The command tree: a command line loads the command that it names, and nothing to convert words that are texts."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.lazy_group import LazyGroup
from cli.main import main, tree
from cli.output.exit_codes import ExitCode
from cli.tree.former_commands import FORMER, GONE
from cli.tree.root_rows import ROOT
from cli.tree.tree_row import ANYWHERE, LOCAL, Row, TreeCommand, TreeGroup, load, rows_of
from tests.cli.command_line import Run
from warmline.access.rights import SCOPES
from warmline.options.option_table import ENTITIES

SLOW = {"pydantic", "rich.console", "sqlite_utils"}


def rows(of: tuple[Row, ...] = ROOT, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], TreeCommand]]:
    for row in of:
        if isinstance(row, TreeGroup):
            yield from rows(tuple(rows_of(row)), (*path, row.name))
        else:
            yield (*path, row.name), row


def loaded(*words: str) -> set[str]:
    """The modules that are loaded when the command line ends."""
    code = f"import sys\nfrom cli.main import main\ntry: main({list(words)})\nfinally: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    return set(done.stdout.split())


def commands_of(modules: set[str]) -> set[str]:
    """Those of them that are modules of commands."""
    targets = {row.target.partition(":")[0] for _, row in rows()}
    return targets & modules


def test_every_row_names_a_function() -> None:
    for path, row in rows():
        assert callable(load(row.target)), path


def test_every_command_has_its_access() -> None:
    given = {path: row.access for path, row in rows()}
    given |= {(row.name,): row.access for row in ROOT if isinstance(row, TreeGroup) and row.target}
    assert {path for path, access in given.items() if access not in (LOCAL, ANYWHERE, *SCOPES)} == set()


def test_a_group_has_the_meaning_of_its_options() -> None:
    """The help must not load the options, so it has their sentence again."""
    groups = {row.name: row.help.partition("\n\n")[2] for row in ROOT if isinstance(row, TreeGroup)}
    meanings = {kind: f"{entity.meaning[0].upper()}{entity.meaning[1:]}." for kind, entity in ENTITIES.items()}
    assert meanings.keys() <= groups.keys()
    said = {kind: groups[kind].partition(". ")[0].rstrip(".") for kind in meanings}
    assert [kind for kind, meaning in meanings.items() if not meaning.startswith(said[kind])] == []


def test_no_name_is_in_a_group_twice() -> None:
    paths = [path for path, _ in rows()]
    assert len(paths) == len(set(paths)) > 200


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


def test_a_command_that_is_gone_says_what_there_is_instead(capsys: pytest.CaptureFixture[str]) -> None:
    for words, instead in GONE.items():
        for line in ((*words, "--since", "7d"), ("help", *words), ("help", *words, "new")):
            with pytest.raises(SystemExit) as ended:
                main(line)
            assert ended.value.code == ExitCode.FAILED
            assert capsys.readouterr() == ("", f"warmline: `warmline {' '.join(words)}` is gone; {instead}\n")


def test_a_command_loads_itself_and_no_conversion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARMLINE_DB", "/nonexistent/warmline.db")
    for line, module in (
        ("agent park 1000", "cli.agent.agent_call"),
        ("report day --ingroup SALESLINE --json", "cli.report.report_command"),
    ):
        modules = loaded(*line.split())
        assert commands_of(modules) == {module} and "pydantic" not in modules


INVALID_LINES = (
    ("agent dial 1000 --lead x", "Invalid value for '--lead': write a whole number"),
    ("agent dial 1000 --lead -1", "write a number from 0"),
    ("agent swap 1000 nobody", "'nobody' is not one of 'customer', 'third'"),
    ("audit calls --limit 0", "write a number from 1"),
    ("campaign list --json-version one", "write a whole number"),
    ("lead set 0 rank=1", "write a number from 1"),
    ("audit calls --csv=yes", "does not take a value"),
    ("audit calls extra", "Got unexpected extra argument"),
    ("campaign delete A B", "Usage: warmline campaign delete [OPTIONS] NAME"),
    ("audit call", "Missing argument 'CALL'"),
    (
        "campaign show",
        "Missing argument 'NAME'. Usage: warmline campaign show [OPTIONS] NAME; for example: ",
    ),
    ("audit cals", "command 'warmline audit cals' does not exist; nearest:\n  warmline audit calls "),
)


def test_values_that_are_no_text_are_converted_and_errors_name_the_usage(run: Run) -> None:
    results = {line: run(*line.split()) for line, _ in INVALID_LINES}
    assert [
        results[line] for line, said in INVALID_LINES if results[line][0] != 1 or said not in results[line][2]
    ] == []


def test_the_whole_tree_can_be_loaded() -> None:
    whole = tree().load_all()
    audit = whole.commands["audit"]
    assert isinstance(audit, LazyGroup)
    assert {"since", "as_json", "json_version"} <= {one.name for one in audit.commands["calls"].params}


def test_a_help_page_lists_its_commands_and_loads_none(capsys: pytest.CaptureFixture[str]) -> None:
    for words in ((), ("agent",), ("audit",), ("campaign",), ("config",), ("doctor",)):
        with pytest.raises(SystemExit):
            main([*words, "--help"])
        said = capsys.readouterr().out
        names = [path[len(words)] for path, _ in rows() if path[: len(words)] == words]
        assert [name for name in names if f"\n  {name} " not in said] == [], words
    for words in ((), ("agent",), ("doctor",)):
        modules = loaded(*words, "--help")
        assert "cli.main" in modules and not modules & SLOW, words
        assert commands_of(modules) <= {"cli.doctor.doctor"}, words  # its group can be run itself
