"""Further numbers of leads in the database: found, imported, exported, checked, and gone with their lead."""

import csv
import json
from contextlib import closing
from pathlib import Path

from tests.leads.dialled_leads import FLORIDA, NOON, add_many, call, prepare
from warmline.leads import lead_numbers
from warmline.store.configuration import config
from warmline.store.database.database import connect
from warmline.store.leads import lead_search, leads, list_export, number_reads
from warmline.store.leads.lead_import import LeadImport
from warmline.store.leads.lead_search import LeadSearch
from warmline_contrib.vicidial_api.lookups import list_facts

MORE = "+12125550187:office|3055550188"


def found(db: Path, number: str) -> list[int]:
    return [row["lead_id"] for row in lead_search.search(db, LeadSearch(number=number))]


def tails(db: Path) -> list[tuple[int, str]]:
    with closing(connect(db)) as opened:
        return opened.execute("SELECT * FROM more_number").fetchall()


def test_lead_is_found_by_each_number_until_it_is_changed_or_deleted(db: Path) -> None:
    given = {"phone_code": "1", "phone_number": "3055550100", "more_numbers": MORE}
    one, two = (leads.create(db, "999", given, who="test") for _ in range(2))
    assert found(db, "3055550100") == found(db, "+1 212 555 0187") == found(db, "3055550188") == [two, one]
    assert lead_search.with_number(db, "3055550188") == [], "a caller is matched with the main number alone"
    assert leads.update(db, one, {"more_numbers": '3055550188|3055550188|12: "\\, x;y'}) == ["more_numbers"]
    assert found(db, "2125550187") == [two] and found(db, "13055550188") == [two, one] and found(db, "12") == [one]
    assert leads.update(db, two, {"more_numbers": ""}) == ["more_numbers"]
    assert tails(db) == [(one, "12"), (one, "5550188")]
    with closing(connect(db)) as opened, opened:
        opened.execute("DELETE FROM lead")
    assert tails(db) == []


def test_search_by_a_further_number_reads_an_index(db: Path) -> None:
    asked = {"tail": "5550188", "many": 1, "further": 1, "wanted": "", "after": 0, "own_first": 0}
    with closing(connect(db)) as opened:
        query = number_reads.LEADS_WITH_TAIL.format(seen="TRUE")
        steps = [row[3] for row in opened.execute(f"EXPLAIN QUERY PLAN {query}", asked)]
    assert any("more_number_tail" in step for step in steps)
    assert not any(step.startswith(("SCAN lead", "SCAN more_number")) for step in steps)


def test_file_of_an_export_brings_the_numbers_back(db: Path, tmp_path: Path) -> None:
    config.set_options(db, "list", "999", {"country": "US"}, who="test")
    leads.create(db, "999", {"phone_number": "2125550100", "more_numbers": MORE}, who="test")
    [row] = list_export.page(db, "999")
    assert "more_numbers" in list_export.COLUMNS and row["more_numbers"] == "+12125550187:office|+13055550188"
    file = tmp_path / "leads.csv"
    with file.open("w", newline="") as opened:
        csv.writer(opened).writerows([["phone_number", "more_numbers"], ["2125550101", f"'{row['more_numbers']}"]])
    assert LeadImport(file, str(db), "999", "test").run().imported == 1
    file.write_text(json.dumps({"phone_number": 2125550102, "more_numbers": row["more_numbers"]}))
    assert LeadImport(file, str(db), "999", "test").run().imported == 1
    assert {one["more_numbers"] for one in leads.page(db)} == {row["more_numbers"]}
    assert found(db, "3055550188") == [3, 2, 1]


def test_further_number_is_called_in_the_hours_of_its_own_place(db: Path) -> None:
    given = {"phone_code": "1", "phone_number": "3055550100", "more_numbers": "+493012345678|2065550188"}
    lead = leads.find(db, leads.create(db, "999", given, who="test"))
    assert lead_numbers.called(lead, "493012345678", "").places.jurisdictions == "DE"
    assert lead_numbers.called(lead, "12065550188", "").places.jurisdictions == "US-WA"


def test_last_call_of_a_list_is_the_newest_with_one_of_its_leads(db: Path) -> None:
    prepare(db)
    config.create(db, "list", "102", {"country": "US"}, who="test")
    first, second = add_many(db, FLORIDA, FLORIDA)
    for lead, at, name in ((first, NOON + 2, "C2"), (second, NOON + 1, "C1"), (0, NOON + 3, "C3")):
        call(db, lead, "13055550100", at, "NI", name=name, last_agent="1000")
    assert list_facts.last_calls(db) == {"101": NOON + 2}
