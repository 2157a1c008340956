"""`warmline list export`: CSV that a spreadsheet cannot compute, in a file that only its owner can read."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.cli.leads.test_lead_list import db
from tests.leads.dialled_leads import call, writing
from warmline.store.leads.list_export import COLUMNS

pytestmark = pytest.mark.usefixtures("db")
__all__ = ["db"]


def test_the_leads_are_printed_as_csv(run: Run, db: Path) -> None:
    with writing(db) as opened:
        opened.execute(
            "UPDATE lead SET last_name = '=HYPERLINK(1)', comments = 'a' || char(10) || '\"b\"' WHERE lead_id = 2"
        )
        opened.execute("UPDATE lead SET last_name = ?, address1 = ? WHERE lead_id = 3", ["\uff1d1+1", "a; \uff0b1"])
        opened.execute("UPDATE lead SET comments = 'a;=1;\"@b\";c;d' || char(10) || ' -2; e=f' WHERE lead_id = 3")
    talk = {"last_agent": "1000", "connected": 2_000_000, "ended": 62_000_000}
    call(db, 2, "4315344961", 1_000_000, "SALE", name="C2", **talk)
    code, said, err = run("list", "export", "101")
    assert (code, err) == (0, "")
    rows = list(csv.DictReader(StringIO(said)))
    assert list(rows[0]) == list(COLUMNS) and [row["lead_id"] for row in rows] == ["1", "2", "3"]
    assert (rows[1]["status"], rows[1]["agent"], rows[1]["talk_time"]) == ("SALE", "1000", "60")
    assert rows[1]["last_call"].startswith("1970-01-01T00:00:01") and rows[2]["last_call"] == ""
    assert rows[1]["last_name"] == "'=HYPERLINK(1)" and rows[1]["comments"] == 'a\n"b"'
    assert rows[2]["comments"] == "a;'=1;'\"@b\";c;d\n' -2; e=f", "a spreadsheet may split at ;"
    assert (rows[2]["last_name"], rows[2]["address1"]) == ("'\uff1d1+1", "a;' \uff0b1"), "some read signs of full width"
    said = run("list", "export", "101", "--where", "city=Graz")[1]
    assert [row["lead_id"] for row in csv.DictReader(StringIO(said))] == ["3"]
    found = json.loads(run("list", "export", "101", "--json")[1])
    assert found["list"] == "101" and [row["lead_id"] for row in found["leads"]] == [1, 2, 3]


def test_the_file_is_new_and_private(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "leads.csv"
    assert run("list", "export", "101", "--to", str(file))[:2] == (0, f"list 101: 3 leads written to {file}\n")
    assert file.stat().st_mode & 0o777 == 0o600 and len(file.read_text().splitlines()) == 4
    file.write_text("mine")
    code, said, err = run("list", "export", "101", "--to", str(file))
    assert code != 0 and said == "" and "File exists" in err and file.read_text() == "mine"
    (tmp_path / "link.csv").symlink_to(tmp_path / "target.csv")
    assert run("list", "export", "101", "--to", str(tmp_path / "link.csv"))[0] != 0
    assert not (tmp_path / "target.csv").exists()
    told = json.loads(run("list", "export", "101", "--to", str(tmp_path / "b.csv"), "--json")[1])
    assert told == {"list": "101", "leads": 3, "file": str(tmp_path / "b.csv")}


def test_a_refused_export_leaves_no_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "leads.csv"
    for words, code in ((("101", "--where", "town=Graz"), 1), (("103",), 3)):
        found = run("list", "export", *words, "--to", str(file))
        assert found[0] != 0 and found[1] == "" and (code == 1 or found[0] == code)
    assert not file.exists()
    assert run("list", "export", "101", "--to", str(tmp_path / "none" / "a.csv"))[0] != 0
