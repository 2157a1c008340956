"""Prompts for a waiting caller: the welcome, prompts at intervals, and none after an agent answers."""

from typing import Any

from tests.core.core_stage import CUSTOMER, PHONE, lab_with, phone_of, restarted, together
from tools.simulation.asterisk.core_driver import Driver
from tools.simulation.asterisk.simulated_asterisk import SECOND
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State

HELLO = {"welcome_message_filename": "hello-there"}
PROMPT_OPTIONS: dict[str, Any] = {"prompt_interval": 10, "onhold_prompt_filename": "still-here"}


def make_lab(ingroup: dict[str, Any], **campaign: Any) -> Driver:
    """Let agent 1000 pause, so that no agent serves the in-group."""
    lab = lab_with(ingroup, **campaign)
    assert lab.ask(Kind.PAUSE) == ""
    return lab


def list_files(lab: Driver, channel: str = CUSTOMER) -> list[str]:
    """Return what the channel has heard; each file lasts a second."""
    return [media.removeprefix("sound:") for heard_by, media in lab.asterisk.played if heard_by == channel]


# -- the welcome message --


def test_a_caller_hears_the_whole_welcome_before_an_agent() -> None:
    lab = lab_with(HELLO)
    lab.customer()
    arrived = lab.call().arrived
    assert (lab.call().state, lab.world.matcher.get_position(lab.call().id)) == (State.WAITING, 0)
    assert list_files(lab) == ["hello-there"]
    lab.wait(1.1)
    assert lab.call().state is State.TALKING and together(lab, CUSTOMER, PHONE)
    assert lab.call().queueing.queued_at == arrived and not lab.asterisk.cut_off


def test_the_first_caller_is_served_first_despite_a_longer_welcome() -> None:
    lab = make_lab(HELLO)
    lab.customer(name="first")
    lab.wait(0.5)
    lab.configure("ingroups", "SALESLINE", play_welcome_message="NEVER")
    lab.customer(name="second")
    lab.wait(1)
    lab.ask(Kind.RESUME)
    assert lab.session().call == lab.call_of("first").id


def test_if_wait_only_welcomes_waiting_callers_and_a_match_interrupts_it() -> None:
    lab = lab_with(HELLO | {"play_welcome_message": "IF_WAIT_ONLY"})
    lab.customer()
    assert list_files(lab) == [] and together(lab, CUSTOMER, PHONE)
    lab.customer(name="other")
    lab.wait(0.3)
    assert list_files(lab, "other") == ["hello-there"]
    lab.log_in("1001")
    lab.customer(name="last")
    lab.wait(0.3)
    lab.hang_up(CUSTOMER)
    lab.ask(Kind.STATUS, status="A")
    assert together(lab, "last", PHONE)
    assert [channel for channel, _ in lab.asterisk.cut_off] == ["last"]


def test_a_welcome_that_cannot_be_played_does_not_delay_the_caller() -> None:
    lab = lab_with(HELLO)
    lab.asterisk.come_in(CUSTOMER, "ingroup", "SALESLINE")
    lab.perform = lambda action: (  # type: ignore[method-assign] # no file can be played
        lab.asterisk.out.append(ev.ActionFailed(action, 500, "no such file"))
        if isinstance(action, do.Play) and action.play
        else lab.asterisk.perform(action)
    )
    lab.pump()
    assert together(lab, CUSTOMER, PHONE)


def test_a_welcome_is_played_after_a_transfer_and_not_at_the_front_of_the_queue() -> None:
    lab = lab_with()
    lab.configure("ingroups", "SUPPORTLINE", **HELLO)
    lab.customer()
    assert lab.ask(Kind.LOCAL_CLOSER, ingroup="SUPPORTLINE") == ""
    assert lab.call().prompts.welcoming
    lab.ask(Kind.STATUS, status="A")
    lab.wait(1.1)
    assert together(lab, CUSTOMER, PHONE)
    lab.asterisk.far_ends["1000"] = [(0.1, 17)]  # it cannot be called back
    lab.hang_up(phone_of(lab, "1000"), 44)
    lab.wait(1)
    assert lab.call().state is State.WAITING and list_files(lab) == ["hello-there"]


# -- prompts at intervals --


def test_a_prompt_comes_every_prompt_interval() -> None:
    lab = make_lab(PROMPT_OPTIONS)
    lab.customer()
    lab.wait(9.9)
    assert list_files(lab) == []
    lab.wait(0.2)
    assert list_files(lab) == ["still-here"]
    lab.wait(20)
    assert list_files(lab) == ["still-here"] * 3
    assert lab.asterisk.hears_music(CUSTOMER)


def test_a_prompt_includes_the_place_in_line() -> None:
    lab = make_lab(PROMPT_OPTIONS | {"play_place_in_line": "Y"})
    for name in ("first", "second", "third"):
        lab.customer(name=name)
    lab.wait(15)
    assert list_files(lab, "first") == ["queue-youarenext", "still-here"]
    assert list_files(lab, "third") == ["queue-thereare", "digits/3", "queue-callswaiting", "still-here"]
    lab.hang_up("first")
    lab.wait(10)
    assert list_files(lab, "third")[4:] == ["queue-thereare", "digits/2", "queue-callswaiting", "still-here"]


