"""A report's command line that is read without Typer means what it means to Typer; and the help that names groups."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

from cli import fast_parse, main
from cli.audit.audit import app
from cli.groups import GROUPS


@pytest.fixture
def database(demo_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = Path(shutil.copy(demo_database, tmp_path))
    monkeypatch.setenv("WARMLINE_DB", str(path))
    return path


@pytest.mark.parametrize(
    "words",
    [
        ("config",),
        ("config", "--since", "7d", "--entity=ingroup"),
        ("config", "--since=7d", "--csv", "--fields", "who,name"),
        ("config", "--day", "today", "--json", "--who", "nobody"),
        ("calls", "--days"),
        ("ingroups", "--ndjson"),
        ("api", "--by", "6666"),
    ],
)
def test_both_ways_print_the_same(database: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    asked = CliRunner().invoke(app, words)
    report = fast_parse.report(words[0], words[1:])
    assert report is not None
    assert (fast_parse.run(report) or 0) == asked.exit_code == 0
    told = capsys.readouterr().out
    if "--json" in words:  # the moments at which they were asked differ
        assert json.loads(told)["changes"] == json.loads(asked.output)["changes"]
    else:
        assert told.splitlines()[1:] == asked.output.splitlines()[1:]


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("--colour", "red"),
        ("--since",),
        ("--since", "--csv"),
        ("--csv=yes",),
        ("--limit", "3"),
        ("--recorded",),
        ("extra",),
        ("--json-version", "1"),
    ],
)
def test_what_is_not_plain_is_left_to_typer(words: tuple[str, ...]) -> None:
    assert fast_parse.report("calls", words) is None


def test_other_commands_are_left_to_typer() -> None:
    assert fast_parse.report("verify", ()) is None and fast_parse.report("", ()) is None


def test_the_exit_code_of_a_report() -> None:
    def wrong() -> None:
        raise typer.Exit(1)

    assert fast_parse.run(wrong) == 1


def test_the_help_names_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    whole = typer.main.get_command(main.command_line())
    with pytest.raises(SystemExit):
        main.main(["--help"])
    named = capsys.readouterr().out
    for name, (_, meaning) in GROUPS.items():
        assert f"\n  {name} " in named
        assert vars(whole)["commands"][name].help == meaning


def test_the_help_loads_no_group() -> None:
    code = "import sys\nfrom cli.main import main\ntry: main(['--help'])\nexcept SystemExit: print(*sys.modules)"
    loaded = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.split())
    assert "cli.main" in loaded
    assert not {"pydantic", "rich", "sqlite_utils", "cli.entities.campaign", "cli.system.lab"} & loaded
