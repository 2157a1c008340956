"""The leads that are dialled next: their order, and each rule against a lead."""

from pathlib import Path

import pytest

from tests.leads.dialled_leads import (
    CALIFORNIA,
    EAST,
    FLORIDA,
    NOON,
    SHOWN,
    TEXAS,
    TOLL_FREE,
    add,
    add_many,
    at,
    call,
    chosen,
    filled,
    prepare,
    promised,
    writing,
)
from warmline.core.messages.dialler_messages import DialLead
from warmline.store.configuration import config
from warmline.store.database.reading import reading
from warmline.store.dialling import dial_plan, hopper_counts
from warmline.store.leads import dnc, leads, list_reset

HOUR, MINUTE = 3600_000_000, 60_000_000


def test_a_lead_has_all_facts_that_the_core_needs(db: Path) -> None:
    prepare(db)
    lead = add(db, "3055550100")
    assert filled(db).leads == [
        DialLead(lead, "101", "13055550100", SHOWN, zones=EAST, open_until=at("2026-11-23T20:00"), source="list")
    ]


@pytest.mark.parametrize(
    "order, places",
    [("DOWN", [0, 1, 2, 3]), ("UP", [3, 2, 1, 0]), ("UP RANK", [1, 2, 3, 0]), ("DOWN RANK", [0, 2, 3, 1])],
)
def test_the_order_goes_over_lists_and_places(db: Path, order: str, places: list[int]) -> None:
    prepare(db, lead_order=order)
    config.create(db, "list", "102", {"campaign": "SALES", "country": "US"}, who="test")
    made = [
        add(db, f"{area}5550{100 + place}", name, rank=rank)
        for place, (area, name, rank) in enumerate(
            [(FLORIDA, "101", "-5"), (TEXAS, "102", "9"), (CALIFORNIA, "101", "1"), (FLORIDA, "102", "1")]
        )
    ]
    expected = [made[place] for place in places]
    assert chosen(db) == expected
    assert chosen(db, wanted=2) == expected[:2]


def test_only_leads_in_their_hours_are_chosen(db: Path) -> None:
    prepare(db)
    florida, _, california = add_many(db, FLORIDA, TOLL_FREE, CALIFORNIA)
    assert chosen(db, at("2026-11-23T10:59")) == [florida]
    assert chosen(db, at("2026-11-23T11:00")) == [florida, california]
    assert chosen(db, at("2026-11-23T20:00")) == [california]
    assert chosen(db, at("2026-11-24T00:00")) == []


def test_hours_of_campaign_and_list_narrow_those_of_the_law(db: Path) -> None:
    config.create(db, "call-time", "LATE", {"ct_default_start": "1300", "ct_default_stop": "2200"}, who="test")
    config.create(db, "call-time", "EARLY", {"ct_default_start": "700", "ct_default_stop": "1500"}, who="test")
    prepare(db, local_call_time="LATE")
    [lead] = add_many(db, FLORIDA)
    assert [chosen(db, at(f"2026-11-23T{time}")) for time in ("12:59", "13:00", "19:59", "20:00")] == [
        [],
        [lead],
        [lead],
        [],
    ]
    config.set_options(db, "list", "101", {"local_call_time": "EARLY"}, who="test")
    assert [chosen(db, at(f"2026-11-23T{time}")) for time in ("14:59", "15:00")] == [[lead], []]


def test_lists_of_others_and_lists_that_rest_are_left_out(db: Path) -> None:
    prepare(db)
    [lead] = add_many(db, FLORIDA)
    add(db, "3055550199", "998")
    config.set_options(db, "list", "101", {"expiration_date": "2026-11-23"}, who="test")
    assert chosen(db) == [lead] and chosen(db, at("2026-11-24T12:00")) == []
    config.set_options(db, "list", "101", {"expiration_date": "", "active": "N"}, who="test")
    assert chosen(db) == []


