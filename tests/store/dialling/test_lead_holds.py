"""Leads that are passed over get a mark, which ends with its reason."""

from pathlib import Path

import pytest

from tests.leads.dialled_leads import (
    CALIFORNIA,
    FLORIDA,
    NOON,
    add,
    add_many,
    automatic_call,
    call,
    chosen,
    filled,
    prepare,
    promised,
    writing,
)
from warmline.store.configuration import config
from warmline.store.database.reading import reading
from warmline.store.dialling import dial_plan, dnc_and_attempt_rules, hopper_counts, lead_holds, lead_marks
from warmline.store.leads import dnc, leads, list_change, list_reset

HOUR = 3600_000_000
NO_LIMITS = {"call_limit_24hour": "0", "daily_call_count_limit": "0"}


def marked(db: Path, moment: int = NOON, **used: object) -> list[int]:
    """Fill a hopper, write its marks, and return the chosen leads."""
    found = filled(db, moment, **used)
    lead_marks.write(db, found.marks.values())
    return [one.lead for one in found.leads]


def hold(db: Path, lead: int) -> tuple[str, int | None]:
    found = leads.find(db, lead)
    return found["held_by"], found["held_until"]


def counts(db: Path, moment: int = NOON) -> dict[str, int]:
    with reading(db) as opened:
        found = hopper_counts.count(opened, dial_plan.load(opened, "SALES"), moment)
    return {one.why: one.leads for one in found}


def called_often(db: Path, number: str, times: int = 3) -> None:
    for hours in range(1, times + 1):
        call(db, 0, number, NOON - hours * HOUR)


def test_a_listed_lead_gets_its_status_and_is_not_met_again(db: Path) -> None:
    prepare(db)
    one, other, third = add_many(db, FLORIDA, FLORIDA, FLORIDA)
    dnc.add(db, "3055550100", who="test")
    dnc.add(db, "3055550101", "SALES", who="test")
    assert counts(db) == {"": 1, lead_holds.LISTED: 2}
    assert marked(db) == [third]
    assert [leads.find(db, lead)["status"] for lead in (one, other, third)] == ["DNCL", "DNCC", "NEW"]
    assert filled(db).marks == {}
    assert counts(db) == {
        "": 1,
        "status DNCL is not in dial_statuses": 1,
        "status DNCC is not in dial_statuses": 1,
    }


