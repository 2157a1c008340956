"""The disposition of a call: which can be chosen, which replaces another, and who can correct it."""

from dataclasses import replace
from typing import Any

import pytest

from tests.core.core_stage import BUSY, QUICK
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model import disposition_rules
from warmline.core.model.call_states import AgentState
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.core.model.session import LastCall, Session
from warmline.core.rules.configuration import Disposition, PauseCode, Rules

CODES = (
    Disposition(id="CALLBK", scheduled_callback="Y"),
    Disposition(id="SALE"),
    Disposition(id="DROP", selectable="N"),
    Disposition(id="UPSELL", campaigns=("SHOP",)),
    Disposition(id="ORDER", ingroups=("SALESLINE",)),
    Disposition(id="COMPL", notes_required="Y"),
)
BREAKS = (PauseCode(id="LUNCH"), PauseCode(id="TRAIN", campaigns=("SHOP",)))


def rules(**campaign: Any) -> Rules:
    return replace(
        demo_rules(**campaign),
        dispositions={code.id: code for code in CODES},
        pause_codes={code.id: code for code in BREAKS},
    )


def after(campaign: str = "TESTCAMP", ingroup: str = "", *, outbound: bool = False, talked: bool = True) -> Session:
    """Return the session of agent 1000 in this campaign, after a call of this in-group."""
    lab = Driver(rules())
    lab.log_in("1000")
    last_call = LastCall(call="CALL", ingroup=ingroup, outbound=outbound, talked=talked)
    return replace(lab.session(), campaign=campaign, last=last_call)


def in_dispo(**campaign: Any) -> Driver:
    """Return agent 1000 after a call whose customer has hung up."""
    lab = Driver(rules(**campaign))
    lab.log_in("1000")
    lab.hang_up(lab.customer())
    assert lab.session().state is AgentState.DISPO
    return lab


def codes(lab: Driver) -> list[tuple[str, str, bool]]:
    entries = (disposition for disposition in lab.closed.values() if isinstance(disposition, DispositionEntry))
    return [(disposition.status, disposition.notes, disposition.correction) for disposition in entries]


@pytest.mark.parametrize(
    ("campaign", "ingroup", "there_are"),
    [
        ("TESTCAMP", "SALESLINE", ["CALLBK", "COMPL", "ORDER", "SALE"]),
        ("TESTCAMP", "SUPPORTLINE", ["CALLBK", "COMPL", "SALE"]),
        ("SHOP", "", ["CALLBK", "COMPL", "SALE", "UPSELL"]),
    ],
)
def test_dispositions_depend_on_campaign_and_in_group(campaign: str, ingroup: str, there_are: list[str]) -> None:
    assert [code.id for code in disposition_rules.list_choices(rules(), after(campaign, ingroup))] == there_are


PLACED = (
    Disposition(id="SALE", place=1, reached="YES"),
    Disposition(id="DECLINE", place=2, reached="YES", direction="INBOUND"),
    Disposition(id="CALLBK", place=3),
    Disposition(id="OTHER", place=3),
    Disposition(id="NA", place=4, reached="NO", direction="OUTBOUND"),
    Disposition(id="A", reached="NO", direction="OUTBOUND"),
)
FITTING = [
    (False, True, ["SALE", "DECLINE", "CALLBK", "OTHER"]),
    (False, False, ["CALLBK", "OTHER"]),
    (True, True, ["SALE", "CALLBK", "OTHER", "NA", "A"]),
    (True, False, ["NA", "A", "CALLBK", "OTHER"]),
]


@pytest.mark.parametrize(("outbound", "talked", "there_are"), FITTING)
def test_codes_fit_the_calls_direction_and_answer_in_the_order_of_place(
    outbound: bool, talked: bool, there_are: list[str]
) -> None:
    placed = replace(rules(), dispositions={code.id: code for code in sorted(PLACED, key=lambda code: code.id)})
    choices = disposition_rules.list_choices(placed, after(outbound=outbound, talked=talked))
    assert [code.id for code in choices] == there_are


