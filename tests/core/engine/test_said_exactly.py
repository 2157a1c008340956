"""Sentences of the specification that no other file tests."""

from dataclasses import fields

from tests.core.core_stage import (
    CUSTOMER,
    PHONE,
    SCENES,
    all_receipts,
    handed_off,
    in_seat,
    is_dispo,
    lab_with,
    left_ringing,
    people,
    talking,
    then,
    three_way,
    together,
)
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import actions as do
from warmline.core.messages.call_command_types import SendKeys
from warmline.core.messages.commands import Kind
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.core.model.receipt import Outcome


def given(lab: Driver) -> list[tuple[str, str]]:
    return [(record.agent, record.status) for record in lab.closed.values() if isinstance(record, DispositionEntry)]


def test_an_agent_in_disposition_hears_no_sound_when_the_left_call_ends() -> None:
    lab = handed_off(lab_with())
    lab.wait(2)
    call, action_count = lab.call().id, len(lab.asked)
    lab.hang_up(CUSTOMER)
    closed_call = lab.closed[call]
    assert isinstance(closed_call, Call) and closed_call.outcome.ended_by == "customer"
    assert is_dispo(lab) and in_seat(lab)
    assert not [
        action for action in lab.asked[action_count:] if getattr(action, "leg", getattr(action, "to", "")) == PHONE
    ]
    lab.ask(Kind.STATUS, status="SALE")
    assert given(lab) == [("1000", "SALE")]


def test_the_status_of_a_left_call_is_the_last_agents_disposition() -> None:
    lab = handed_off(lab_with())
    lab.ask(Kind.STATUS, status="SALE")
    assert lab.call().outcome.status == "SALE"


def test_a_left_call_can_be_ended_by_name() -> None:
    for scene in (handed_off, left_ringing):
        lab = scene(lab_with())
        call = lab.call().id
        assert lab.ask(Kind.END_CALL, agent="", call=call) == ""
        assert people(lab) == {PHONE}
        closed_call = lab.closed[call]
        assert isinstance(closed_call, Call) and closed_call.outcome.ended_by == "operator"
        assert not lab.world.receipts
        assert lab.ask(Kind.END_CALL, agent="", call=call) == "the call is over"


def test_ending_a_call_by_name_sends_its_agent_to_disposition() -> None:
    lab = three_way(lab_with())
    assert lab.ask(Kind.END_CALL, agent="", call=lab.call().id) == ""
    assert people(lab) == {PHONE} and is_dispo(lab) and in_seat(lab)


def test_a_repeated_disposition_has_the_same_answer_and_another_is_refused_when_ready() -> None:
    lab = handed_off(lab_with())
    assert lab.ask(Kind.STATUS, status="SALE") == ""
    assert lab.ask(Kind.STATUS, status="SALE") == ""
    assert lab.ask(Kind.STATUS, status="NI") == "the last call has the disposition SALE already"
    assert given(lab) == [("1000", "SALE")]


def test_a_match_stands_when_its_agent_pauses_in_the_same_turn() -> None:
    lab = lab_with()
    lab.asterisk.come_in(CUSTOMER, "ingroup", "SALESLINE")
    lab.pump()
    lab.ask(Kind.PAUSE)
    then(lab, State.TALKING)
    lab.hang_up(CUSTOMER)
    lab.ask(Kind.STATUS, status="A")
    assert lab.session().state is AgentState.PAUSED


def test_a_caller_who_is_already_gone_makes_room_for_the_next_in_the_same_turn() -> None:
    lab = lab_with()
    lab.asterisk.come_in("gone", "ingroup", "SALESLINE")
    lab.asterisk.come_in("next", "ingroup", "SALESLINE")
    lab.asterisk.hang_up("gone")
    lab.pump()
    assert together(lab, "next", PHONE)


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


def test_each_receipt_of_a_chain_has_its_own_agent_and_the_one_call() -> None:
    lab = talking(lab_with())
    lab.log_in("1001")
    lab.ask(Kind.LOCAL_CLOSER, ingroup="SUPPORTLINE")
    assert lab.ask(Kind.BLIND_TRANSFER, agent="1001", number="8500") == ""
    lab.wait(0.1)
    chain = [*all_receipts(lab, Kind.LOCAL_CLOSER), *all_receipts(lab, Kind.BLIND_TRANSFER)]
    assert [(receipt.agent, receipt.call) for receipt in chain] == [("1000", lab.call().id), ("1001", lab.call().id)]
    assert {receipt.outcome for receipt in chain} == {Outcome.COMPLETED}


def test_no_leg_is_without_packets() -> None:
    """Each party on the line hears parties, music, a prompt, a ring tone or idle silence, in every state."""
    for scene in SCENES.values():
        lab = scene(lab_with())
        for channel in people(lab):
            simulated_channel = lab.asterisk.channels[channel]
            assert simulated_channel.silent or simulated_channel.bridge or not simulated_channel.up, (
                scene.__name__,
                channel,
            )
