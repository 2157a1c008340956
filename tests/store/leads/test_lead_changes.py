"""The record of changes of leads: one row each with its author, also after an interruption, and no text of a person."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.leads.dialled_leads import FLORIDA, add_many, prepare
from warmline.store.database import long_writes
from warmline.store.database.reading import Row, reading, rows
from warmline.store.lead_changes import recorded_changes
from warmline.store.leads import lead_batches, leads, list_change, list_reset
from warmline.store.leads.duplicate_leads import USUAL_RULE
from warmline.store.leads.lead_import import LeadImport
from warmline.store.leads.list_change import LeadsChange, WantedLeads
from warmline.store.privacy import erasure

LINES = 200


def recorded(db: Path) -> list[Row]:
    """Return all changes but those that made the leads of a test."""
    return [row for row in recorded_changes.changes(db, 0, 2**62) if row["who"] != "test"]


def many(db: Path) -> list[tuple[Any, ...]]:
    return [(row["who"], row["action"], row["list_id"], row["leads"], row["open"]) for row in recorded(db)]


@pytest.fixture
def list_db(db: Path) -> Path:
    prepare(db)
    return db


def test_a_change_of_one_lead_has_its_author_and_no_text_of_the_person(list_db: Path) -> None:
    given = {"phone_number": "3055550188", "last_name": "Lovelace", "status": "NEW"}
    lead = leads.put(list_db, "101", given, who="form").lead
    leads.update(list_db, lead, {"status": "SALE", "email": "ada@example.org"}, who="crm")
    leads.update(list_db, lead, {"status": "SALE"}, who="crm")  # nothing changes
    leads.update(list_db, lead, {"status": "NI"})  # a script of a call, which has a record of its own
    list_change.delete_one(list_db, lead, who="ada")
    whole = [(row["who"], row["action"], row["lead_id"], row["leads"], row["what"]) for row in recorded(list_db)]
    assert whole == [
        ("form", "create", lead, 1, {}),
        ("crm", "set", lead, 1, {"status": {"before": "NEW", "after": "SALE"}, "email": "changed"}),
        ("ada", "delete", lead, 1, {"list_id": "101", "status": "NI", "called_count": 0}),
    ]
    assert [row["who"] for row in recorded_changes.changes(list_db, 0, 2**62, who="crm", lead=lead)] == ["crm"]


def test_an_interrupted_import_that_is_repeated_is_one_change(list_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = list_db.with_suffix(".csv")
    file.write_text("phone_number\n" + "".join(f"305555{number:04d}\n" for number in range(LINES)))
    job = LeadImport(file, str(list_db), "101", "ada")

    def killed(_read: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(long_writes, "MOST", 20)
    with pytest.raises(KeyboardInterrupt):
        job.run(killed)
    [(*_, before, is_open)] = many(list_db)
    assert 0 < before < LINES and is_open, "the row is written with the leads"
    assert job.run().imported == LINES - before
    assert many(list_db) == [("ada", "import", "101", LINES, False)]
    job.run()
    assert many(list_db)[1:] == [("ada", "import", "101", 0, False)], "a whole import is over"


def test_a_batch_that_is_sent_again_counts_once(list_db: Path) -> None:
    sent = [{"phone_number": f"305555{number:04d}"} for number in range(30)]
    for _ in range(2):  # the answer to the first one was lost
        lead_batches.insert(str(list_db), "101", sent, USUAL_RULE, 0, "crm", 0, "ab" * 32)
    lead_batches.insert(str(list_db), "101", [], USUAL_RULE, 0, "crm", file="ab" * 32, is_last=True)
    assert many(list_db) == [("crm", "import", "101", 30, False)]


def test_all_steps_of_a_change_are_one_change(list_db: Path) -> None:
    add_many(list_db, FLORIDA, FLORIDA, FLORIDA, FLORIDA)
    wanted, change = WantedLeads("phone_number=305*"), LeadsChange(status="NI", owner="anna")
    first = list_change.step(list_db, "101", wanted, change, most=2, who="ada")
    assert many(list_db) == [("ada", "set", "101", 2, True)]
    after: int | None = 0  # the program was killed, and begins from the front
    while after is not None:
        after = list_change.step(list_db, "101", wanted, change, after, most=2, who="ada").after
    assert first.after and many(list_db) == [("ada", "set", "101", 4, False)]
    assert recorded(list_db)[0]["what"] == {"status": "NI", "owner": "changed", "where": ["phone_number"]}
    list_change.step(list_db, "101", WantedLeads(numbers=("3055550100",)), LeadsChange(delete=True), who="ada")
    assert recorded(list_db)[-1]["what"] == {"numbers": 1}
    assert "305" not in json.dumps(recorded(list_db))


def test_a_reset_of_a_list_is_one_change(list_db: Path) -> None:
    add_many(list_db, FLORIDA, FLORIDA, FLORIDA)
    with long_writes.patient(list_db) as opened:
        opened.execute("UPDATE lead SET passes = 1")
    after = list_reset.reset_part_by(list_db, "101", 0, 2, ["NEW"], "ada").after
    list_reset.reset_part_by(list_db, "101", after, 2, ["NEW"], "ada")
    assert many(list_db) == [("ada", "reset", "101", 3, False)]
    assert recorded(list_db)[0]["what"] == {"statuses": ["NEW"]}


def test_an_erased_person_is_in_no_record_of_changes(list_db: Path) -> None:
    given = {"phone_number": "3055550188", "last_name": "Lovelace", "alt_phone": "3055550177"}
    lead = leads.put(list_db, "101", given, who="form").lead
    leads.update(list_db, lead, {"last_name": "Byron", "phone_number": "3055550189"}, who="crm")
    where = 'last_name=Byron and phone_number="3055550189"'
    list_change.step(list_db, "101", WantedLeads(where), LeadsChange(status="NI"), who="ada")
    erasure.erase(list_db, list_db.parent, "3055550189", who="ada")
    with reading(list_db) as opened:
        kept = json.dumps([rows(opened, "SELECT * FROM lead_change"), rows(opened, "SELECT * FROM config_journal")])
    assert len(recorded(list_db)) == 3
    for text in ("305555", "Lovelace", "Byron"):
        assert text not in kept
