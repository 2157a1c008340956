"""The last check of a lead before its number is dialled, and its explanation, which asks the same rules."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.leads.dialled_leads import (
    FLORIDA,
    NOON,
    TOLL_FREE,
    add,
    add_many,
    at,
    call,
    chosen,
    filled,
    prepare,
    refusal,
    writing,
)
from tests.wording.said import refused
from warmline.core.messages.dialler_messages import DialLead
from warmline.store.configuration import config
from warmline.store.database.errors import NotFound
from warmline.store.dialling import lead_explanation
from warmline.store.dialling.dial_plan import DialPlans
from warmline.store.dialling.last_lead_check import LookedAt
from warmline.store.leads import dnc, leads, list_change

HOUR = 3600_000_000


def look(db: Path, lead: DialLead, moment: int = NOON, but: str = "") -> str:
    asked = LookedAt("SALES", lead.lead, lead.number, but, lead.passes)
    found = refusal(db, DialPlans(), asked, moment)
    return found.why if found else ""


def test_a_change_since_the_hopper_is_detected(db: Path) -> None:
    prepare(db)
    add_many(db, FLORIDA, FLORIDA, FLORIDA)
    one, other, third = filled(db).leads
    assert [look(db, lead) for lead in (one, other, third)] == ["", "", ""]
    dnc.add(db, "3055550100", who="test")
    assert look(db, one) == "13055550100 is on the system's do-not-call list"
    for hours in (3, 2, 1):
        name = call(db, 0, "13055550101", NOON - hours * HOUR)
    assert "was called 3 times in 24 hours; allowed: 3" in look(db, other)
    assert look(db, other, but=name) == ""  # the call that dials does not count
    assert "Florida: 0800-2000" in look(db, third, at("2026-11-23T20:00"))
    list_change.delete_one(db, third.lead, who="test")
    assert look(db, third) == f"lead {third.lead} was deleted"


def test_a_refusal_names_no_other_lead_of_the_number(db: Path) -> None:
    """It may be in a list of a campaign that the agent does not see. An explanation names it to whom sees it."""
    prepare(db)
    config.create(db, "campaign", "OTHERS", {}, who="test")
    config.create(db, "list", "777", {"campaign": "OTHERS", "country": "US"}, who="test")
    add_many(db, FLORIDA)
    [one] = filled(db).leads
    other = add(db, "3055550100", "777")
    call(db, other, one.number, NOON - HOUR // 2, "NA")
    assert look(db, one) == "another lead of the number was called lately"
    call(db, other, one.number, NOON - HOUR // 3, "SALE")
    config.set_options(db, "campaign", "SALES", {"contacted_days": "30"}, who="test")
    assert look(db, one) == "30 days after a final code (contacted_days)"
    explained = lead_explanation.explain(db, one.lead, NOON)
    assert f"as lead {other} within 30 days" in str(explained)


@pytest.mark.parametrize(
    "kind, name, change, why",
    [
        ("lead", "1", {"status": "SALE"}, "lead 1 has the status SALE now, which is not dialled"),
        ("lead", "1", {"phone_number": "3055550777"}, "lead 1 has another number now"),
        ("lead", "1", {"list_id": "998"}, "list 998 is not of campaign SALES"),
        ("list", "101", {"active": "N"}, "list 101 is not active"),
        ("list", "101", {"expiration_date": "2026-11-22"}, "list 101 expired on 2026-11-22"),
        ("campaign", "SALES", {"dial_statuses": "NI"}, "lead 1 has the status NEW now, which is not dialled"),
        ("campaign", "SALES", {"lead_filter": "rank=1"}, "lead_filter leaves lead 1 out"),
        ("campaign", "SALES", {"active": "N"}, "campaign SALES is not active"),
    ],
)
def test_a_chosen_lead_that_would_not_be_chosen_now_is_refused(
    db: Path, kind: str, name: str, change: dict[str, str], why: str
) -> None:
    prepare(db)
    add_many(db, FLORIDA)
    [one] = filled(db).leads
    mine = call(db, one.lead, one.number, NOON, name="C1")
    asked = LookedAt("SALES", one.lead, one.number, mine, one.passes, source=one.source)
    assert refusal(db, DialPlans(), asked, NOON) is None
    if "list_id" in change:
        with writing(db) as opened:
            opened.execute("UPDATE lead SET list_id = ?", [change["list_id"]])
    elif kind == "lead":
        leads.update(db, one.lead, change)
    else:
        config.set_options(db, kind, name, change, who="test")
    found = refusal(db, DialPlans(), asked, NOON)
    assert found and found.why == why


def test_a_lead_that_was_called_since_it_was_chosen_is_not_called_again(db: Path) -> None:
    """An agent may have dialled it in between, and have sold."""
    prepare(db)
    add_many(db, FLORIDA)
    [one] = filled(db).leads
    mine = call(db, one.lead, one.number, NOON, name="C1")
    assert look(db, one, but=mine) == ""
    again = call(db, one.lead, one.number, NOON, name="C2")
    assert look(db, one, but=again) == f"lead {one.lead} was called since it was chosen"


def test_a_limit_that_was_lowered_since_the_hopper_holds(db: Path) -> None:
    prepare(db)
    add_many(db, FLORIDA)
    [one] = filled(db).leads
    for name in ("C1", "C2", "C3"):
        call(db, one.lead, one.number, NOON - 30 * HOUR, name=name)
    chosen_now = replace(one, passes=2)
    assert look(db, chosen_now, but="C3") == ""
    config.set_options(db, "campaign", "SALES", {"call_count_limit": "2"}, who="test")
    assert look(db, chosen_now, but="C3") == (f"lead {one.lead} was called 2 times; allowed: 2 (call_count_limit)")


def test_a_prefix_that_the_trunk_dials_away_hides_no_listed_number(db: Path) -> None:
    prepare(db, dial_prefix="9")
    [one] = add_many(db, FLORIDA)
    dnc.add(db, "913055550100", who="test")
    assert filled(db).listed == {one: "DNCL"}


def test_a_callback_without_a_lead_is_looked_at_too(db: Path) -> None:
    prepare(db)
    assert look(db, DialLead(0, "", "+13055550100")) == ""
    assert "United States" in look(db, DialLead(0, "", "+13055550100"), at("2026-11-23T22:00"))
    with refused(NotFound, "entity_unknown"):
        refusal(db, DialPlans(), LookedAt("NOWHERE", 0, "8500"), NOON)


def why(db: Path, lead: int, moment: int = NOON, campaign: str = "") -> dict[str, tuple[str, int | None]]:
    found = lead_explanation.explain(db, lead, moment, campaign)
    assert found.dialled_now == (lead in chosen(db, moment)), found
    return {rule.rule: (rule.why, rule.until) for rule in found.main.rules if rule.why}


def test_each_rule_against_a_lead_is_explained_and_when_it_changes(db: Path) -> None:
    prepare(db, recycle="NA:60:1", call_count_limit="9")
    lead = add(db, "3055550100")
    assert why(db, lead) == {}
    assert why(db, lead, at("2026-11-23T20:30"))["hours"][1] == at("2026-11-24T08:00")
    call(db, lead, "13055550100", NOON - HOUR // 2, "NA")
    assert why(db, lead) == {"status": ("status NA is dialled again after a while (recycle)", NOON + HOUR // 2)}
    for hours in (5, 4):
        call(db, 0, "3055550100", NOON - hours * HOUR)
    assert why(db, lead)["calls in 24 hours"] == (
        "13055550100 was called 3 times in 24 hours; allowed: 3 (Florida, Fla. Stat. 501.616(6))",
        NOON + 19 * HOUR,
    )
    leads.update(db, lead, {"status": "NI"})
    assert why(db, lead)["status"][0] == "status NI is not dialled; dial_statuses: NEW"
    leads.update(db, lead, {"status": "NEW"})
    assert why(db, lead)["status"][0].endswith("to dial its list again: warmline list reset 101")
    config.set_options(db, "list", "101", {"active": "N"}, who="test")
    config.set_options(db, "campaign", "SALES", {"active": "N", "dial_deny": "_1305X."}, who="test")
    assert {"campaign", "list", "dial rules"} <= why(db, lead).keys()


def test_a_lead_without_a_zone_or_a_campaign_is_explained(db: Path) -> None:
    prepare(db)
    [toll_free] = add_many(db, TOLL_FREE)
    assert why(db, toll_free)["hours"] == (
        "the lead has no time zone: its number has no place; set time_zones of the lead",
        None,
    )
    other = add(db, "3055550199", "998")
    assert why(db, other)["campaign"][0].startswith("list 998 has no campaign")
    assert why(db, other, campaign="SALES")["list"][0] == "list 998 is not of campaign SALES"


@pytest.mark.parametrize("lead, campaign, code", [(99, "", "lead_unknown"), (1, "NOWHERE", "entity_unknown")])
def test_an_unknown_lead_or_campaign_is_refused(db: Path, lead: int, campaign: str, code: str) -> None:
    prepare(db)
    add_many(db, FLORIDA)
    with pytest.raises(NotFound) as told:
        lead_explanation.explain(db, lead, NOON, campaign)
    assert told.value.code == code


@pytest.mark.parametrize("text", ["called_count<1", "last_call<-1d", "last_call<-1d or called_count=0"])
def test_the_filter_of_the_last_look_sees_the_lead_before_its_call(db: Path, text: str) -> None:
    prepare(db, lead_filter=text, recycle="NA:60:9", call_limit_24hour="0", daily_call_count_limit="0")
    [lead] = add_many(db, FLORIDA)
    if "called_count<1" not in text:
        call(db, lead, "13055550100", NOON - 48 * HOUR, "NA", name="EARLIER")
    [one] = filled(db).leads
    call(db, lead, one.number, NOON, name="C1")
    asked = LookedAt("SALES", lead, one.number, "C1", one.passes, source=one.source)
    assert refusal(db, DialPlans(), asked, NOON) is None
    call(db, lead, one.number, NOON - 1, name="C2")
    assert refusal(db, DialPlans(), asked._replace(call="C1", passes=5), NOON)
