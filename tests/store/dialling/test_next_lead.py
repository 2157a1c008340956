"""The next lead of an agent, from the database: own callbacks first, then the order of the hopper."""

import shutil
from pathlib import Path

import pytest

from tests.leads.dialled_leads import FLORIDA, NOON, add, prepare
from tests.wording.said import said
from warmline.core.messages.dial_facts_messages import (
    CHECK_LEAD,
    CHOOSE_LEAD,
    CHOOSE_OWN_CALLBACK,
    DialFacts,
    FindDialFacts,
)
from warmline.store.configuration import config
from warmline.store.database.writing import writing
from warmline.store.dialling import next_lead
from warmline.store.dialling.dial_plan import DialPlans
from warmline.store.dialling.next_lead import LeadsInUse
from warmline.store.leads import dnc

NOBODY = LeadsInUse((), ())
HOUR = 3600_000_000


def query(leads: str, at: int = NOON, **fields: object) -> FindDialFacts:
    return FindDialFacts("R1", "1000", "SALES", fields.pop("number", ""), (), at, leads=leads, **fields)  # type: ignore[arg-type]


@pytest.fixture
def database(tmp_path: Path, new_database: Path) -> Path:
    """Return a database of this test alone."""
    return Path(shutil.copy(new_database, tmp_path / "warmline.db"))


def find(db: str, asked: FindDialFacts, used: LeadsInUse = NOBODY) -> DialFacts:
    return next_lead.find(db, DialPlans(), asked, used)


def test_the_hopper_s_first_lead_and_not_one_in_use(database: Path) -> None:
    db = str(database)
    prepare(database)
    first, second = (add(database, f"{FLORIDA}555000{n}") for n in (1, 2))
    found = find(db, query(CHOOSE_LEAD))
    assert found.lead and (found.lead.lead, found.lead.number) == (first, f"1{FLORIDA}5550001")
    found = find(db, query(CHOOSE_LEAD), LeadsInUse((first,), ()))
    assert found.lead and found.lead.lead == second
    found = find(db, query(CHOOSE_LEAD), LeadsInUse((first,), (f"1{FLORIDA}5550002",)))
    assert (found.lead, found.problem) == (None, said("no_next_lead", campaign="SALES"))
    found = find(db, query(CHOOSE_LEAD, NOON + 12 * HOUR))
    assert found.lead is None, "outside the legal hours"


def test_a_lead_is_checked_again(database: Path) -> None:
    db, number = str(database), f"1{FLORIDA}5550001"
    prepare(database)
    lead = add(database, number)
    asked = query(CHECK_LEAD, number=number, lead=lead)
    assert find(db, asked).problem == ""
    late = query(CHECK_LEAD, NOON + 12 * HOUR, number=number, lead=lead)
    assert "closed at" in find(db, late).problem
    dnc.add(database, number, who="test")
    assert "do-not-call" in find(db, asked).problem


def test_a_due_callback_of_the_agent_comes_first(database: Path) -> None:
    db, number = str(database), f"+1{FLORIDA}5550009"
    prepare(database)
    add(database, f"{FLORIDA}5550001")
    callback(database, "C1", number, "1000")
    callback(database, "C2", f"+1{FLORIDA}5550008", "1001")
    assert not (find(db, query(CHOOSE_LEAD)).callback)
    found = find(db, query(CHOOSE_OWN_CALLBACK))
    assert found.lead and found.callback and (found.lead.number, found.callback.id) == (number, "C1")


def callback(db: Path, name: str, number: str, agent: str) -> None:
    """Store a due callback."""
    config.set_options(db, "campaign", "SALES", {"next_dial_my_callbacks": "Y"}, who="test")
    columns = 'id, call, number, ingroup, campaign, agent, at, made, status, comments, "by", state, done_in'
    values = [name, "", number, "", "SALES", agent, NOON - HOUR, NOON - HOUR, "CALLBK", "", "test", "pending", ""]
    with writing(db) as opened:
        opened.execute(f"INSERT INTO callback ({columns}) VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608
