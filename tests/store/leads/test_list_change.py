"""Many leads are changed, moved or deleted by a filter: those meant, once, and none that is talked to."""

import time
from pathlib import Path
from typing import Any

import pytest

from tests.leads.dialled_leads import FLORIDA, NOON, add, add_many, call, prepare, promised, writing
from tests.store.dialling.test_list_counts import FILL, MANY
from tests.wording.said import refused
from warmline.options.values.entity import OptionError
from warmline.store.configuration import config
from warmline.store.database import long_writes
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import reading, rows
from warmline.store.leads import list_change
from warmline.store.leads.list_change import ChangedLeads, LeadsChange, WantedLeads

FEWER = 6000  # leads that are changed in four steps


def all_leads(db: Path) -> list[dict[str, object]]:
    with reading(db) as opened:
        return rows(opened, "SELECT * FROM lead ORDER BY lead_id")


def values(db: Path, *names: str) -> list[tuple[object, ...]]:
    """Return columns of all leads, by id."""
    return [tuple(lead[name] for name in names) for lead in all_leads(db)]


def live(db: Path, lead: int) -> None:
    """Begin a call with a lead."""
    call(db, lead, "13055550199", NOON, ended=None, state="ringing")


@pytest.fixture
def list_db(db: Path) -> Path:
    """Three leads of list 101, of which the second is in Texas; and the empty list 102."""
    prepare(db)
    config.create(db, "list", "102", {"country": "US"}, who="test")
    config.create(db, "list", "103", {"country": "AT"}, who="test")
    add_many(db, FLORIDA, "214", FLORIDA)
    with writing(db) as opened:
        opened.execute("UPDATE lead SET city = 'Dallas' WHERE lead_id = 2")
    return db


def test_the_matching_leads_are_changed_once(list_db: Path) -> None:
    change = LeadsChange(status="NI", owner="anna")
    before = all_leads(list_db)
    assert list_change.step(list_db, "101", WantedLeads("city=dallas"), change, dry_run=True) == (1, 1, 0, 0, None, 0)
    assert all_leads(list_db) == before
    assert list_change.step(list_db, "101", WantedLeads("city=dallas"), change) == (1, 1, 0, 0, None, 0)
    assert values(list_db, "status", "owner") == [("NEW", ""), ("NI", "anna"), ("NEW", "")]
    after = all_leads(list_db)
    assert list_change.step(list_db, "101", WantedLeads("city=dallas"), change) == (1, 0, 0, 0, None, 0)
    assert all_leads(list_db) == after, "the time of the change stays"


def test_a_dry_run_does_not_count_leads_that_have_the_values_already(list_db: Path) -> None:
    with writing(list_db) as opened:
        opened.execute("UPDATE lead SET status = 'NI', owner = iif(lead_id = 1, 'anna', '') WHERE lead_id < 3")
    for change, changed in ((LeadsChange(status="NI"), 1), (LeadsChange(status="NI", owner="anna"), 2)):
        for wanted in (WantedLeads(""), WantedLeads(numbers=("3055550100", "2145550101"))):
            tried = list_change.step(list_db, "101", wanted, change, dry_run=True)
            assert tried == list_change.step(list_db, "101", wanted, change), (change, wanted)
            assert tried.changed == (changed if wanted.numbers is None else 0)
    assert values(list_db, "status", "owner") == [("NI", "anna")] * 3


def test_a_lead_in_a_call_is_left_out(list_db: Path) -> None:
    live(list_db, 1)
    with writing(list_db) as opened:
        opened.execute("UPDATE lead SET status = 'NEW'")
    for change in (LeadsChange(status="NI"), LeadsChange(to_list="102"), LeadsChange(delete=True)):
        assert list_change.step(list_db, "101", WantedLeads("phone_number=305*"), change, dry_run=True) == (
            2,
            1,
            1,
            0,
            None,
            0,
        )
    assert list_change.step(list_db, "101", WantedLeads(""), LeadsChange(delete=True)) == (3, 2, 1, 0, None, 0)
    assert values(list_db, "lead_id", "status") == [(1, "NEW")]


