"""The offers to a waiting caller: their time, the keys that count, their effect, and the digits that are recorded."""

from typing import Any

from tests.core.core_stage import CUSTOMER, PHONE, lab_with, restarted, together
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.values.callback import Callback
from warmline.core.model.call_states import State
from warmline.core.queue.wait_choices import blank_digit

PRESS_OPTIONS = "press-1-or-wait"
WAIT_SECONDS: dict[str, Any] = {
    "wait_time_option": "PRESS_CID_CALLBACK",
    "wait_time_second_option": "PRESS_INGROUP",
    "wait_time_third_option": "PRESS_STAY",
    "wait_time_option_seconds": 5,
    "wait_time_option_prompt_seconds": 3,
    "wait_time_option_press_filename": PRESS_OPTIONS,
    "wait_time_option_xfer_group": "SUPPORTLINE",
}


def make_lab(**ingroup: Any) -> Driver:
    """Return a caller whom no agent serves, because agent 1000 pauses. Prompts come every 20 seconds."""
    lab = lab_with({"prompt_interval": 20} | ingroup)
    assert lab.ask(Kind.PAUSE) == ""
    return lab


def make_waiting_call(lab: Driver, seconds: float, number: str = "3125550100") -> Driver:
    """Let the caller wait this long."""
    lab.asterisk.come_in(CUSTOMER, "ingroup", "SALESLINE", number=number)
    lab.pump()
    lab.wait(seconds)
    return lab


def press(lab: Driver, digits: str, channel: str = CUSTOMER) -> None:
    lab.asterisk.press(channel, digits)
    lab.pump()


def list_files(lab: Driver) -> list[str]:
    return [media.removeprefix("sound:") for heard_by, media in lab.asterisk.played if heard_by == CUSTOMER]


def list_callbacks(lab: Driver) -> list[tuple[str, str, str]]:
    """Return the number, in-group and state of each call."""
    callbacks = [record for record in lab.closed.values() if isinstance(record, Callback)]
    return [(callback.number, callback.ingroup, callback.state) for callback in callbacks]


# -- wait_time_option --


def test_a_caller_is_offered_the_wait_time_option_once() -> None:
    lab = make_waiting_call(make_lab(**WAIT_SECONDS), 4.9)
    assert list_files(lab) == [] and lab.call().prompts.offer == ""
    lab.wait(0.2)
    assert list_files(lab) == [PRESS_OPTIONS] and lab.call().prompts.offer == "wait_time_option"
    lab.wait(4)
    assert lab.call().prompts.offer == "" and lab.call().state is State.WAITING
    lab.wait(100)
    assert list_files(lab).count(PRESS_OPTIONS) == 1


def test_key_2_moves_the_caller_to_the_other_in_group() -> None:
    lab = make_waiting_call(make_lab(**WAIT_SECONDS), 7)
    press(lab, "2")
    assert lab.call().ingroup == "SUPPORTLINE" and lab.call().state is State.WAITING
    lab.ask(Kind.RESUME)
    assert together(lab, CUSTOMER, PHONE)


def test_other_keys_and_keys_too_late_or_too_early_change_nothing() -> None:
    lab = make_waiting_call(make_lab(**WAIT_SECONDS | {"wait_time_third_option": "NONE"}), 3)
    press(lab, "1")
    lab.wait(4)
    press(lab, "3490*#A")
    assert lab.call().prompts.offer == "wait_time_option"
    lab.wait(4)
    press(lab, "1")
    assert lab.call().state is State.WAITING and list_callbacks(lab) == []


def test_a_match_ends_the_offer() -> None:
    lab = make_waiting_call(make_lab(**WAIT_SECONDS), 5.3)
    lab.ask(Kind.RESUME)
    assert together(lab, CUSTOMER, PHONE) and lab.asterisk.cut_off
    press(lab, "1")
    assert lab.call().state is State.TALKING and list_callbacks(lab) == []


def test_an_offer_waits_for_the_end_of_a_prompt_and_prompts_for_the_end_of_an_offer() -> None:
    lab = make_waiting_call(
        make_lab(**WAIT_SECONDS | {"prompt_interval": 4, "onhold_prompt_filename": "still-here"}), 10
    )
    assert list_files(lab) == ["still-here", PRESS_OPTIONS]
    lab.wait(2.5)
    assert list_files(lab) == ["still-here", PRESS_OPTIONS, "still-here"]


def test_a_caller_without_a_number_is_offered_no_callback() -> None:
    only = WAIT_SECONDS | {"wait_time_second_option": "NONE", "wait_time_third_option": "NONE"}
    lab = make_waiting_call(make_lab(**only), 10, number="anonymous")
    assert list_files(lab) == [] and lab.call().prompts.offer == ""
    lab = make_waiting_call(make_lab(**WAIT_SECONDS), 5.3, number="")
    press(lab, "1")
    assert lab.call().prompts.offer == "wait_time_option" and list_callbacks(lab) == []
    press(lab, "2")
    assert lab.call().ingroup == "SUPPORTLINE"


# -- digits --


def test_a_digit_is_kept_only_where_it_chooses_something() -> None:
    lab = make_waiting_call(make_lab(**WAIT_SECONDS), 3)
    key = ev.DtmfReceived(CUSTOMER, "1")
    assert blank_digit(lab.world, key) == ev.DtmfReceived(CUSTOMER, "")
    lab.wait(3)
    assert blank_digit(lab.world, key) == key
    assert blank_digit(lab.world, ev.DtmfReceived(CUSTOMER, "7")).digit == ""
    assert blank_digit(lab.world, ev.DtmfReceived(PHONE, "1")).digit == ""
    assert blank_digit(lab.world, ev.DtmfReceived("nobody", "1")).digit == ""
    press(lab, "3")
    assert blank_digit(lab.world, key).digit == ""


# -- restarts --


def test_after_a_restart_an_open_offer_is_made_again() -> None:
    lab = make_waiting_call(make_lab(**WAIT_SECONDS), 7)
    assert lab.call().prompts.offer
    restarted(lab)
    lab.wait(0.1)
    assert list_files(lab) == [PRESS_OPTIONS, PRESS_OPTIONS]
    press(lab, "1")
    assert len(list_callbacks(lab)) == 1


def test_a_declined_offer_is_not_repeated_after_a_restart() -> None:
    lab = make_waiting_call(make_lab(**WAIT_SECONDS), 15)
    restarted(lab)
    lab.wait(4)
    assert list_files(lab) == [PRESS_OPTIONS]
