"""The code after a call can be taken back for ten seconds, and counts only then."""

from typing import Any

import pytest

from tests.core.core_stage import CUSTOMER, QUICK, is_dispo, lab_with, restarted, talking
from tests.core.dialler.lead_stage import ANSWERS, RINGS_ON, called
from tests.core.dialler.test_drop_counts import get_counts, make_lab_with_codes
from tools.simulation.asterisk.asterisk_death import asterisk_dies
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind
from warmline.core.messages.values.callback import Callback
from warmline.core.model.call_states import AgentState
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.core.model.webhook import Webhook
from warmline.core.rules import reasons

OVER = reasons.DISPOSITION_UNDO_OVER.text()


def after_call(**campaign: Any) -> Driver:
    """Return agent 1000 in wrap-up after a call of SALESLINE; the code has a webhook."""
    lab = talking(lab_with({"dispo_call_url": "http://crm/in-group"}, **{"dispo_call_url": "http://crm/x"} | campaign))
    lab.hang_up(CUSTOMER)
    assert is_dispo(lab)
    return lab


def given(status: str = "SALE", **campaign: Any) -> Driver:
    """Return agent 1000 after a code that can be taken back."""
    lab = after_call(**campaign)
    assert give(lab, status, notes="two of them") == ""
    return lab


def give(lab: Driver, status: str, **more: Any) -> str | None:
    return lab.ask(Kind.STATUS, status=status, undo=True, amends=True, **more)


def undo(lab: Driver) -> str | None:
    return lab.ask(Kind.UNDO_DISPOSITION)


def codes(lab: Driver) -> list[tuple[str, str]]:
    """Return each code, and whether it counts, waits or was taken back."""
    dispositions = (record for record in lab.closed.values() if isinstance(record, DispositionEntry))
    return [
        (record.status, "undone" if record.undone else "waits" if record.undo_until else "counts")
        for record in dispositions
    ]


def webhooks(lab: Driver) -> list[Webhook]:
    records = [*lab.closed.values(), *lab.world.webhooks.values()]
    return [record for record in records if isinstance(record, Webhook)]


def told(lab: Driver) -> list[str]:
    """Return the code in each webhook."""
    return [dict(record.facts)["dispo"] for record in webhooks(lab)]


def test_the_code_is_on_record_at_once_and_counts_after_ten_seconds() -> None:
    lab = given()
    assert (lab.session().state, lab.session().last.status) == (AgentState.READY, "SALE")
    lab.wait(9.9)
    assert (codes(lab), told(lab)) == ([("SALE", "waits")], [])
    lab.wait(0.2)
    assert (codes(lab), told(lab)) == ([("SALE", "counts")], ["SALE"])
    lab.wait(60)
    assert (told(lab), lab.session().undoable) == (["SALE"], None)


def test_undo_leads_back_to_wrap_up_with_the_notes() -> None:
    lab = given()
    call = lab.session().last.call
    lab.wait(5)
    assert undo(lab) == ""
    session = lab.session()
    assert (session.state, session.last.call, session.last.status) == (AgentState.DISPO, call, "")
    assert (session.after_call.draft, session.since) == ("two of them", lab.asterisk.now)
    lab.wait(60)
    assert (codes(lab), told(lab)) == ([("SALE", "undone")], [])
    assert give(lab, "NI") == ""
    lab.wait(10)
    assert (codes(lab), told(lab)) == ([("SALE", "undone"), ("NI", "counts")], ["NI"])
    assert lab.session().last.notes == "two of them"


@pytest.mark.parametrize("code", ["LUNCH", ""])
def test_an_agent_who_paused_by_the_code_pauses_after_the_next_one(code: str) -> None:
    lab = after_call()
    lab.ask(Kind.PAUSE, pause_code=code)
    give(lab, "SALE")
    assert (lab.session().state, lab.session().pause_code) == (AgentState.PAUSED, code)
    assert undo(lab) == ""
    assert is_dispo(lab)
    give(lab, "NI")
    assert (lab.session().state, lab.session().pause_code) == (AgentState.PAUSED, code)


def test_undo_is_refused_after_its_time_and_twice() -> None:
    lab = given()
    assert undo(lab) == ""
    assert undo(lab) == OVER
    give(lab, "NI")
    lab.wait(10)
    assert undo(lab) == OVER
    assert (lab.session().state, codes(lab)[-1]) == (AgentState.READY, ("NI", "counts"))


def test_the_next_call_ends_the_undo_with_the_facts_of_the_former() -> None:
    lab = given()
    previous_call = lab.session().last.call
    lab.customer("ingroup", "SUPPORTLINE", name="next")
    assert (codes(lab), undo(lab)) == ([("SALE", "counts")], OVER)
    [webhook] = webhooks(lab)
    assert (webhook.call, webhook.url) == (previous_call, "http://crm/in-group")
    assert (dict(webhook.facts)["dispo"], dict(webhook.facts)["group"]) == ("SALE", "SALESLINE")