def test_a_code_of_other_calls_is_refused_with_the_reason() -> None:
    placed = replace(rules(), dispositions={code.id: code for code in PLACED})
    assert disposition_rules.explain_refusal(placed, after(), "NA", "") == "NA is for outbound calls only"
    unanswered = after(outbound=True, talked=False)
    reason = "SALE is for answered calls, and this call was not answered"
    assert disposition_rules.explain_refusal(placed, unanswered, "SALE", "") == reason
    assert disposition_rules.explain_refusal(placed, unanswered, "NA", "") == ""


@pytest.mark.parametrize(("number", "talked"), [(BUSY, False), (QUICK, True)])
def test_a_dialled_call_is_outbound_and_was_answered_or_not(number: str, talked: bool) -> None:
    lab = in_dispo()
    assert (lab.session().last.outbound, lab.session().last.talked) == (False, True)
    lab.ask(Kind.STATUS, status="SALE")
    lab.ask(Kind.PAUSE)
    lab.ask(Kind.DIAL, number=number)
    lab.wait(2)
    if talked:
        lab.ask(Kind.HANGUP)
    assert lab.session().state is AgentState.DISPO
    assert (lab.session().last.outbound, lab.session().last.talked) == (True, talked)


def test_an_invalid_disposition_is_refused_with_the_reason(subtests: pytest.Subtests) -> None:
    for code, notes, reason in [
        ("SALE", "", ""),
        ("COMPL", "loud music", ""),
        ("COMPL", " \n", "COMPL needs notes"),
        ("CALLBK", "", 'CALLBK needs a time to call back, such as "callback": {"at": "tomorrow 10:00"}'),
        ("NONE", "", "there is no disposition NONE"),
        ("DROP", "", "DROP is not for people to choose"),
        ("UPSELL", "", "UPSELL is not for campaign TESTCAMP"),
        ("ORDER", "", "ORDER is not for calls of SUPPORTLINE"),
    ]:
        with subtests.test(code=code, notes=notes, reason=reason):
            assert disposition_rules.explain_refusal(rules(), after(ingroup="SUPPORTLINE"), code, notes) == reason


def test_an_invalid_pause_code_is_refused_with_the_reason(subtests: pytest.Subtests) -> None:
    for active, code, reason in [
        ("N", "", ""),
        ("N", "ANY", ""),
        ("Y", "", ""),
        ("Y", "LUNCH", ""),
        ("Y", "TRAIN", "there is no pause code TRAIN for campaign TESTCAMP"),
        ("FORCE", "LUNCH", ""),
        ("FORCE", "", "campaign TESTCAMP wants a pause code"),
        ("FORCE", "ANY", "there is no pause code ANY for campaign TESTCAMP"),
    ]:
        with subtests.test(active=active, code=code, reason=reason):
            assert (
                disposition_rules.explain_pause_refusal(rules(agent_pause_codes_active=active), "TESTCAMP", code)
                == reason
            )


def test_until_the_wrap_up_is_over_another_code_takes_its_place() -> None:
    lab = in_dispo(wrapup_seconds=10)
    assert lab.ask(Kind.STATUS, status="SALE", notes="two of them") == ""
    assert lab.ask(Kind.STATUS, status="SALE") == "", "the same code has the same answer"
    assert lab.ask(Kind.STATUS, status="NI") == ""
    assert (lab.session().state, lab.session().last.status) == (AgentState.DISPO, "NI")
    lab.wait(10)
    assert lab.session().state is AgentState.READY
    assert lab.ask(Kind.STATUS, status="NI") == ""
    assert lab.ask(Kind.STATUS, status="SALE") == "the last call has the disposition NI already"
    assert codes(lab) == [("SALE", "two of them", False), ("NI", "", False)]


def test_the_agent_may_amend_the_code_until_the_next_call() -> None:
    lab = in_dispo()
    assert lab.ask(Kind.STATUS, status="SALE") == ""
    assert lab.session().state is AgentState.READY
    assert lab.ask(Kind.STATUS, status="NI") == "the last call has the disposition SALE already"
    assert lab.ask(Kind.STATUS, status="NI", amends=True) == ""
    assert (lab.session().state, lab.session().last.status) == (AgentState.READY, "NI")
    assert codes(lab) == [("SALE", "", False), ("NI", "", False)]
    customer = lab.customer(name="next")
    assert lab.ask(Kind.STATUS, status="SALE", amends=True) == ""
    lab.hang_up(customer)
    assert codes(lab)[2:] == [("SALE", "", False)], "the code of the call that the agent has now"


