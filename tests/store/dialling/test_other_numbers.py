"""The other numbers of a lead after its main number (auto_alt_dial), and the wait after a drop."""

from pathlib import Path

import pytest

from tests.leads.dialled_leads import NOON, add, at, automatic_call, call, chosen, filled, prepare, refusal
from warmline.store.configuration import config
from warmline.store.database.reading import reading
from warmline.store.dialling import dial_plan, hopper_counts, lead_explanation
from warmline.store.dialling.dial_plan import DialPlans
from warmline.store.dialling.last_lead_check import LookedAt
from warmline.store.leads import dnc, leads, list_reset

HOUR = 3600_000_000
MAIN, ALT, THIRD = "13055550100", "12135550101", "13055550102"
FIELDS = {"alt_phone": "213-555-0101", "address3": "(305) 555 0102"}


def next_of(db: Path, moment: int) -> list[tuple[str, str]]:
    """Return the next numbers with their sources."""
    return [(one.number, one.source) for one in filled(db, moment).leads]


def one_lead(db: Path, mode: str, **options: str) -> int:
    """Make a lead with three numbers, whose statuses are not recycled."""
    prepare(db, **{"auto_alt_dial": mode, "recycle": ""} | options)
    return add(db, "3055550100", **FIELDS)


@pytest.mark.parametrize(
    "mode, numbers",
    [
        ("NONE", []),
        ("ALT_ONLY", [(ALT, "alt_phone")]),
        ("ADDR3_ONLY", [(THIRD, "address3")]),
        ("ALT_AND_ADDR3", [(ALT, "alt_phone"), (THIRD, "address3")]),
    ],
)
def test_the_other_numbers_are_dialled_after_the_main_one(db: Path, mode: str, numbers: list[tuple[str, str]]) -> None:
    lead, moment = one_lead(db, mode), NOON
    assert next_of(db, moment) == [(MAIN, "list")]
    automatic_call(db, lead, MAIN, moment, "NA")
    for number, source in numbers:
        moment += HOUR // 4
        assert next_of(db, moment) == [(number, source)]
        automatic_call(db, lead, number, moment, "NA", source)
    assert next_of(db, moment + HOUR // 4) == []
    assert leads.find(db, lead)["next_number"] == ""


def test_only_a_status_of_the_option_and_an_automatic_call_lead_to_the_other_number(db: Path) -> None:
    lead = one_lead(db, "ALT_ONLY", auto_alt_dial_statuses="AB")
    automatic_call(db, lead, MAIN, NOON, "NA")
    assert next_of(db, NOON + HOUR) == []
    leads.update(db, lead, {"status": "AB"})
    assert next_of(db, NOON + HOUR) == [(ALT, "alt_phone")]
    leads.update(db, lead, {"status": "SALE"})
    assert next_of(db, NOON + HOUR) == []
    call(db, lead, MAIN, NOON + HOUR, "AB")  # by hand
    assert next_of(db, NOON + 2 * HOUR) == []


def test_the_other_number_has_the_hours_and_lists_of_its_own(db: Path) -> None:
    lead, early = one_lead(db, "ALT_AND_ADDR3"), at("2026-11-23T10:30")
    automatic_call(db, lead, MAIN, early - 1, "NA")
    assert next_of(db, early) == [], "7:30 in California"
    asked = LookedAt("SALES", lead, ALT)
    refused = refusal(db, DialPlans(), asked, early)
    assert refused and "07:30 America/Los_Angeles" in refused.why
    assert refusal(db, DialPlans(), asked, NOON) is None
    [found] = filled(db).leads
    assert (found.zones, found.open_until) == ("America/Los_Angeles", at("2026-11-24T00:00"))
    dnc.add(db, ALT, who="test")
    assert filled(db).listed == {lead: "DNCL"} and chosen(db) == []


def test_attempts_limit_the_other_number_too(db: Path) -> None:
    lead = one_lead(db, "ALT_ONLY", daily_call_count_limit="0")
    automatic_call(db, lead, MAIN, NOON, "NA")
    for hours in (5, 4, 3):
        call(db, 0, ALT, NOON - hours * HOUR)
    assert chosen(db, NOON + HOUR) == []
    config.set_options(db, "campaign", "SALES", {"call_limit_24hour": "9"}, who="test")
    assert chosen(db, NOON + HOUR) == [lead]
    config.set_options(db, "campaign", "SALES", {"call_count_limit": "1"}, who="test")
    assert chosen(db, NOON + HOUR) == []


def test_a_text_that_is_no_number_is_passed_over(db: Path) -> None:
    prepare(db, auto_alt_dial="ALT_AND_ADDR3", recycle="", dial_statuses="NEW,NA")
    lead = add(db, "3055550100", alt_phone="ask Ada", address3="213-555-0101")
    automatic_call(db, lead, MAIN, NOON, "NA")
    assert next_of(db, NOON + HOUR) == [(ALT, "address3")]
    leads.update(db, lead, {"address3": "the house"})
    assert next_of(db, NOON + HOUR) == []


def test_a_reset_list_begins_with_the_main_number(db: Path) -> None:
    lead = one_lead(db, "ALT_ONLY", dial_statuses="NEW,NA")
    automatic_call(db, lead, MAIN, NOON, "NA")
    list_reset.reset(db, "101")
    assert next_of(db, NOON + HOUR) == [(MAIN, "list")]


def test_a_lead_that_the_last_look_refused_for_now_was_not_called(db: Path) -> None:
    prepare(db, daily_call_count_limit="1")
    lead = add(db, "3055550100")
    automatic_call(db, lead, MAIN, NOON - HOUR, "", ended_by="refused")
    assert leads.find(db, lead)["called_count"] == leads.find(db, lead)["passes"] == 0
    assert chosen(db) == [lead]
    automatic_call(db, lead, MAIN, NOON - HOUR // 2, "NA")
    automatic_call(db, lead, MAIN, NOON, "", ended_by="refused")
    assert leads.find(db, lead)["next_try"] == NOON + HOUR


def test_a_next_lead_of_an_agent_counts_for_recycling_and_leads_to_no_other_number(db: Path) -> None:
    lead = one_lead(db, "ALT_ONLY", recycle="NA:60:1", daily_call_count_limit="2")
    automatic_call(db, lead, MAIN, NOON - HOUR, "NA", origin="agent")
    assert next_of(db, NOON - HOUR // 2) == []
    found = leads.find(db, lead)
    assert (found["passes"], found["next_try"], found["next_number"]) == (1, NOON, "")
    automatic_call(db, lead, MAIN, NOON, "NA", origin="callback")
    assert leads.find(db, lead)["next_try"] is None, "recycle allows one"
    refused = refusal(db, DialPlans(), LookedAt("SALES", lead, MAIN), NOON + HOUR)
    assert refused and "called 2 times today" in refused.why


def counted(db: Path, moment: int) -> list[tuple[str, str, int, int | None]]:
    """Return the counts of the list by source and reason."""
    with reading(db) as opened:
        found = hopper_counts.count(opened, dial_plan.load(opened, "SALES"), moment)
    return sorted((one.source, one.why, one.leads, one.until) for one in found)


def test_each_number_is_explained_and_the_next_one_is_counted(db: Path) -> None:
    lead = one_lead(db, "ALT_AND_ADDR3")

    def told(moment: int) -> tuple[str, dict[str, list[str]]]:
        found = lead_explanation.explain(db, lead, moment)
        assert [found.next_number] == ([number for number, _ in next_of(db, moment)] or [""])
        numbers = (found.main, *found.others)
        return found.next_number, {one.source: [rule.why for rule in one.rules if rule.why] for one in numbers}

    follows = "{} follows an automatic call that ends with a status of auto_alt_dial_statuses"
    main = {"list": [], **{field: [follows.format(field)] for field in FIELDS}}
    assert told(NOON) == (MAIN, main) and counted(db, NOON) == [("list", "", 1, None)]
    automatic_call(db, lead, MAIN, NOON, "NA")
    number, why = told(NOON + HOUR)
    assert number == ALT and why["alt_phone"] == [] and why["address3"] == ["alt_phone is dialled before address3"]
    assert why["list"] == ["status NA is not dialled; dial_statuses: NEW"]
    assert counted(db, NOON + HOUR) == [("alt_phone", "", 1, None)]
    automatic_call(db, lead, ALT, NOON + HOUR, "NA", "alt_phone")
    number, why = told(NOON + 2 * HOUR)
    assert number == THIRD and why["alt_phone"] == ["alt_phone was dialled before address3"]
    late = at("2026-11-23T21:30")  # after the hours in Florida
    number, why = told(late)
    assert number == "" and why["address3"]
    morning = at("2026-11-24T08:00")
    assert counted(db, late) == [("address3", "outside its hours", 1, morning)]
    config.set_options(db, "campaign", "SALES", {"auto_alt_dial": "ALT_ONLY"}, who="test")
    number, why = told(NOON + 2 * HOUR)
    assert number == "" and why["address3"] == ["auto_alt_dial of campaign SALES does not dial address3"]
    assert counted(db, NOON + 2 * HOUR) == [("list", "status NA is not in dial_statuses", 1, None)]


def test_a_dropped_number_is_not_dialled_automatically_for_three_days(db: Path) -> None:
    prepare(db, dial_statuses="NEW,DROP", daily_call_count_limit="0")
    lead = add(db, "3055550100")
    automatic_call(db, 0, "3055550100", NOON, "DROP", dropped=NOON + 2)
    later = NOON + 24 * HOUR
    assert chosen(db, later) == [] and chosen(db, later, by_hand=True) == [lead]
    answers = {rule.rule: rule for rule in lead_explanation.explain(db, lead, later).main.rules}
    assert answers["wait after a drop"].until == NOON + 2 + 72 * HOUR
    assert "was dropped less than 72 hours ago (drop_lockout_time)" in answers["wait after a drop"].why
    refused = refusal(db, DialPlans(), LookedAt("SALES", lead, MAIN), later)
    assert refused and refused.why == answers["wait after a drop"].why
    assert refusal(db, DialPlans(), LookedAt("SALES", lead, MAIN, by_hand=True), later) is None
    assert chosen(db, NOON + 72 * HOUR + 1) == [] and chosen(db, NOON + 72 * HOUR + 2) == [lead]
    config.set_options(db, "campaign", "SALES", {"drop_lockout_time": "0"}, who="test")
    assert chosen(db, later) == [lead]