def test_a_caller_who_waits_ends_the_undo_at_the_code() -> None:
    lab = talking(lab_with(dispo_call_url="http://crm/x"))
    lab.customer(name="next")
    lab.hang_up(CUSTOMER)
    give(lab, "SALE")
    assert lab.session().call
    assert (codes(lab), told(lab), undo(lab)) == ([("SALE", "counts")], ["SALE"], OVER)


def test_a_dial_ends_the_undo_and_a_preview_holds_it() -> None:
    lab = given()
    lab.ask(Kind.PAUSE)
    lab.ask(Kind.PREVIEW, number=QUICK)
    assert (undo(lab), codes(lab)) == (OVER, [("SALE", "waits")])
    lab.ask(Kind.SKIP)
    lab.ask(Kind.DIAL, number=QUICK)
    assert (undo(lab), codes(lab)) == (OVER, [("SALE", "counts")])


def test_a_logout_ends_the_undo() -> None:
    lab = given()
    lab.ask(Kind.LOGOUT)
    assert (codes(lab), told(lab)) == ([("SALE", "counts")], ["SALE"])
    assert undo(lab) == reasons.AGENT_LOGGED_OUT.text()


def test_a_correction_ends_the_undo_and_has_a_row_of_its_own() -> None:
    lab = given()
    assert lab.ask(Kind.SET_STATUS, call=lab.session().last.call, status="NI", notes="taken back") == ""
    assert (codes(lab), told(lab)) == ([("SALE", "counts"), ("NI", "counts")], ["SALE"])
    assert (undo(lab), lab.session().last.status) == (OVER, "NI")


def test_another_code_replaces_one_that_waits() -> None:
    lab = given(wrapup_seconds=30)
    lab.wait(5)
    give(lab, "NI")
    lab.wait(9)
    assert (codes(lab), told(lab)) == ([("SALE", "undone"), ("NI", "waits")], [])
    assert undo(lab) == "" and lab.session().last.status == ""
    give(lab, "SALE")
    lab.ask(Kind.STATUS, status="NI")
    assert (codes(lab)[2:], told(lab)) == ([("SALE", "undone"), ("NI", "counts")], ["NI"])


def test_a_code_that_replaces_one_that_counts_counts_at_once() -> None:
    lab = given(wrapup_seconds=30)
    lab.wait(11)
    give(lab, "NI")
    assert (codes(lab), told(lab)) == ([("SALE", "counts"), ("NI", "counts")], ["SALE", "NI"])
    assert undo(lab) == OVER


def test_the_callback_of_the_code_is_taken_back_with_it() -> None:
    lab = after_call()
    wish = Callback(id="", call="", number="", at=lab.asterisk.now + 3600_000_000, comments="after six")
    give(lab, "CALLBK", callback=wish)
    [callback] = [record for record in lab.closed.values() if isinstance(record, Callback)]
    assert callback.state == "pending"
    undo(lab)
    [callback] = [record for record in lab.closed.values() if isinstance(record, Callback)]
    assert (callback.state, lab.session().last.promised) == ("cancelled", None)


def test_a_call_that_goes_on_without_its_agent_has_the_code_when_it_counts() -> None:
    lab = talking(lab_with())
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number=QUICK)
    lab.wait(1)
    lab.ask(Kind.LEAVE_3WAY_CALL)
    give(lab, "SALE")
    assert lab.call().outcome.status == ""
    undo(lab)
    give(lab, "NI")
    lab.wait(10)
    assert lab.call().outcome.status == "NI"


@pytest.mark.parametrize(("away_seconds", "outcome"), [(5, "waits"), (60, "counts")])
def test_a_killed_app_keeps_the_rest_of_the_undo(away_seconds: float, outcome: str) -> None:
    lab = given()
    lab.asterisk.now += int(away_seconds * 1_000_000)
    lab = restarted(lab)
    lab.wait(0.1)
    assert codes(lab) == [("SALE", outcome)]
    assert undo(lab) == ("" if outcome == "waits" else OVER)
    lab.wait(20)
    assert told(lab) == ([] if outcome == "waits" else ["SALE"])


def test_a_code_counts_while_asterisk_is_away() -> None:
    lab = given()
    asterisk_dies(lab)
    lab.wait(11)
    assert (codes(lab), told(lab)) == ([("SALE", "counts")], ["SALE"])


def test_a_person_is_counted_once_and_only_by_a_code_that_counts() -> None:
    lab = make_lab_with_codes("1000")
    call = called(lab, ANSWERS, 1)
    lab.wait(2.5)
    lab.hang_up(call.customer or "")
    give(lab, "NI")
    undo(lab)
    assert get_counts(lab) == (0, 0, 0)
    give(lab, "A")
    give(lab, "NI")
    lab.wait(11)
    assert get_counts(lab) == (1, 0, 0)


def test_an_agent_who_is_kept_for_a_lead_that_rings_cannot_undo() -> None:
    lab = make_lab_with_codes("1000")
    call = called(lab, ANSWERS, 1)
    lab.wait(2.5)
    lab.hang_up(call.customer or "")
    give(lab, "NI")
    called(lab, RINGS_ON, 2)
    assert undo(lab) == OVER
