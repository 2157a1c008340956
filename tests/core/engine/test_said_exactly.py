"""Sentences of the specification that no other file tests."""

from dataclasses import fields

from tests.core.core_stage import CUSTOMER, PHONE, in_seat, is_dispo, lab_with, people, talking, then, three_way
from warmline.core.messages import actions as do
from warmline.core.messages.call_command_types import SendKeys
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState, State


def test_ending_a_call_by_name_sends_its_agent_to_disposition() -> None:
    lab = three_way(lab_with())
    assert lab.ask(Kind.END_CALL, agent="", call=lab.call().id) == ""
    assert people(lab) == {PHONE} and is_dispo(lab) and in_seat(lab)


def test_a_match_stands_when_its_agent_pauses_in_the_same_turn() -> None:
    lab = lab_with()
    lab.asterisk.come_in(CUSTOMER, "ingroup", "SALESLINE")
    lab.pump()
    lab.ask(Kind.PAUSE)
    then(lab, State.TALKING)
    lab.hang_up(CUSTOMER)
    lab.ask(Kind.STATUS, status="A")
    assert lab.session().state is AgentState.PAUSED


def test_digits_go_to_the_third_if_one_is_there_and_are_in_no_record() -> None:
    lab = talking(lab_with())
    assert lab.ask(Kind.SEND_DTMF) == ""
    assert do.SendDtmf(CUSTOMER, lab.last_receipt) in lab.asked
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8500")
    lab.wait(0.1)
    assert lab.ask(Kind.SEND_DTMF) == ""
    assert do.SendDtmf(lab.third(), lab.last_receipt) in lab.asked
    assert lab.ask(Kind.SEND_DTMF, to="CUSTOMER") == ""
    assert do.SendDtmf(CUSTOMER, lab.last_receipt) in lab.asked
    assert lab.ask(Kind.PARK_XFER) == lab.ask(Kind.SEND_DTMF) == ""
    assert do.SendDtmf(CUSTOMER, lab.last_receipt) in lab.asked, "the agent speaks with the customer"
    assert lab.ask(Kind.SEND_DTMF, to="XFER") == ""
    assert do.SendDtmf(lab.third(), lab.last_receipt) in lab.asked
    assert lab.ask(Kind.HANGUP_XFER) == ""
    assert lab.ask(Kind.SEND_DTMF, to="XFER") == "no third party on this call"
    assert "digits" not in {field.name for field in fields(SendKeys)}
