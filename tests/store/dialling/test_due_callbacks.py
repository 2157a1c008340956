"""Callbacks that the dialler makes: which are due, and what happens after a call without an answer."""

from pathlib import Path

from tests.leads.dialled_leads import (
    EAST,
    FLORIDA,
    NOON,
    PROMISED,
    SHOWN,
    add_many,
    at,
    call,
    filled,
    prepare,
    promised,
    refusal,
    writing,
)
from warmline.store.configuration import config
from warmline.store.database.reading import reading
from warmline.store.dialling import dial_plan
from warmline.store.dialling.dial_plan import DialPlans
from warmline.store.dialling.hopper import HopperUse, fill
from warmline.store.dialling.last_lead_check import LookedAt, LookRefusal
from warmline.store.dialling.lead_holds import ALWAYS
from warmline.store.leads import callbacks, list_change
from warmline.store.leads.list_change import LeadsChange, WantedLeads
from warmline.store.privacy import subject_access

HOUR, MINUTE = 3600_000_000, 60_000_000


def due(db: Path, moment: int) -> list[str]:
    """Return the callbacks that the dialler makes at a moment."""
    return [lead.due_callback.id for lead in filled(db, moment).leads if lead.due_callback]


def test_a_callback_without_an_answer_is_made_again_as_recycle_says(db: Path) -> None:
    prepare(db, recycle="NA:30:2", call_limit_24hour="0", daily_call_count_limit="0")
    [lead] = add_many(db, FLORIDA)
    promised(db, NOON, lead)
    assert due(db, NOON - 1) == [] and due(db, NOON) == ["B"]
    call(db, lead, "13055550100", NOON, "NA")
    assert due(db, NOON + 30 * MINUTE - 1) == [] and due(db, NOON + 30 * MINUTE) == ["B"]
    call(db, lead, "13055550100", NOON + 30 * MINUTE, "NA")
    assert due(db, NOON + HOUR) == ["B"]
    call(db, lead, "13055550100", NOON + HOUR, "NA")
    assert due(db, NOON + 2 * HOUR) == [], "an agent may still make it"


def test_a_callback_after_another_status_is_left_to_agents(db: Path) -> None:
    prepare(db, recycle="NA:30:2")
    promised(db, NOON)
    call(db, 0, PROMISED, NOON, "ADC")
    assert due(db, NOON + HOUR) == []


def test_a_call_before_its_time_and_one_that_was_refused_are_no_tries(db: Path) -> None:
    prepare(db)
    promised(db, NOON)
    call(db, 0, PROMISED, NOON - 1, "NI")
    call(db, 0, PROMISED, NOON + 1, "", ended_by="refused")
    assert due(db, NOON + HOUR) == ["B"]


def test_the_callback_of_one_agent_waits_for_that_agent(db: Path) -> None:
    prepare(db)
    promised(db, NOON, agent="1000")
    assert due(db, NOON + HOUR) == []
    mine = filled(db, NOON + HOUR, by_hand=True, agent="1000").leads
    assert [lead.due_callback.agent for lead in mine if lead.due_callback] == ["1000"]


def test_a_callback_to_another_number_than_its_leads_has_the_hours_of_that_number(db: Path) -> None:
    prepare(db)
    [lead] = add_many(db, FLORIDA)
    promised(db, at("2026-11-23T10:00"), lead, "+12135550199")  # 7:00 in California
    assert due(db, at("2026-11-23T10:59")) == [] and due(db, at("2026-11-23T11:00")) == ["B"]
    [chosen] = [one for one in filled(db, at("2026-11-23T11:00")).leads if one.due_callback]
    assert (chosen.lead, chosen.number, chosen.zones) == (lead, "12135550199", "America/Los_Angeles")


def test_the_last_look_refuses_a_callback_that_is_not_due_any_more(db: Path) -> None:
    prepare(db)
    promised(db, NOON)
    asked = LookedAt("SALES", 0, PROMISED, callback="B")
    assert refusal(db, DialPlans(), asked, NOON) is None
    with writing(db) as opened:
        opened.execute("UPDATE callback SET state = 'cancelled'")
    found = refusal(db, DialPlans(), asked, NOON)
    assert found and found.why == "callback B is not due any more"