def test_a_status_that_is_not_dialled_is_left_out(db: Path) -> None:
    prepare(db, dial_statuses="NEW,NI")
    made = [add(db, f"305555010{place}", status=status) for place, status in enumerate(("NEW", "SALE", "NI"))]
    assert chosen(db) == [made[0], made[2]]


def test_a_called_lead_waits_for_its_next_try_and_then_comes_first(db: Path) -> None:
    prepare(db, recycle="NA:60:2", call_limit_24hour="0", daily_call_count_limit="0")
    one, other = add_many(db, FLORIDA, FLORIDA)
    call(db, one, "13055550100", NOON, "NA")
    assert leads.find(db, one)["passes"] == 1 and leads.find(db, one)["next_try"] == NOON + HOUR
    assert chosen(db) == [other]
    assert chosen(db, NOON + HOUR - 1) == [other] and chosen(db, NOON + HOUR) == [one, other]
    call(db, one, "13055550100", NOON + HOUR, "NA")
    assert chosen(db, NOON + 2 * HOUR) == [one, other]
    call(db, one, "13055550100", NOON + 2 * HOUR, "NA")  # two tries again, and no more
    assert chosen(db, NOON + 4 * HOUR) == [other]
    assert list_reset.reset(db, "101") == 1
    assert leads.find(db, one)["passes"] == 0


def test_a_lead_is_not_dialled_while_its_call_has_no_status(db: Path) -> None:
    prepare(db, dial_statuses="NEW,NA")
    [lead] = add_many(db, FLORIDA)
    name = call(db, lead, "13055550100", NOON - 3 * HOUR, "NA")
    assert leads.find(db, lead)["next_try"] == NOON - 2 * HOUR and chosen(db) == [lead]
    call(db, lead, "13055550100", NOON - HOUR, "")
    assert leads.find(db, lead)["next_try"] is None and chosen(db) == []
    with writing(db) as opened:  # a correction of the disposition
        opened.execute(
            'INSERT INTO disposition_entry (id, call, agent, status, at, "by")'
            " VALUES ('D', ?, '1000', 'AB', ?, '1000')",
            [name, NOON],
        )
    assert leads.find(db, lead)["next_try"] == NOON - HOUR + 10 * MINUTE


def test_a_lead_is_not_called_more_often_than_allowed(db: Path) -> None:
    prepare(db, dial_statuses="NEW,NA", call_count_limit="2", call_limit_24hour="0", daily_call_count_limit="0")
    [lead] = add_many(db, FLORIDA)
    for hours in (50, 40):
        assert chosen(db) == [lead]
        call(db, lead, "13055550100", NOON - hours * HOUR, "NA")
    assert chosen(db) == []


def test_a_number_is_called_three_times_in_24_hours_by_all_campaigns(db: Path) -> None:
    prepare(db, call_limit_24hour="3", daily_call_count_limit="0")
    [lead] = add_many(db, CALIFORNIA)
    for hours in (24, 23, 5):
        call(db, 0, "2135550100", NOON - hours * HOUR)
    assert chosen(db) == [lead] and chosen(db, NOON - 1) == []
    call(db, 0, "+12135550100", NOON - HOUR)
    assert chosen(db) == []


def test_the_limit_of_a_state_holds_without_one_of_the_campaign(db: Path) -> None:
    prepare(db, call_limit_24hour="0", daily_call_count_limit="0")
    _, california = add_many(db, FLORIDA, CALIFORNIA)
    for hours in (3, 2, 1):
        call(db, 0, "3055550100", NOON - hours * HOUR)
        call(db, 0, "2135550101", NOON - hours * HOUR)
    assert chosen(db) == [california]