@pytest.mark.parametrize("hangs_on", ["call", "lead"])
def test_a_lead_with_a_callback_is_changed_but_not_deleted(list_db: Path, hangs_on: str) -> None:
    promised(list_db, NOON, lead=3)
    if hangs_on == "lead":
        with writing(list_db) as opened:
            opened.execute("UPDATE callback SET lead = 3, call = ''")
    assert list_change.step(list_db, "101", WantedLeads(""), LeadsChange(delete=True), dry_run=True) == (
        3,
        2,
        0,
        1,
        None,
        0,
    )
    assert list_change.step(list_db, "101", WantedLeads(""), LeadsChange(status="NI")) == (3, 3, 0, 0, None, 0)
    assert list_change.step(list_db, "101", WantedLeads(""), LeadsChange(delete=True)) == (3, 2, 0, 1, None, 0)
    with writing(list_db) as opened:
        opened.execute("UPDATE callback SET state = 'cancelled'")
    assert list_change.step(list_db, "101", WantedLeads(""), LeadsChange(delete=True)) == (1, 1, 0, 0, None, 0)


def test_a_call_that_begins_after_the_choice_protects_its_lead(list_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    batches = long_writes.batches

    def later(*given: Any) -> Any:
        live(list_db, 1)
        promised(list_db, NOON, lead=2)
        return batches(*given)

    monkeypatch.setattr(long_writes, "batches", later)
    assert list_change.step(list_db, "101", WantedLeads(""), LeadsChange(delete=True)).changed == 1
    assert values(list_db, "lead_id") == [(1,), (2,)]


def test_moved_leads_are_dialled_by_their_new_campaign(list_db: Path) -> None:
    config.create(list_db, "campaign", "NEXT", {"recycle": "NA:10:3"}, who="test")
    config.set_options(list_db, "list", "102", {"campaign": "NEXT"}, who="test")
    call(list_db, 1, "13055550100", NOON, "NA")
    assert list_change.step(list_db, "101", WantedLeads("status=NA"), LeadsChange(to_list="102"))[:2] == (1, 1)
    assert values(list_db, "list_id", "next_try")[0] == ("102", NOON + 600_000_000)


REFUSED: dict[str, tuple[str, LeadsChange, str]] = {
    "no change": ("", LeadsChange(), "leads_change_unclear"),
    "two changes": ("", LeadsChange(status="NI", delete=True), "leads_change_unclear"),
    "an empty status": ("", LeadsChange(status=" "), "lead_status_empty"),
    "signs in a status": ("", LeadsChange(status="a|b"), "lead_status_invalid"),
    "a letter that is not ASCII": ("", LeadsChange(status="é"), "lead_status_invalid"),
    "a plus as a status": ("", LeadsChange(status="+"), "lead_status_invalid"),
    "a long status": ("", LeadsChange(status="X" * 90), "lead_text_too_long"),
    "its own list": ("", LeadsChange(to_list="101"), "leads_other_list"),
    "another country": ("", LeadsChange(to_list="103"), "leads_other_list"),
    "no filter": ("city=Dallas, rank=0", LeadsChange(status="NI"), "leads_where_invalid"),
    "a long filter": ("rank=" + "0|" * 498 + "0", LeadsChange(status="NI"), "leads_where_long"),
    "SQL": ("1=1; DROP TABLE lead", LeadsChange(delete=True), "leads_where_invalid"),
}


@pytest.mark.parametrize("given", REFUSED.values(), ids=REFUSED)
def test_a_refused_change_changes_nothing(list_db: Path, given: tuple[str, LeadsChange, str]) -> None:
    before = all_leads(list_db)
    where, change, code = given
    for dry_run in (True, False):
        with refused(OptionError, code):
            list_change.step(list_db, "101", WantedLeads(where), change, dry_run=dry_run)
    assert all_leads(list_db) == before


def test_many_leads_are_changed_in_steps_that_can_be_interrupted(db: Path) -> None:
    prepare(db)
    with writing(db) as opened:
        opened.execute(FILL, {"many": FEWER})
    add(db, f"{FLORIDA}5550100", city="Dallas")
    whole = LeadsChange(status="SALE")
    one = list_change.step(db, "101", WantedLeads("status=NEW"), whole)
    assert one[:4] == (2000, 2000, 0, 0) and one.after is not None
    steps = [one]  # the change was killed here, and begins again
    after: int | None = 0
    while after is not None:
        steps.append(list_change.step(db, "101", WantedLeads("status=NEW"), whole, after))
        after = steps[-1].after
    assert isinstance(steps[-1], ChangedLeads)
    assert sum(step.changed for step in steps) == FEWER * 7 // 10 + 1
    assert {status for (status,) in values(db, "status")} == {"SALE", "NA"}


def scrubbed(db: Path, wanted: WantedLeads) -> list[int]:
    """Return the leads of list 101 that are marked, after a dry run that says as many."""
    tried = list_change.step(db, "101", wanted, LeadsChange(status="DUP"), dry_run=True)
    assert {status for (status,) in values(db, "status")} == {"NEW"}
    assert list_change.step(db, "101", wanted, LeadsChange(status="DUP")) == tried
    return [int(str(lead["lead_id"])) for lead in all_leads(db) if lead["status"] == "DUP"]


def test_a_number_without_its_area_code_deletes_no_lead_of_an_area(list_db: Path) -> None:
    """The list has no country, so 5550101 is a number of any area."""
    config.create(list_db, "list", "104", {}, who="test")
    config.create(list_db, "list", "105", {}, who="test")
    for number in ("3055550101", "2125550101", "5550101", "13055550101", "2125550199"):
        add(list_db, number, list_id="104")
    for number in ("5550101", "+1 212 555 0199"):
        add(list_db, number, list_id="105")
    delete = LeadsChange(delete=True)
    for wanted, matching, deleted in (
        (WantedLeads(numbers=("5550101",)), 3, 1),
        (WantedLeads(numbers=("305 555 0101",)), 3, 2),
        (WantedLeads(against="105"), 4, 2),
    ):
        tried = list_change.step(list_db, "104", wanted, delete, dry_run=True)
        assert tried == (matching, deleted, 0, 0, None, matching - deleted), wanted
        marked = list_change.step(list_db, "104", wanted, LeadsChange(status="NI"), dry_run=True)
        assert marked == (matching, matching, 0, 0, None, 0), "a status takes nothing away"
    assert list_change.step(list_db, "104", WantedLeads(numbers=("5550101",)), delete).changed == 1
    assert [number for (number,) in values(list_db, "phone_number")][3:6] == ["3055550101", "2125550101", "13055550101"]


def test_a_list_is_compared_with_numbers(list_db: Path) -> None:
    numbers = ("0013055550100", "3055550100", "5550101", "9145550102", "", "3055550102")
    assert scrubbed(list_db, WantedLeads(numbers=numbers)) == [1, 3]


def test_a_step_with_many_numbers_of_many_leads_is_short(db: Path) -> None:
    """Each of 400 numbers is that of 100 leads; a step looks at a part of them, and the order of ids is whole."""
    prepare(db)
    with writing(db) as opened:
        opened.execute(FILL, {"many": 2 * MANY})
        opened.execute("UPDATE lead SET phone_number = 3055550000 + lead_id % 400")
    wanted = WantedLeads(numbers=tuple(str(3055550000 + n) for n in range(400)))
    began = time.process_time()
    step = list_change.step(db, "101", wanted, LeadsChange(status="DUP"), 20_000, dry_run=True, most=400)
    assert step == (400, 400, 0, 0, 20_400, 0)
    assert time.process_time() - began < 0.6


def test_a_list_is_not_compared_with_itself(list_db: Path) -> None:
    with refused(OptionError, "leads_against_themselves"):
        list_change.step(list_db, "101", WantedLeads(against="101"), LeadsChange(delete=True))
    with pytest.raises(NotFound):
        list_change.step(list_db, "101", WantedLeads(against="888"), LeadsChange(delete=True))
    assert len(all_leads(list_db)) == 3
