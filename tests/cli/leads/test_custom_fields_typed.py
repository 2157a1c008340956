"""Custom fields of leads on the command line: set, shown, edited, imported and exported by their names."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from tests.cli.command_line import Run

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(autouse=True)
def _named(run: Run, db: Path) -> None:
    assert db and run("list", "set", "101", "custom_fields=favorite_color,Renewal")[0] == 0


def test_lead_is_set_and_shown_with_custom_fields(run: Run) -> None:
    code, said, err = run("lead", "set", "1", "favorite_color=light blue", "Renewal=", "city=Linz")
    assert (code, said, err) == (0, "lead 1: city, favorite_color changed\n", "")
    rows = [line.split(maxsplit=1) for line in run("lead", "show", "1")[1].splitlines()]
    assert ["favorite_color", "light blue"] in rows and not any(row[:1] == ["Renewal"] for row in rows)
    assert json.loads(run("lead", "show", "1", "--json")[1])["custom_fields"] == {"favorite_color": "light blue"}
    code, _, err = run("lead", "set", "1", "renewals=May")
    assert code == 1 and "custom fields of its list: favorite_color, Renewal; did you mean Renewal?" in err
    made = run("lead", "create", "--list", "101", "phone_number=01 5344961", "Renewal=May", "--json")[1]
    assert json.loads(made)["custom_fields"] == {"Renewal": "May"}


def test_custom_fields_are_imported_and_exported_as_columns(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "leads.csv"
    file.write_text("phone_number,Colour,renewal\n01 5344961,'=1+1,\"=cmd|' /C calc'!A0\"\n")
    said = run("lead", "import", str(file), "--list", "101", "--columns", "Colour=favorite_color", "--dry-run")[1]
    assert "columns: Colour → favorite_color" in said and "columns left out" not in said
    assert ["favorite_color", "=1+1"] in [line.split() for line in said.splitlines()]
    assert run("lead", "import", str(file), "--list", "101", "--columns", "Colour=favorite_color")[0] == 0
    old, new = csv.DictReader(StringIO(run("list", "export", "101")[1]))
    assert (old["favorite_color"], old["Renewal"], list(new)[-2:]) == ("", "", ["favorite_color", "Renewal"])
    assert (new["favorite_color"], new["Renewal"]) == ("'=1+1", "'=cmd|' /C calc'!A0")
    row = json.loads(run("list", "export", "101", "--json")[1])["leads"][1]
    assert row["custom_fields"] == {"favorite_color": "=1+1", "Renewal": "=cmd|' /C calc'!A0"}
