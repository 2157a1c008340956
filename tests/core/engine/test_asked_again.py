"""A refused hang-up, or an app that dies before a hang-up, dial, answer or move: the request is repeated."""

import pytest

from tests.core.core_stage import (
    CUSTOMER,
    PHONE,
    SILENT,
    SLOW,
    all_receipts,
    in_seat,
    outcome,
    phone_of,
    restarted,
    together,
)
from tools.simulation.asterisk import injected_faults
from tools.simulation.asterisk.core_driver import demo_rules
from tools.simulation.asterisk.injected_faults import BACK, REFUSED, Faulty, InjectedFault
from tools.simulation.asterisk.simulated_asterisk import SECOND
from warmline.core.engine import action_results
from warmline.core.messages import actions as do
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.receipt import Outcome
from warmline.core.replace import replace

NOT_DONE = (*REFUSED, InjectedFault.LOST)
SUPERVISOR_PHONE = "1001"  # the supervisor's phone
ON_HOOK = "1002"


def at_work(*users: str) -> Faulty:
    """Let these agents be READY; there is no fault yet."""
    lab = Faulty(demo_rules())
    for user in users:
        lab.log_in(user)
    return lab


def in_call(user: str) -> Faulty:
    """Connect this agent to a customer, and wait for the end of the beep."""
    lab = at_work(user)
    lab.customer()
    lab.wait(2.5)
    assert lab.call().state is State.TALKING
    return lab


def cannot_be_dialled(lab: Faulty, fault: InjectedFault) -> Faulty:
    """Let the next leg be created, and fail its dial and its hang-up."""
    lab.first[do.DialLeg], lab.first[do.HangUpLeg] = InjectedFault.BROKEN, fault
    return lab


def struck(lab: Faulty) -> list[type[do.Action]]:
    return [type(action) for _, action in lab.struck]


# -- a hang-up --


@pytest.mark.parametrize("fault", [*NOT_DONE, InjectedFault.DEATH])
def test_a_failed_hangup_of_a_logged_out_phone_is_repeated(fault: InjectedFault) -> None:
    lab = at_work("1000")
    lab.first[do.HangUpLeg] = fault
    lab.ask(Kind.LOGOUT)
    lab.wait(5)
    assert lab.struck and not lab.asterisk.channels and not lab.world.legs


@pytest.mark.parametrize("fault", NOT_DONE)
def test_the_phone_that_an_agent_has_moved_from(fault: InjectedFault) -> None:
    lab = at_work("1000")
    lab.configure("agents", "1000", phone="1009")
    lab.first[do.HangUpLeg] = fault
    lab.asterisk.come_in("second", "login", "1000")
    lab.pump()
    lab.wait(6)
    assert lab.struck and list(lab.asterisk.channels) == list(lab.world.legs) == ["second"]
    assert in_seat(lab)


def test_an_agent_who_logs_in_again_during_a_failed_hangup_keeps_the_new_leg() -> None:
    lab = at_work("1000")
    lab.first[do.HangUpLeg] = InjectedFault.BROKEN
    lab.ask(Kind.LOGOUT)
    lab.asterisk.come_in("again", "login", "1000")
    lab.pump()
    lab.wait(5)
    assert lab.struck and list(lab.asterisk.channels) == list(lab.world.legs) == ["again"]
    lab.customer()
    assert together(lab, CUSTOMER, "again")


def test_a_phone_that_hangs_up_by_itself_is_not_asked_again() -> None:
    lab = at_work("1000")
    lab.first[do.HangUpLeg] = InjectedFault.BROKEN
    lab.ask(Kind.LOGOUT)
    lab.hang_up(PHONE)
    lab.wait(5)
    assert lab.asked.count(do.HangUpLeg(PHONE)) == 1 and not lab.world.legs


@pytest.mark.parametrize("fault", [*NOT_DONE, InjectedFault.DEATH])
def test_a_failed_hangup_of_an_on_hook_phone_is_repeated_and_the_next_call_arrives(fault: InjectedFault) -> None:
    lab = in_call(ON_HOOK)
    lab.first[do.HangUpLeg] = fault
    lab.hang_up(CUSTOMER)
    lab.wait(5)
    assert lab.struck and not lab.asterisk.channels
    lab.ask(Kind.STATUS, ON_HOOK, status="A")
    lab.customer(name="next")
    lab.wait(2)
    assert together(lab, "next", phone_of(lab, ON_HOOK))


