"""Leads from NDJSON: an object on each line, with the rules, the reports and the rejected lines of a CSV import."""

import json
from pathlib import Path

import pytest

from tests.copied_database import new_database
from warmline.leads import ndjson_reader
from warmline.store.leads import leads
from warmline.store.leads.lead_import import LeadImport, LeadImportReport

GOOD = {"phone_number": 7275551212, "Vorname": "Zoë", "rank": -3, "comments": None, "shoe": "41"}


@pytest.fixture
def db(tmp_path: Path) -> str:
    new_database(tmp_path / "warmline.db")
    return str(tmp_path / "warmline.db")


def imported(db: str, file: Path, **options: object) -> LeadImportReport:
    return LeadImport(file, db, "999", "test", **options).run()  # type: ignore[arg-type]


def write(db: str, *lines: object) -> Path:
    file = Path(db).with_name("leads.ndjson")
    file.write_text("".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in lines))
    return file


def test_objects_become_leads_by_the_names_of_their_fields(db: str) -> None:
    file = write(db, GOOD, "", {"last_name": "Byron", "Phone": "(727) 555-1213"})
    report = imported(db, file)
    assert (report.records, report.imported, report.rejected) == (2, 2, 0)
    one, two = leads.page(db)
    assert (one["phone_number"], one["first_name"], one["rank"], one["comments"]) == ("7275551212", "Zoë", -3, "")
    assert (two["phone_number"], two["last_name"]) == ("7275551213", "Byron")
    assert report.unknown == ("shoe",) and ("Vorname", "first_name") in report.columns
    again = imported(db, file)
    assert (again.imported, again.in_database) == (0, 2), "a repeated import goes on"


def test_lines_that_are_no_leads_are_rejected_in_the_form_of_the_file(db: str) -> None:
    wrong = (
        "{broken",
        "[1]",
        '{"phone_number": "7275551214", "city": {"a": 1}}',
        '{"phone_number": "7275551214", "city": true}',
        '{"phone_number": "7275551214", "city": "\\ud800"}',
        '{"phone_number": "7275551214", "city": "a\\u0000"}',
        '{"first_name": "Ada"}',
        '{"phone_number": "none", "why": "line 1: old"}',
        '{"phone_number": NaN}',
        '{"phone_number": ' + "9" * 5000 + "}",
        "[" * 50_000,
        '{"comments": "' + "x" * 100_000 + '"}',
    )
    report = imported(db, write(db, GOOD, *wrong, {"phone_number": "7275551215"}))
    assert (report.imported, report.rejected) == (2, len(wrong))
    file = Path(report.rejects)
    assert file.name == "leads.ndjson.rejected.ndjson" and file.stat().st_mode & 0o777 == 0o600
    told = [json.loads(line) for line in file.read_text().splitlines()]
    assert [one["why"].partition(":")[0] for one in told] == [f"line {n}" for n in range(2, len(wrong) + 2)]
    assert told[0]["line"] == "{broken" and told[2]["city"] == {"a": 1}
    assert (told[7]["phone_number"], told[7]["why"].startswith("line 9: ")) == ("none", True)
    again = imported(db, file)
    assert again.imported == 0 and again.rejected == len(wrong)


@pytest.mark.parametrize(
    ("text", "is_json"),
    [(" \n{}", True), ("\ufeff{}", True), ("number\n{}", False), ("", False), ("[]", False), ("{x", False)],
)
def test_a_file_is_ndjson_if_its_first_line_is_an_object(tmp_path: Path, text: str, is_json: bool) -> None:
    (tmp_path / "file").write_text(text)
    assert ndjson_reader.is_ndjson(tmp_path / "file") is is_json