def test_a_prompt_includes_the_estimated_hold_time() -> None:
    lab = make_lab(PROMPT_OPTIONS | {"play_estimate_hold_time": "Y"})
    lab.customer(name="first")
    lab.wait(200)
    lab.customer(name="second")
    lab.wait(15)
    assert list_files(lab, "first")[-5:] == [
        "queue-holdtime",
        "queue-less-than",
        "digits/1",
        "queue-minute",
        "still-here",
    ]
    assert list_files(lab, "second") == [
        "queue-holdtime",
        "digits/4",
        "queue-minutes",
        "still-here",
    ]  # 210 s less 10 s of waiting


def test_a_match_stops_every_prompt_before_the_move() -> None:
    lab = make_lab(PROMPT_OPTIONS)
    lab.customer()
    lab.wait(10.3)
    assert list_files(lab) == ["still-here"] and lab.call().prompts.playing
    lab.ask(Kind.RESUME)
    assert together(lab, CUSTOMER, PHONE)
    stops = [index for index, action in enumerate(lab.asked) if isinstance(action, do.StopPlay)]
    joins = [
        index for index, action in enumerate(lab.asked) if isinstance(action, do.AddToBridge) and action.leg == CUSTOMER
    ]
    assert len(stops) == 1 and stops[0] < joins[-1]
    lab.wait(60)
    assert list_files(lab) == ["still-here"]


def test_prompts_pause_while_a_phone_rings_and_continue_without_an_answer() -> None:
    lab = make_lab(PROMPT_OPTIONS)
    lab.asterisk.far_ends["1002"] = [(0.1, "ringing")]
    lab.customer()
    lab.wait(5)
    lab.log_in("1002")
    assert lab.call().state is State.RINGING_AGENT
    lab.wait(12)
    assert list_files(lab) == []
    lab.wait(4)
    assert lab.call().state is State.WAITING
    lab.wait(10)
    assert list_files(lab) == ["still-here"]


def test_a_hangup_during_a_prompt_leaves_no_call_and_no_stop_request() -> None:
    lab = make_lab(PROMPT_OPTIONS)
    lab.customer()
    lab.wait(10.3)
    lab.hang_up(CUSTOMER)
    assert not lab.world.calls and not lab.asterisk.bridges
    assert not [action for action in lab.asked if isinstance(action, do.StopPlay)]


def test_the_end_of_an_earlier_prompt_is_ignored() -> None:
    lab = lab_with(HELLO)
    lab.customer()
    playing = lab.call().prompts.playing
    lab.feed(ev.PlayFinished(CUSTOMER, play="say-of-another"))
    assert lab.call().prompts.playing == playing and lab.call().prompts.welcoming


def test_prompts_that_cannot_be_played_are_logged_and_delay_no_caller() -> None:
    lab = make_lab(PROMPT_OPTIONS)
    lab.customer()
    lab.wait(10.1)
    lab.feed(ev.PlayFinished(CUSTOMER, ok=False, play=lab.call().prompts.playing))
    assert lab.call().prompts.saying == ()
    lab.asterisk.now += SECOND
    assert [("still-here" in note) for note in lab.feed(ev.TimerFired()).notes] == [True]
    assert lab.feed(ev.TimerFired()).notes == []


# -- the last message --


def test_a_message_of_no_files_is_over_at_once() -> None:
    lab = make_lab({"drop_action": "MESSAGE", "drop_message": "---NONE---", "drop_call_seconds": 3})
    lab.customer()
    lab.wait(3.1)
    assert not lab.world.calls and CUSTOMER not in lab.asterisk.channels


# -- restarts --


def test_after_a_restart_a_welcome_counts_as_heard() -> None:
    lab = lab_with(HELLO)
    lab.customer()
    lab.wait(0.2)
    restarted(lab)
    assert together(lab, CUSTOMER, PHONE)
    assert lab.asterisk.cut_off


def test_after_a_restart_prompts_go_on_from_their_times() -> None:
    lab = make_lab(PROMPT_OPTIONS)
    lab.customer()
    lab.wait(10.3)
    restarted(lab)
    lab.wait(9)
    assert list_files(lab) == ["still-here"]
    lab.wait(1)
    assert list_files(lab) == ["still-here"] * 2
    assert ((lab.call().prompts.prompt_at or 0) - lab.call().arrived) // SECOND == 30


def test_the_last_message_begins_again_after_a_restart() -> None:
    lab = make_lab({"drop_action": "MESSAGE", "drop_call_seconds": 3})
    lab.customer()
    lab.wait(3.5)
    restarted(lab)
    assert list_files(lab) == ["vm-goodbye"] * 2
    lab.wait(1.1)
    assert not lab.world.calls
