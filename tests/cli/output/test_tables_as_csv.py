"""`--csv` of the commands that print a table: the rows of their JSON, with the names of its fields."""

import csv
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from cli.lazy_group import LazyGroup, PlainCommand
from cli.main import tree
from tests.cli.command_line import Run
from tests.copied_database import new_database
from tests.wording.said import says

# The last words of commands that print a table, besides those of the groups audit and report.
LISTS = ("list", "find", "members", "history", "callbacks", "counts", "hopper", "status", "describe", "log")


def commands(group: LazyGroup, path: tuple[str, ...] = ()) -> Iterator[tuple[str, PlainCommand]]:
    """Yield every command with its words."""
    for name, one in group.load_all().commands.items():
        if isinstance(one, LazyGroup):
            yield from commands(one, (*path, name))
        else:
            assert isinstance(one, PlainCommand)
            yield " ".join((*path, name)), one


def test_every_command_that_lists_has_csv() -> None:
    found = {words: {name for one in command.params for name in one.opts} for words, command in commands(tree())}
    lists = [words for words in found if words.split()[-1] in LISTS or words.split()[0] in ("audit", "report")]
    assert len(lists) > 60
    assert [words for words in lists if "--csv" not in found[words]] == ["audit replay"]


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """A list of two leads."""
    new_database(tmp_path / "warmline.db")
    monkeypatch.setenv("WARMLINE_DB", str(tmp_path / "warmline.db"))
    run("list", "create", "101", "country=US")
    for name in ("Ada, =1+1", "Bob"):
        run("lead", "create", "--list", "101", f"phone_number=212555018{len(name)}", f"first_name={name}")
    return run


def rows(run: Run, *words: str) -> list[dict[str, str]]:
    code, out, err = run(*words, "--csv")
    assert (code, err) == (0, "")
    return list(csv.DictReader(StringIO(out)))


def test_csv_has_the_rows_of_the_json(filled: Run) -> None:
    found = rows(filled, "lead", "list", "--list", "101")
    told = json.loads(filled("lead", "list", "--list", "101", "--json")[1])
    assert [row["first_name"] for row in found] == ["Ada, =1+1", "Bob"] and list(found[0]) == list(told[0])
    assert [row["called_count"] for row in rows(filled, "lead", "list", "--fields", "lead_id,called_count")] == [
        "0"
    ] * 2
    assert rows(filled, "list", "counts", "101") == [{"status": "NEW", "called_count": "0", "leads": "2"}]
    assert {row["name"] for row in rows(filled, "list", "list")} == {"101", "998", "999"}
    assert filled("dnc", "list", "--csv") == (0, "", "")


def test_a_text_that_a_spreadsheet_would_compute_is_protected(filled: Run) -> None:
    filled("lead", "set", "2", "first_name==1+1")
    assert [row["first_name"] for row in rows(filled, "lead", "find", "2125550183")] == ["'=1+1"]


def test_csv_and_json_exclude_each_other(filled: Run) -> None:
    code, out, err = filled("lead", "list", "--csv", "--json")
    assert (code, out) == (1, "") and says(err, "report_forms_several", options="--json and --csv")
    code, _, err = filled("lead", "list", "--csv", "--fields", "nonsense")
    assert code == 1 and says(err, "json_field_unknown", field="nonsense")