def made(db: Path, moment: int, lead: int, agent: str = "", name: str = "M") -> None:
    """Store a callback that a program has made for a lead, without a call."""
    with writing(db) as opened:
        opened.execute(
            "INSERT INTO callback (id, call, lead, number, ingroup, campaign, agent, at, state)"
            " VALUES (?, '', ?, '13055550100', '', 'SALES', ?, ?, 'pending')",
            [name, lead, agent, moment],
        )


def test_a_lead_with_a_callback_of_a_program_is_dialled_at_its_time_and_not_before(db: Path) -> None:
    prepare(db, dial_statuses="NEW")
    [lead] = add_many(db, FLORIDA)
    assert [one.lead for one in filled(db, NOON - HOUR).leads] == [lead]
    made(db, NOON, lead)
    assert filled(db, NOON - 1).leads == [], "the list does not dial it"
    [dialled] = filled(db, NOON).leads
    assert (dialled.lead, dialled.source, dialled.number) == (lead, "callback", "13055550100")
    assert dialled.due_callback and (dialled.due_callback.id, dialled.due_callback.lead) == ("M", lead)
    with writing(db) as opened:
        opened.execute("UPDATE callback SET state = 'cancelled'")
    assert filled(db, NOON).leads == []


def test_the_callback_of_a_program_for_one_agent_is_the_next_lead_of_that_agent_alone(db: Path) -> None:
    prepare(db, dial_statuses="NEW")
    [lead] = add_many(db, FLORIDA)
    made(db, NOON, lead, agent="1000")
    for agent, leads in (("1000", [lead]), ("1001", []), ("", [])):
        assert [one.lead for one in filled(db, NOON, by_hand=True, agent=agent).leads] == leads
    with writing(db) as opened:
        opened.execute("UPDATE callback SET agent = '1001'")
    assert [one.lead for one in filled(db, NOON, by_hand=True, agent="1001").leads] == [lead], "taken over"


def test_a_callback_stays_with_its_campaign_when_its_lead_or_list_moves_to_another(db: Path) -> None:
    prepare(db, dial_statuses="NEW")
    config.create(db, "call-time", "late", {"ct_default_start": "1300", "ct_default_stop": "1700"}, who="test")
    config.create(db, "campaign", "OTHER", {"campaign_cid": SHOWN, "dial_statuses": "NEW"}, who="test")
    config.create(db, "list", "201", {"campaign": "OTHER", "country": "US", "local_call_time": "late"}, who="test")
    [lead, stays] = add_many(db, FLORIDA, FLORIDA)
    made(db, NOON, lead)
    list_change.step(db, "101", WantedLeads("rank=0"), LeadsChange(to_list="201"))
    assert due(db, NOON) == [], "the hours of the other list"
    [chosen] = [one for one in filled(db, NOON + HOUR).leads if one.due_callback]
    assert (chosen.lead, chosen.list_id, chosen.zones) == (lead, "201", EAST)
    asked = LookedAt("SALES", lead, "13055550100", callback="M")
    looked = [refusal(db, DialPlans(), asked, moment) for moment in (NOON, NOON + HOUR)]
    assert (
        isinstance(looked[0], LookRefusal)
        and "call time late" in looked[0].why
        and not isinstance(looked[1], LookRefusal)
    )
    with reading(db) as opened:
        other = fill(opened, dial_plan.load(opened, "OTHER"), NOON + HOUR, 50, HopperUse(), 0, ALWAYS)
    assert lead not in [one.lead for one in other.leads] and stays in [one.lead for one in other.leads]
    config.set_options(db, "list", "201", {"campaign": "SALES"}, who="test")
    assert due(db, NOON + HOUR) == ["M"]


def test_the_callback_of_a_deleted_lead_is_one_without_a_lead(db: Path) -> None:
    prepare(db)
    [lead] = add_many(db, FLORIDA)
    made(db, NOON, lead)
    with writing(db) as opened:
        opened.execute("DELETE FROM lead")
    assert callbacks.find(db, "M", NOON).lead == 0 and callbacks.of_lead(db, lead, NOON) == []


def test_the_records_of_a_person_have_the_callbacks_of_their_lead(db: Path) -> None:
    prepare(db)
    [lead] = add_many(db, FLORIDA)
    made(db, NOON, lead)
    with writing(db) as opened:
        opened.execute("UPDATE callback SET number = '13055559999'")  # the lead has another number since
        [(number,)] = opened.execute("SELECT phone_code || phone_number FROM lead").fetchall()
    assert [one["id"] for one in subject_access.export(db, str(number))["callbacks"]] == ["M"]