@pytest.mark.parametrize("country", ["FR", "DE"])
def test_a_number_in_france_is_called_four_times_in_30_days(db: Path, country: str) -> None:
    prepare(db, call_limit_24hour="0", daily_call_count_limit="0", contacted_days="0")
    config.create(db, "list", "133", {"campaign": "SALES", "country": country}, who="test")
    lead = add(db, "+33140000100", "133")
    for days in (30, 21, 14, 7):
        call(db, 0, "33140000100", NOON - days * 24 * HOUR)
    assert chosen(db) == [lead] and chosen(db, NOON - 1) == []
    call(db, 0, "+33140000100", NOON - 26 * HOUR)
    found = filled(db)
    assert [*found.held.values()] == [NOON + 9 * 24 * HOUR] and not found.leads
    with reading(db) as opened:
        [one] = hopper_counts.count(opened, dial_plan.load(opened, "SALES"), NOON)
    assert one.why == "4 calls in 30 days (France, Code de la consommation, D223-9 (decree 2022-1313))"
    assert (one.leads, one.until) == (1, NOON + 9 * 24 * HOUR)


def test_a_lead_is_called_so_often_in_a_day_of_its_zone(db: Path) -> None:
    prepare(db, dial_statuses="NEW,NA", recycle="NA:1:9", call_limit_24hour="0", daily_call_count_limit="2")
    [lead] = add_many(db, CALIFORNIA)
    late = at("2026-11-22T20:59", "America/Los_Angeles")
    for moment in (late, late + 1, NOON):
        call(db, lead, "12135550100", moment, "NA")
    assert chosen(db, NOON + HOUR) == [lead]
    call(db, lead, "12135550100", NOON + HOUR, "NA")
    assert chosen(db, NOON + 2 * HOUR) == []


@pytest.mark.parametrize("number", ["3055550100", "13055550100", "0113055550100"])
def test_a_listed_number_is_told_and_not_chosen(db: Path, number: str) -> None:
    prepare(db)
    one, other, third = add_many(db, FLORIDA, FLORIDA, FLORIDA)
    dnc.add(db, number, who="test")
    dnc.add(db, "3055550101", "SALES", who="test")
    found = filled(db)
    assert [lead.lead for lead in found.leads] == [third]
    assert found.listed == {one: "DNCL", other: "DNCC"}


def _callback(lead: DialLead) -> str:
    return lead.due_callback.id if lead.due_callback else ""


def test_due_callbacks_of_any_agent_come_first(db: Path) -> None:
    prepare(db)
    one, other = add_many(db, FLORIDA, FLORIDA)
    promised(db, NOON - HOUR, other, "+13055550101", name="LATER")
    promised(db, NOON - 2 * HOUR, 0, "+12135550111", name="FIRST")
    promised(db, NOON + HOUR, 0, "+12135550112", name="FUTURE")
    promised(db, NOON - HOUR, 0, "+12135550113", "1000", "MINE")
    found = [(_callback(lead), lead.lead, lead.number, lead.source) for lead in filled(db).leads]
    assert found == [
        ("FIRST", 0, "+12135550111", "callback"),
        ("LATER", other, "13055550101", "callback"),
        ("", one, "13055550100", "list"),
    ]
    config.set_options(db, "campaign", "SALES", {"callback_useronly_move_minutes": "30"}, who="test")
    assert "MINE" in [_callback(lead) for lead in filled(db).leads]
    assert [_callback(lead) for lead in filled(db, at("2026-11-23T10:59")).leads] == ["", ""]  # 7:59 in Los Angeles


def test_leads_are_counted_by_their_obstacle(db: Path) -> None:
    prepare(db, call_count_limit="5")
    made = add_many(db, FLORIDA, FLORIDA, CALIFORNIA, TOLL_FREE, FLORIDA, FLORIDA)
    leads.update(db, made[1], {"status": "SALE"})
    call(db, made[4], "13055550104", NOON, "NA")
    call(db, made[5], "13055550105", NOON, "NEW")
    with reading(db) as opened:
        found = hopper_counts.count(opened, dial_plan.load(opened, "SALES"), at("2026-11-23T10:00"))
    assert {(one.why, one.leads, one.until) for one in found} == {
        ("", 1, None),
        ("status SALE is not in dial_statuses", 1, None),
        ("outside its hours", 1, at("2026-11-23T11:00")),
        ("no time zone", 1, None),
        ("the next try is not due", 1, NOON + HOUR),
        ("called since the last reset of the list", 1, None),
    }