@pytest.mark.parametrize("fault", [*NOT_DONE, InjectedFault.DEATH])
def test_a_failed_hangup_of_an_undialled_supervisor_is_repeated_and_the_command_ends(fault: InjectedFault) -> None:
    lab = cannot_be_dialled(at_work("1000"), fault)
    lab.ask(Kind.LISTEN, number=SUPERVISOR_PHONE)
    lab.wait(5)
    assert struck(lab) == [do.DialLeg, do.HangUpLeg] and list(lab.asterisk.channels) == [PHONE]
    assert outcome(lab, Kind.LISTEN) is Outcome.ABANDONED


@pytest.mark.parametrize("fault", NOT_DONE)
def test_a_lost_phone_that_could_not_be_called_back_and_is_tried_again(fault: InjectedFault) -> None:
    lab = cannot_be_dialled(in_call("1000"), fault)
    lab.hang_up(PHONE, 44)
    lab.wait(10)
    assert struck(lab) == [do.DialLeg, do.HangUpLeg]
    members = {CUSTOMER, phone_of(lab, "1000")}
    assert lab.call().state is State.TALKING and set(lab.asterisk.channels) == members


@pytest.mark.parametrize("fault", NOT_DONE)
def test_an_on_hook_phone_that_could_not_be_dialled_and_its_caller_goes_to_the_next(fault: InjectedFault) -> None:
    lab = cannot_be_dialled(at_work(ON_HOOK), fault)
    lab.customer()
    lab.wait(5)
    assert struck(lab) == [do.DialLeg, do.HangUpLeg]
    assert lab.call().state is State.WAITING and list(lab.asterisk.channels) == [CUSTOMER]
    assert lab.session(ON_HOOK).pause_code == "NOANSW"


@pytest.mark.parametrize("fault", [*NOT_DONE, InjectedFault.DEATH])
def test_a_failed_hangup_of_an_undialled_customer_is_repeated_and_the_agent_is_free(fault: InjectedFault) -> None:
    lab = cannot_be_dialled(at_work("1000"), fault)
    lab.ask(Kind.DIAL, number=SLOW)
    lab.wait(8)
    assert struck(lab) == [do.DialLeg, do.HangUpLeg]
    assert not lab.world.calls and list(lab.asterisk.channels) == [PHONE] and in_seat(lab)


def test_while_asterisk_is_away_ever_more_seldom() -> None:
    lab = at_work("1000")
    lab.first[do.HangUpLeg] = InjectedFault.BROKEN
    lab.ask(Kind.LOGOUT)
    for _ in range(600):
        lab.first[do.HangUpLeg] = InjectedFault.BROKEN
        lab.wait(0.5)
    assert 10 <= lab.asked.count(do.HangUpLeg(PHONE)) <= 20, "in five minutes"
    lab.first.clear()
    lab.wait(33)
    assert not lab.asterisk.channels


def rings_after_all(lab: Faulty, monkeypatch: pytest.MonkeyPatch) -> Faulty:
    """The next leg is dialled just after the previous one was given up, whose hang-up was refused."""
    monkeypatch.setattr(injected_faults, "SLOW", 0.2)
    lab.first[do.DialLeg], lab.first[do.HangUpLeg] = InjectedFault.TOO_LATE, InjectedFault.BROKEN
    return lab


def test_a_third_that_rings_after_all_is_hung_up_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    lab = rings_after_all(in_call("1000"), monkeypatch)
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number=SLOW)
    lab.wait(10)
    assert struck(lab) == [do.DialLeg, do.HangUpLeg] and sorted(lab.asterisk.channels) == sorted([CUSTOMER, PHONE])
    assert lab.call().state is State.TALKING


def test_an_agent_who_answers_after_a_failed_hangup_keeps_the_leg(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(action_results, "RETRY_PAUSE_US", 3 * SECOND)  # the party answers before the second hang-up
    lab = rings_after_all(in_call("1000"), monkeypatch)
    lab.hang_up(PHONE, 44)
    lab.wait(10)
    assert struck(lab) == [do.DialLeg, do.HangUpLeg] and lab.asked.count(do.HangUpLeg(phone_of(lab, "1000"))) == 1
    assert lab.call().state is State.TALKING and together(lab, CUSTOMER, phone_of(lab, "1000"))


@pytest.mark.parametrize("fault", REFUSED)
def test_a_third_hears_nothing_of_the_room_before_the_answer(fault: InjectedFault) -> None:
    lab = in_call("1000")
    lab.first[do.MuteOutbound] = fault
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number=SLOW)
    lab.wait(1)
    third = lab.asterisk.channels[lab.third()]
    assert lab.struck and third.deaf
    lab.wait(2)
    assert lab.call().state is State.THREE_WAY and not third.deaf and lab.asterisk.hears(third.id, CUSTOMER)