def test_notes_of_a_code_sent_during_the_call_are_kept() -> None:
    lab = Driver(rules())
    lab.log_in("1000")
    customer = lab.customer()
    assert lab.ask(Kind.STATUS, status="NI", notes="too dear") == ""
    assert lab.ask(Kind.STATUS, status="SALE", notes="after all") == ""
    lab.hang_up(customer)
    assert codes(lab) == [("SALE", "after all", False)]


def test_a_call_that_is_over_is_corrected() -> None:
    lab = in_dispo()
    call = lab.session().last.call
    lab.ask(Kind.STATUS, status="SALE")
    assert lab.ask(Kind.SET_STATUS, call=call, status="NI", notes="taken back") == ""
    assert codes(lab) == [("SALE", "", False), ("NI", "taken back", True)]
    assert lab.session().last.status == "NI"
    assert lab.session().state is AgentState.READY


def test_a_call_that_its_agent_has_left_is_corrected_while_it_lives() -> None:
    lab = Driver(rules())
    lab.log_in("1000")
    lab.customer()
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8500")
    lab.wait(1)
    assert lab.ask(Kind.SET_STATUS, call=lab.call().id, status="NI") == (
        "agent 1000 has not given this call a disposition yet"
    )
    lab.ask(Kind.LEAVE_3WAY_CALL)
    assert lab.ask(Kind.SET_STATUS, call=lab.call().id, status="NI") == (
        "agent 1000 has not given this call a disposition yet"
    )
    lab.ask(Kind.STATUS, status="SALE")
    assert lab.call().outcome.status == "SALE"
    assert lab.ask(Kind.SET_STATUS, call=lab.call().id, status="NI", notes="taken back") == ""
    assert lab.call().outcome.status == "NI"


def test_a_call_without_an_agent_has_no_disposition_to_correct() -> None:
    lab = Driver(rules())
    lab.customer()
    assert lab.ask(Kind.SET_STATUS, call=lab.call().id, status="NI") == "no agent has had this call yet"


def test_the_calls_status_is_its_last_agents() -> None:
    lab = Driver(rules())
    lab.log_in("1000")
    lab.log_in("1001")
    lab.customer()
    lab.ask(Kind.LOCAL_CLOSER, ingroup="SUPPORTLINE")
    lab.wait(1)
    assert lab.call().agent == "1001"
    assert lab.ask(Kind.STATUS, status="SALE") == ""
    assert lab.call().outcome.status == "", "the fronter's code is not the call's"
    lab.feed(ev.TimerFired())
    call = lab.call()
    lab.ask(Kind.LEAVE_VM, agent="1001")
    assert lab.ask(Kind.STATUS, agent="1001", status="NI") == ""
    assert lab.world.calls[call.id].outcome.status == "NI"


def test_a_disposition_for_an_unanswered_call_does_not_apply_to_the_next() -> None:
    lab = Driver(rules())
    lab.log_in("1002")
    lab.wait(2)
    lab.asterisk.far_ends["1002"] = [(0.1, "ringing")]
    customer = lab.customer()
    assert lab.ask(Kind.STATUS, agent="1002", status="SALE") == "", "the agent's phone rings"
    lab.hang_up(customer)
    lab.asterisk.far_ends["1002"] = [(0.1, "up")]
    lab.customer(name="next")
    lab.wait(1)
    lab.hang_up("next")
    assert lab.session("1002").state is AgentState.DISPO and codes(lab) == []


def test_a_code_that_names_a_call_is_not_given_to_the_next() -> None:
    lab = in_dispo()
    first_call = lab.session().last.call
    lab.ask(Kind.STATUS, status="SALE")
    lab.customer(name="next")
    assert lab.ask(Kind.STATUS, call=first_call, status="DROP") == "agent 1000 has had another call since"
    assert lab.receipt().call == first_call
    assert lab.session().after_call.status == "" and [code for code, _, _ in codes(lab)] == ["SALE"]
    assert lab.ask(Kind.STATUS, call=lab.session().call, status="SALE") == ""