def test_a_listed_lead_is_held_if_its_status_is_dialled(db: Path) -> None:
    prepare(db, dial_statuses="NEW,DNCL")
    [lead] = add_many(db, FLORIDA)
    dnc.add(db, "3055550100", who="test")
    assert (marked(db), hold(db, lead)) == ([], (lead_holds.LISTED, NOON + HOUR // 4))
    assert filled(db).marks == {} and filled(db, NOON + HOUR // 4).marks != {}
    dnc.delete(db, "3055550100", who="test")
    assert chosen(db) == [lead]


@pytest.mark.parametrize(
    ("prefix", "code", "number"),
    [("", "1", "911"), ("", "", "911"), ("", "0", "0112"), ("9", "", "11"), ("9", "", "9911"), ("", "1", "3" * 32)],
)
def test_an_old_lead_with_a_number_that_is_never_dialled_counts_so(
    db: Path, prefix: str, code: str, number: str
) -> None:
    prepare(db, dial_prefix=prefix)
    lead, fine = add_many(db, FLORIDA, FLORIDA)
    with writing(db) as opened:  # from before the import looked at such numbers
        opened.execute("UPDATE lead SET phone_code = ?, phone_number = ? WHERE lead_id = ?", (code, number, lead))
    assert counts(db) == {"": 1, lead_holds.DIAL_RULES: 1}
    assert marked(db) == [fine]
    assert counts(db) == {"": 1, lead_holds.DIAL_RULES: 1}


def test_a_limited_lead_waits_for_the_end_of_its_limit(db: Path) -> None:
    prepare(db, call_limit_24hour="2")
    one, other = add_many(db, FLORIDA, FLORIDA)
    called_often(db, "3055550100", 2)
    limit, until = "2 calls in 24 hours (call_limit_24hour)", NOON + 22 * HOUR
    assert counts(db) == {"": 1, limit: 1}
    assert (marked(db), hold(db, one)) == ([other], (limit, until))
    assert counts(db) == {"": 1, limit: 1}
    assert filled(db, until - 1).marks == {} and chosen(db, until) == [one, other]


@pytest.mark.parametrize(
    "options, more",
    [({"call_limit_24hour": "4"}, True), ({"call_limit_24hour": "2"}, False), ({"drop_lockout_time": "9"}, False)],
)
def test_a_higher_limit_ends_the_hold_at_once(db: Path, options: dict[str, str], *, more: bool) -> None:
    prepare(db, call_limit_24hour="3", daily_call_count_limit="0")
    [lead] = add_many(db, CALIFORNIA)
    called_often(db, "2135550100")
    assert marked(db) == []
    config.set_options(db, "campaign", "SALES", options, who="test")
    assert chosen(db) == ([lead] if more else [])


def test_the_limit_of_a_law_does_not_end_with_an_option(db: Path) -> None:
    prepare(db, **NO_LIMITS)
    [lead] = add_many(db, FLORIDA)
    called_often(db, "3055550100")
    assert marked(db) == [] and "Florida" in hold(db, lead)[0]
    config.set_options(db, "campaign", "SALES", {"call_limit_24hour": "9"}, who="test")
    assert filled(db).marks == {} and chosen(db) == []


def test_a_mark_is_not_written_over_a_change_of_its_lead(db: Path) -> None:
    prepare(db)
    [lead] = add_many(db, FLORIDA)
    dnc.add(db, "3055550100", who="test")
    found = filled(db)
    leads.update(db, lead, {"status": "SALE"})
    assert lead_marks.write(db, found.marks.values()) == 0
    assert leads.find(db, lead)["status"] == "SALE"


def test_a_lead_held_for_automatic_calls_can_be_dialled_by_hand(db: Path) -> None:
    prepare(db, **NO_LIMITS)
    [lead] = add_many(db, FLORIDA)
    automatic_call(db, 0, "13055550100", NOON - HOUR, "DROP", dropped=NOON - HOUR)
    assert marked(db) == [] and hold(db, lead)[0] == "72 hours after a drop (drop_lockout_time)"
    assert chosen(db) == [] and chosen(db, by_hand=True) == [lead]
    assert chosen(db, NOON + 71 * HOUR) == [lead]


def test_leads_with_one_number_are_dialled_one_at_a_time(db: Path) -> None:
    prepare(db)
    one, other = add_many(db, FLORIDA, FLORIDA)
    again = add(db, "3055550100", vendor_lead_code="again")
    assert marked(db) == [one, other] and hold(db, again)[0] == lead_holds.SAME_NUMBER
    assert marked(db, numbers={"13055550100"}, leads={one}) == [other]
    assert chosen(db, NOON + 6_000_000, leads={one, other}) == [again]


@pytest.mark.parametrize(
    "flag, days, number, dialled",
    [
        ("completed", 6, "+13055550100", False),
        ("sale", 6, "3055550100", False),
        ("not_interested", 6, "3055550100", False),
        ("dnc", 6, "3055550100", False),
        ("sale", 8, "3055550100", True),
        ("scheduled_callback", 1, "3055550100", True),
        ("sale", 1, "3055550199", True),
    ],
)
def test_a_person_with_a_final_code_is_not_called_as_another_lead(
    db: Path, flag: str, days: int, number: str, *, dialled: bool
) -> None:
    prepare(db, **NO_LIMITS, dial_statuses="NEW,FINAL")
    config.create(db, "disposition", "FINAL", {flag: "Y"}, who="test")
    config.create(db, "campaign", "OTHER", {"campaign_cid": "3055550000"}, who="test")
    config.create(db, "list", "200", {"campaign": "OTHER", "country": "US"}, who="test")
    sold = add(db, number, "200")
    lead = add(db, "3055550100")
    moment = NOON - days * 24 * HOUR
    call(db, sold, number, moment, "FINAL")
    assert counts(db) == ({"": 1} if dialled else {"7 days after a final code (contacted_days)": 1})
    assert marked(db) == ([lead] if dialled else [])
    if not dialled:
        assert hold(db, lead)[1] == moment + 7 * 24 * HOUR
        config.set_options(db, "campaign", "SALES", {"contacted_days": "0"}, who="test")
        assert chosen(db) == [lead]


@pytest.mark.parametrize(
    "status, minutes, dialled",
    [("NA", 89, False), ("NA", 90, True), ("B", 59, False), ("B", 60, True), ("DROP", 119, False), ("DROP", 120, True)],
)
def test_a_number_waits_after_a_call_as_another_lead(db: Path, status: str, minutes: int, *, dialled: bool) -> None:
    prepare(db, **NO_LIMITS, recycle="NA:90:3,DROP:120:1")
    config.create(db, "campaign", "OTHER", {"campaign_cid": "3055550000"}, who="test")
    config.create(db, "list", "102", {"campaign": "OTHER", "country": "US"}, who="test")
    lead, other = add(db, "3055550100"), add(db, "13055550100", "102")
    call(db, other, "13055550100", NOON - minutes * 60_000_000, status)
    why = counts(db)
    assert why.get(dnc_and_attempt_rules.LATELY, 0) == (not dialled), why
    assert (lead in marked(db)) == dialled
    if not dialled:
        assert hold(db, lead)[0] == dnc_and_attempt_rules.LATELY
        config.set_options(db, "campaign", "SALES", {"contacted_days": "0"}, who="test")
        assert lead in chosen(db)
        config.set_options(db, "campaign", "SALES", {"contacted_days": "7"}, who="test")
        assert lead not in chosen(db)
    assert lead in chosen(db, NOON + 120 * 60_000_000)


def test_a_lead_with_a_final_code_of_its_own_follows_its_status(db: Path) -> None:
    prepare(db, **NO_LIMITS, dial_statuses="NEW,NI")
    lead = add(db, "3055550100")
    call(db, lead, "3055550100", NOON - 30 * HOUR, "NI")
    list_reset.reset(db, "101")
    assert chosen(db) == [lead]


def test_a_correction_of_the_code_counts(db: Path) -> None:
    prepare(db, **NO_LIMITS)
    lead = add(db, "3055550100")
    name = call(db, 0, "3055550100", NOON - HOUR, "SALE", direction="in")
    assert chosen(db) == []
    with writing(db) as opened:
        opened.execute(
            'INSERT INTO disposition_entry (id, call, agent, status, at, "by") VALUES (?, ?, ?, ?, ?, ?)',
            ["D", name, "1000", "NA", NOON, "1000"],
        )
    assert chosen(db) == [lead]


@pytest.mark.parametrize("way", ["list inactive", "list expired", "sold"])
def test_a_callback_of_a_closed_list_or_a_sold_lead_is_not_dialled(db: Path, way: str) -> None:
    prepare(db, dial_statuses="NEW")
    config.create(db, "list", "102", {"campaign": "SALES", "country": "US"}, who="test")
    lead = add(db, "3055550100", "102")
    promised(db, NOON - HOUR, lead)
    assert [one.source for one in filled(db).leads] == ["callback"]
    if way == "sold":
        leads.update(db, lead, {"status": "SALE"})
    else:
        options = {"active": "N"} if way == "list inactive" else {"expiration_date": "2026-11-22"}
        config.set_options(db, "list", "102", options, who="test")
    assert filled(db).leads == []


def test_callbacks_that_cannot_be_dialled_hide_no_other(db: Path) -> None:
    prepare(db)
    with writing(db) as opened:
        opened.execute("INSERT INTO dnc VALUES ('3055550100', '', 0, '', '')")
    for place in range(12):
        promised(db, NOON - 2 * HOUR + place, 0, name=f"B{place}")
    promised(db, NOON - HOUR, 0, "+12135550123", name="LAST")
    aside: dict[str, int] = {}
    for _ in range(5):
        found = filled(db, callbacks=aside, most=8)
        aside |= found.callbacks
        if found.leads:
            break
    assert [one.due_callback.id for one in found.leads if one.due_callback] == ["LAST"]


def test_a_live_call_to_the_number_holds_for_a_minute(db: Path) -> None:
    prepare(db, recycle="NA:5:3", contacted_days="30")
    one, other = add(db, "3055550100", vendor_lead_code="A"), add(db, "3055550100", vendor_lead_code="B")
    name = call(db, one, "3055550100", NOON - 1, ended=None, state="ringing")
    assert marked(db) == [] and hold(db, other) == (dnc_and_attempt_rules.LATELY, NOON + HOUR // 60)
    with writing(db) as opened:
        opened.execute("UPDATE call SET status = 'NA', state = 'ended', ended = arrived WHERE id = ?", [name])
    list_change.delete_one(db, one, who="test")
    assert marked(db, NOON + HOUR // 30) == [] and chosen(db, NOON + HOUR // 12) == [other]