@pytest.mark.parametrize("fault", REFUSED)
def test_a_third_party_with_a_refused_hangup_is_hung_up_after_a_restart(fault: InjectedFault) -> None:
    """The next dial has replaced it: it is in no call."""
    lab = cannot_be_dialled(in_call("1000"), fault)
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number=SILENT)
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number=SILENT)
    restarted(lab)
    lab.wait(5)
    assert sorted(lab.asterisk.channels) == sorted([CUSTOMER, PHONE, lab.third()])


# -- what parties hear --


@pytest.mark.parametrize("fault", [*NOT_DONE, InjectedFault.DEATH])
def test_failed_music_for_parties_waiting_for_a_closer_is_repeated(fault: InjectedFault) -> None:
    lab = in_call("1000")
    lab.first[do.PlayBridgeMusic] = fault
    lab.ask(Kind.DIAL_WITH_CUSTOMER, ingroup="SUPPORTLINE")
    lab.wait(4)
    assert lab.struck and lab.asterisk.hears_music(CUSTOMER) and lab.asterisk.hears_music(PHONE)


def test_a_failed_stop_of_a_prompt_does_not_keep_the_caller_from_the_agent() -> None:
    lab = Faulty(demo_rules({"prompt_interval": 10, "onhold_prompt_filename": "still-here"}))
    lab.log_in("1000")
    lab.ask(Kind.PAUSE)
    lab.customer()
    lab.wait(10.1)
    assert lab.asterisk.channels[CUSTOMER].playing
    lab.first[do.StopPlay] = InjectedFault.BROKEN
    lab.ask(Kind.RESUME)
    lab.wait(0.6)
    assert lab.struck and together(lab, CUSTOMER, PHONE)


# -- silence in a recording --


def recorded() -> Faulty:
    lab = Faulty(demo_rules(campaign_recording="ALLCALLS"))
    lab.log_in("1000")
    lab.customer()
    return lab


def is_muted(lab: Faulty) -> bool:
    [file] = lab.asterisk.recordings
    return lab.asterisk.files[file].muted


@pytest.mark.parametrize("fault", [*NOT_DONE, InjectedFault.ANSWER_LOST, InjectedFault.DEATH])
def test_a_failed_recording_mute_is_repeated_until_confirmed(fault: InjectedFault) -> None:
    lab = recorded()
    for kind in (Kind.RECORD_MUTE, Kind.RECORD_UNMUTE):
        lab.first[do.MuteRecording] = fault
        assert lab.ask(kind) is None
        lab.wait(5)
        assert is_muted(lab) is (kind is Kind.RECORD_MUTE)
        assert outcome(lab, kind) is Outcome.COMPLETED
    assert [struck_fault for struck_fault, _ in lab.struck] == [fault, fault]


def test_a_recording_unmute_abandons_an_unconfirmed_mute() -> None:
    lab = recorded()
    lab.first[do.MuteRecording] = InjectedFault.BROKEN
    lab.ask(Kind.RECORD_MUTE)
    assert lab.ask(Kind.RECORD_UNMUTE) == ""
    assert (outcome(lab, Kind.RECORD_MUTE), lab.receipt().outcome) == (Outcome.ABANDONED, Outcome.COMPLETED)
    lab.wait(5)
    assert not is_muted(lab)


def test_only_the_last_requested_recording_mute_counts() -> None:
    lab = recorded()
    lab.first[do.MuteRecording] = InjectedFault.LATE
    lab.ask(Kind.RECORD_MUTE)
    lab.ask(Kind.RECORD_UNMUTE)
    lab.first[do.MuteRecording] = InjectedFault.BROKEN
    lab.ask(Kind.RECORD_MUTE)
    lab.wait(5)
    assert [struck_fault for struck_fault, _ in lab.struck] == [InjectedFault.LATE, InjectedFault.BROKEN] and is_muted(
        lab
    )
    assert [receipt.outcome for receipt in all_receipts(lab, Kind.RECORD_MUTE)] == [
        Outcome.ABANDONED,
        Outcome.COMPLETED,
    ]
    assert outcome(lab, Kind.RECORD_UNMUTE) is Outcome.ABANDONED


def test_a_recording_of_an_older_app_with_unknown_mute_is_unmuted() -> None:
    lab = recorded()
    [file] = lab.world.recordings.values()
    lab.world.keep(replace(file, muted=None))
    lab.asterisk.files[file.id].muted = True
    assert lab.ask(Kind.RECORD_UNMUTE) == "" and not is_muted(lab)


def test_a_recording_that_ends_before_it_is_silent() -> None:
    lab = recorded()
    lab.first[do.MuteRecording] = InjectedFault.BROKEN
    lab.ask(Kind.RECORD_MUTE)
    assert lab.ask(Kind.RECORD_STOP) == ""
    [receipt] = all_receipts(lab, Kind.RECORD_MUTE)
    assert (receipt.outcome, receipt.cause) == (Outcome.ABANDONED, "the recording has ended")


