"""`exit_keys`: a waiting caller leaves by a key at any time, also while phones ring; other keys change nothing."""

from typing import Any

import pytest

from tests.core.core_stage import CUSTOMER, PHONE, heard, lab_with, restarted
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.values.callback import Callback
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.queue_wait import QueueWait
from warmline.core.queue.wait_choices import blank_digit

KEYS: dict[str, Any] = {
    "exit_keys": (
        *("0 -> extension:0@vip-exit", "1 -> callback", "2 -> ingroup:SUPPORTLINE"),
        *("3 -> voicemail:501", "4 -> callmenu:nights"),
    )
}
HELLO = {"welcome_message_filename": "hello-there"}


def press(lab: Driver, digit: str) -> None:
    lab.asterisk.press(CUSTOMER, digit)
    lab.pump()


def make_waiting_call(**ingroup: Any) -> Driver:
    """Return a caller whom no agent serves, because agent 1000 pauses."""
    lab = lab_with(KEYS | ingroup)
    assert lab.ask(Kind.PAUSE) == ""
    lab.customer()
    lab.wait(1)
    return lab


def make_ringing_call(*users: str) -> Driver:
    """Return a caller for whom the phones of these agents ring."""
    lab = Driver(demo_rules(KEYS | {"next_agent_call": "ring_all"}))
    for user in users:
        lab.configure("agents", user, phone_mode="on_hook", on_hook_ring_time=30)
        lab.asterisk.far_ends[user] = [(0.1, "ringing")]
        lab.ask(Kind.LOGIN, user)
        lab.wait(1)
    lab.customer()
    lab.wait(2)
    assert lab.call().state is State.RINGING_AGENT
    return lab


def get_ended_call(lab: Driver) -> Call:
    [call] = [record for record in lab.closed.values() if isinstance(record, Call)]
    return call


def is_call_gone(lab: Driver, key: str, route: str, context: str, exten: str) -> bool:
    """Return whether the caller is in the dialplan there, and the records name the key."""
    call = get_ended_call(lab)
    [wait] = [record for record in lab.closed.values() if isinstance(record, QueueWait)]
    assert (call.outcome.status, call.outcome.ended_by, wait.outcome) == ("WAITTO", "exit_keys", "WAITTO")
    assert f"exit_keys: {key} -> {route}" in call.queueing.why
    return do.ContinueInDialplan(CUSTOMER, context, exten, "exit_keys") in lab.asked


@pytest.mark.parametrize(
    ("key", "route", "context", "exten"),
    [
        ("0", "extension:0@vip-exit", "vip-exit", "0"),
        ("3", "voicemail:501", "warmline-voicemail", "501"),
        ("4", "callmenu:nights", "nights", "s"),
    ],
)
def test_a_key_leads_a_waiting_caller_into_the_dialplan(key: str, route: str, context: str, exten: str) -> None:
    lab = make_waiting_call()
    press(lab, key)
    lab.wait(1)
    assert is_call_gone(lab, key, route, context, exten)


def test_a_key_for_an_in_group_lets_the_caller_wait_there() -> None:
    lab = make_waiting_call()
    press(lab, "2")
    assert (lab.call().ingroup, lab.call().state, lab.call().outcome.status) == ("SUPPORTLINE", State.WAITING, "")
    press(lab, "0")
    assert lab.call().state is State.WAITING, "SUPPORTLINE has no such keys"


def test_a_key_for_a_callback_records_it_and_needs_a_number() -> None:
    lab = make_waiting_call()
    press(lab, "1")
    lab.wait(2)
    assert [record.number for record in lab.closed.values() if isinstance(record, Callback)] == ["3125550100"]
    assert heard(lab, CUSTOMER, "vm-goodbye") == 1 and get_ended_call(lab).outcome.ended_by == "exit_keys"
    lab = lab_with(KEYS)
    lab.ask(Kind.PAUSE)
    lab.asterisk.come_in(CUSTOMER, "ingroup", "SALESLINE", number="anonymous")
    lab.pump()
    press(lab, "1")
    lab.wait(2)
    assert heard(lab, CUSTOMER, "im-sorry") == 1 and lab.call().state is State.WAITING


def test_other_keys_change_nothing_and_only_keys_with_a_destination_are_recorded() -> None:
    lab = make_waiting_call()
    press(lab, "57*#A")
    assert lab.call().state is State.WAITING
    assert blank_digit(lab.world, ev.DtmfReceived(CUSTOMER, "0")).digit == "0"
    assert blank_digit(lab.world, ev.DtmfReceived(CUSTOMER, "5")).digit == ""
    assert blank_digit(lab.world, ev.DtmfReceived(PHONE, "0")).digit == ""


def test_a_key_counts_during_the_welcome_and_after_a_restart() -> None:
    lab = make_waiting_call(**HELLO)
    press(lab, "0")
    assert is_call_gone(lab, "0", "extension:0@vip-exit", "vip-exit", "0")
    lab = make_waiting_call()
    restarted(lab)
    press(lab, "0")
    assert is_call_gone(lab, "0", "extension:0@vip-exit", "vip-exit", "0")


def test_a_key_of_an_offer_comes_before_an_exit_key() -> None:
    offer = {"wait_time_option": "PRESS_STAY", "wait_time_option_seconds": 2, "wait_time_option_prompt_seconds": 5}
    lab = make_waiting_call(**offer)
    lab.wait(2)
    press(lab, "1")
    assert lab.call().state is State.WAITING and lab.call().prompts.offer == ""
    press(lab, "0")
    assert is_call_gone(lab, "0", "extension:0@vip-exit", "vip-exit", "0")


def test_a_key_has_no_effect_once_a_phone_has_answered() -> None:
    lab = make_ringing_call("1000")
    leg = lab.session("1000").leg
    assert leg
    lab.feed(ev.LegAnswered(leg))
    press(lab, "0")
    lab.wait(1)
    assert lab.call().agent == "1000" and lab.call().state is not State.WAITING
