"""Leads that a program puts first: before the others, by priority, within the dialler's rules, until their call."""

from pathlib import Path

import pytest

from tests.leads.dialled_leads import (
    CALIFORNIA,
    FLORIDA,
    NOON,
    add_many,
    at,
    call,
    chosen,
    filled,
    prepare,
    promised,
    refusal,
    writing,
)
from warmline.store.configuration import config
from warmline.store.database.reading import reading
from warmline.store.dialling.dial_plan import DialPlans
from warmline.store.dialling.last_lead_check import LookedAt
from warmline.store.lead_changes import hopper_entries, recorded_changes
from warmline.store.leads import dnc, leads, list_change

LOCKED = 600_000_000  # microseconds


@pytest.fixture
def four(db: Path) -> list[int]:
    """Four leads in Florida, of which none would be dialled: their status is final."""
    prepare(db)
    made = add_many(db, FLORIDA, FLORIDA, FLORIDA, FLORIDA)
    with writing(db) as opened:
        opened.execute("UPDATE lead SET status = 'SALE'")
    return made


def put(db: Path, lead: int, priority: int = 0) -> int:
    return hopper_entries.add(db, lead, priority, "6666")


def test_the_highest_priority_comes_first_and_then_the_oldest(db: Path, four: list[int]) -> None:
    first, second, third, fourth = four
    assert chosen(db) == []
    assert [put(db, second), put(db, third, 50), put(db, fourth, -5), put(db, first)] == [1, 2, 3, 4]
    assert put(db, first, 99) == 0, "it waits already"
    assert chosen(db) == [third, second, first, fourth]
    assert chosen(db, by_hand=True) == [third, second, first, fourth]
    assert {one.source for one in filled(db).leads} == {"api"}
    leads.update(db, fourth, {"status": "NEW"})
    assert chosen(db) == [third, second, first, fourth], "each lead is there once"
    promised(db, NOON - 1, number="+12145550100")
    assert filled(db).leads[0].source == "callback"
    [noted] = recorded_changes.changes(db, 0, 2**62, action="hopper", lead=third)
    assert (noted["who"], noted["what"]) == ("6666", {"priority": 50})


def test_a_call_a_deletion_and_a_removal_each_end_the_wait(db: Path, four: list[int]) -> None:
    called, deleted, removed, kept = four
    for lead in four:
        put(db, lead)
    call(db, called, "13055550100", NOON - LOCKED)
    with writing(db) as opened:
        opened.execute("UPDATE lead SET passes = 1 WHERE lead_id = ?", [called])
    list_change.delete_one(db, deleted, who="ada")
    assert hopper_entries.remove(db, removed, "6666")
    assert not hopper_entries.remove(db, removed, "6666")
    assert chosen(db) == [kept]
    assert put(db, called), "it may be put first again"


def test_the_rules_of_the_dialler_hold(db: Path, four: list[int]) -> None:
    listed, _, later, free = four
    for lead in four:
        put(db, lead)
    dnc.add(db, "13055550100", who="test")
    config.set_options(db, "campaign", "SALES", {"dial_deny": "+13055550101"}, who="test")
    leads.update(db, later, {"phone_number": f"{CALIFORNIA}5550102"})
    morning = at("2026-11-23T09:30")  # 6:30 in Los Angeles
    found = filled(db, morning)
    assert [one.lead for one in found.leads] == [free]
    assert found.listed == {listed: "DNCL"}
    assert set(found.entries) == {1, 2, 3} and found.entries[3] > morning, "they need no look for a while"
    assert chosen(db, NOON) == [later, free]
    assert chosen(db, NOON, entries=[3]) == [free]
    assert chosen(db, NOON, leads=[free]) == [later]
    config.set_options(db, "list", "101", {"active": "N"}, who="test")
    assert chosen(db) == []
    assert waiting_of(db, "SALES") == four


def test_the_last_look_takes_a_lead_that_was_put_first_with_a_final_status(db: Path, four: list[int]) -> None:
    put(db, four[0])
    plans, asked = DialPlans(), LookedAt("SALES", four[0], "13055550100", source="api")
    assert refusal(db, plans, asked, NOON) is None
    assert refusal(db, plans, asked._replace(source="list"), NOON) is not None
    dnc.add(db, "13055550100", who="test")
    assert refusal(db, plans, asked, NOON) is not None


def test_a_lead_that_waits_follows_its_list_to_another_campaign(db: Path, four: list[int]) -> None:
    moved, _, stayed, _ = four
    put(db, moved)
    put(db, stayed)
    config.create(db, "campaign", "NEXT", {"campaign_cid": "3125550199"}, who="test")
    config.create(db, "list", "102", {"country": "US", "campaign": "NEXT"}, who="test")
    leads.update(db, moved, {}, "102")
    assert chosen(db) == [stayed] and waiting_of(db, "NEXT") == [moved]
    config.set_options(db, "list", "102", {"campaign": "SALES"}, who="test")
    assert chosen(db) == [moved, stayed] and waiting_of(db, "NEXT") == []


def waiting_of(db: Path, campaign: str) -> list[int]:
    with reading(db) as opened:
        return [row["lead_id"] for row in hopper_entries.waiting(opened, campaign, ())]