# -- the fallback --

CLOSED = ("ingroup", "CLOSEDLINE")


@pytest.mark.parametrize("fault", [*NOT_DONE, InjectedFault.ANSWER_LOST, InjectedFault.DEATH])
def test_a_caller_who_is_not_taken_comes_to_the_fallback(fault: InjectedFault) -> None:
    lab = at_work("1000")
    lab.first[do.ContinueInFallback] = fault
    lab.customer(*CLOSED)
    lab.wait(5)
    assert lab.struck and lab.asterisk.given_back == [(CUSTOMER, "ingroup CLOSEDLINE is unknown or inactive")]
    assert list(lab.world.legs) == [PHONE]


def not_sent_back(lab: Faulty) -> Faulty:
    """Check that a caller who was not accepted is still connected."""
    lab.first[do.ContinueInFallback] = InjectedFault.BROKEN
    lab.customer(*CLOSED)
    assert list(lab.asterisk.channels) == list(lab.world.legs) == [CUSTOMER]
    return lab


def test_a_caller_who_is_not_taken_is_sent_back_ever_more_seldom() -> None:
    lab = not_sent_back(at_work())
    for _ in range(600):
        lab.first[do.ContinueInFallback] = InjectedFault.BROKEN
        lab.wait(0.5)
    assert 10 <= sum(isinstance(action, do.ContinueInFallback) for action in lab.asked) <= 20, "in five minutes"
    lab.first.clear()
    lab.wait(33)
    assert lab.asterisk.given_back and not lab.world.legs


def test_a_caller_who_is_not_taken_is_sent_back_by_the_next_app() -> None:
    lab = restarted(not_sent_back(at_work()))
    assert lab.asterisk.given_back and not lab.world.legs


def test_a_caller_whose_return_failed_may_hang_up() -> None:
    lab = not_sent_back(at_work())
    lab.hang_up(CUSTOMER)
    lab.wait(5)
    assert not lab.world.legs and not lab.asterisk.given_back


# -- a dial that an app was about to send when it died --


def about_to_dial(lab: Faulty) -> Faulty:
    lab.first[do.DialLeg] = InjectedFault.DEATH
    return lab


def test_a_lost_phone_is_called_back() -> None:
    lab = about_to_dial(in_call("1000"))
    lab.hang_up(PHONE, 44)
    lab.wait(4)
    assert lab.struck and lab.call().state is State.TALKING and together(lab, CUSTOMER, phone_of(lab, "1000"))


def test_an_on_hook_phone_rings_for_its_caller() -> None:
    lab = about_to_dial(at_work(ON_HOOK))
    lab.customer()
    lab.wait(4)
    assert lab.struck and lab.call().state is State.TALKING and together(lab, CUSTOMER, phone_of(lab, ON_HOOK))


def test_a_phone_is_called_to_log_its_agent_in() -> None:
    lab = about_to_dial(at_work())
    lab.ask(Kind.LOGIN)
    lab.wait(5)
    assert lab.struck and in_seat(lab) and lab.session().state is AgentState.READY
    assert [receipt.outcome for receipt in all_receipts(lab, Kind.LOGIN)] == [Outcome.COMPLETED]


# -- an answer --


def test_a_phone_that_logs_in_is_answered() -> None:
    lab = at_work()
    lab.first[do.AnswerLeg] = InjectedFault.DEATH
    lab.asterisk.come_in(PHONE, "login", "1000")
    lab.pump()
    lab.wait(3)
    assert lab.struck and in_seat(lab)
    lab.customer()
    assert together(lab, CUSTOMER, PHONE)


def test_a_failed_answer_of_a_caller_with_a_ready_agent_is_repeated() -> None:
    lab = at_work("1000")
    lab.first[do.AnswerLeg] = InjectedFault.DEATH
    lab.customer()
    lab.wait(3)
    assert lab.struck and together(lab, CUSTOMER, PHONE)


# -- a move --


def test_a_party_moving_when_the_app_died_arrives_at_once() -> None:
    """The app finds that the leg left one bridge and is in another; it does not wait for a hang-up."""
    lab = in_call("1000")
    lab.log_in("1001")
    lab.first[do.RemoveFromBridge] = InjectedFault.DEATH
    lab.ask(Kind.LOCAL_CLOSER, ingroup="SUPPORTLINE")
    lab.wait(BACK + 0.2)
    assert lab.struck and together(lab, CUSTOMER, phone_of(lab, "1001"))
