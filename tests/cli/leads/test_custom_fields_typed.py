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
