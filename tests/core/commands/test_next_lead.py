"""An agent dials the next lead of the campaign: at once, or after a look at it that may end by itself."""

from typing import Any

import pytest

from tests.core.core_stage import SLOW, all_receipts, lab_with, restarted
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.command_classes import get_column
from warmline.core.messages.commands import Kind
from warmline.core.messages.dial_facts_messages import CHECK_LEAD, CHOOSE_LEAD, CHOOSE_OWN_CALLBACK, FindDialFacts
from warmline.core.messages.dialler_messages import DialLead
from warmline.core.model.call import Attempt, Call
from warmline.core.model.call_states import Origin, State
from warmline.core.model.receipt import Outcome
from warmline.core.permission import lead_in_use
from warmline.core.rules import reasons

FIRST, SECOND = DialLead(17, "101", SLOW), DialLead(18, "101", "5550199")
EMPTY = reasons.NO_NEXT_LEAD.text(campaign="TESTCAMP")


def paused(*leads: DialLead, **options: Any) -> Driver:
    """Return a lab with a paused agent whose campaign dials these leads next."""
    lab = lab_with(**options)
    lab.next_leads.extend(leads)
    lab.ask(Kind.PAUSE)
    return lab


def asked(lab: Driver) -> list[str]:
    """Return what each dial asked the database about leads."""
    return [record.leads for record in lab.asked if isinstance(record, FindDialFacts)]


def test_the_next_lead_is_dialled() -> None:
    lab = paused(FIRST)
    assert lab.ask(Kind.DIAL_NEXT) == ""
    assert (lab.call().number, lab.call().lead, lab.call().state) == (SLOW, 17, State.DIALING_OUT)
    lab.wait(3)
    assert lab.call().state is State.TALKING
    [receipt] = all_receipts(lab, Kind.DIAL_NEXT)
    assert (get_column(receipt.command, "number"), receipt.call) == (SLOW, lab.call().id)


@pytest.mark.parametrize("preview", [False, True])
def test_the_call_knows_its_lead_as_an_automatic_one(preview: bool) -> None:
    end_us = 2**60
    lab = paused(DialLead(17, "101", SLOW, zones="America/Chicago", open_until=end_us, passes=2))
    lab.ask(Kind.DIAL_NEXT, preview=preview)
    if preview:
        assert lab.ask(Kind.DIAL, caller_id="3125550188") == ""
    assert lab.call().origin is Origin.AGENT
    lab.wait(3)
    attempt = lab.call().attempt
    assert (attempt.list_id, attempt.source, attempt.passes, attempt.zones) == ("101", "list", 2, "America/Chicago")
    assert attempt.caller_id == ("3125550188" if preview else lab.world.rules.campaign("TESTCAMP").campaign_cid)
    assert attempt.open_until == end_us and attempt.agent == "1000"
    assert attempt.ringing and attempt.answered and lab.call().arrived < attempt.ringing < attempt.answered
    assert attempt.answered == lab.call().outcome.connected and (attempt.drop_at, attempt.dropped) == (None, None)


def test_a_busy_lead_has_the_cause_and_a_number_of_the_agents_own_has_no_attempt() -> None:
    lab = paused(DialLead(17, "101", "8502"))
    lab.ask(Kind.DIAL_NEXT)
    lab.wait(1)
    [busy_call] = [record for record in (*lab.closed.values(), *lab.world.calls.values()) if isinstance(record, Call)]
    assert (busy_call.attempt.cause, busy_call.attempt.answered, busy_call.outcome.status) == (17, None, "B")
    lab = paused()
    lab.ask(Kind.DIAL, number=SLOW)
    lab.wait(3)
    assert lab.call().state is State.TALKING and lab.call().attempt == Attempt()


def test_a_lead_whose_hours_end_while_the_agents_phone_rings_is_not_dialled() -> None:
    lab = lab_with()
    lab.log_in("1002")  # an on_hook phone
    lab.next_leads.append(DialLead(17, "101", SLOW, open_until=lab.asterisk.now + 500_000))
    lab.ask(Kind.DIAL_NEXT, "1002")
    lab.wait(3)
    [receipt] = all_receipts(lab, Kind.DIAL_NEXT)
    assert (receipt.outcome, receipt.cause) == (Outcome.REFUSED, reasons.LEAD_HOURS_OVER.text())
    assert not [leg for leg in lab.world.legs.values() if leg.number == SLOW]


def test_an_empty_hopper_is_told_in_words() -> None:
    lab = paused()
    assert lab.ask(Kind.DIAL_NEXT) == lab.ask(Kind.DIAL_NEXT, preview=True) == EMPTY
    assert not lab.world.calls and lab.session().previewed is None


@pytest.mark.parametrize(("mine", "query"), [("N", CHOOSE_LEAD), ("Y", CHOOSE_OWN_CALLBACK)])
def test_a_lead_is_looked_at_and_checked_again_when_it_is_dialled(mine: str, query: str) -> None:
    lab = paused(FIRST, SECOND, next_dial_my_callbacks=mine)
    assert lab.ask(Kind.DIAL_NEXT, preview=True) == ""
    assert lab.session().previewed_number == SLOW and not lab.world.calls
    assert lab.ask(Kind.DIAL_NEXT) == reasons.PREVIEW_OPEN.text()
    assert lab.ask(Kind.DIAL) == ""
    assert lab.call().lead == 17 and asked(lab) == [query, CHECK_LEAD]


def test_a_lead_that_was_listed_during_the_look_is_not_dialled() -> None:
    lab = paused(FIRST)
    lab.ask(Kind.DIAL_NEXT, preview=True)
    lab.do_not_call[SLOW] = "the system's do-not-call list"
    assert "do-not-call" in (lab.ask(Kind.DIAL) or "") and not lab.world.calls


def test_a_skipped_lead_is_gone() -> None:
    lab = paused(FIRST, SECOND)
    lab.ask(Kind.DIAL_NEXT, preview=True)
    assert lab.ask(Kind.SKIP) == ""
    lab.ask(Kind.DIAL_NEXT, preview=True)
    assert lab.session().previewed_number == SECOND.number


@pytest.mark.parametrize("is_repeated", [False, True])
def test_the_look_ends_by_itself(is_repeated: bool) -> None:
    lab = paused(FIRST, preview_seconds=20)
    lab.ask(Kind.DIAL_NEXT, preview=True)
    if is_repeated:
        restarted(lab)
    lab.wait(19)
    assert lab.session().previewed_number == SLOW
    lab.wait(2)
    assert lab.session().previewed_number == "" and not lab.world.calls


def test_a_lead_that_another_agent_looks_at_is_not_chosen() -> None:
    lab = paused(FIRST)
    lab.ask(Kind.DIAL_NEXT, preview=True)
    assert lead_in_use.find_lead_refusal(lab.world, FIRST) == reasons.LEAD_PREVIEWED.text(agent="1000")
    assert lead_in_use.find_lead_refusal(lab.world, SECOND) == ""
    lab.ask(Kind.DIAL)
    assert lead_in_use.find_lead_refusal(lab.world, FIRST) == reasons.LEAD_IN_CALL.text()
