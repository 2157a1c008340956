"""A request to Asterisk is refused, lost or late, or the app dies before it: later, all is as without the fault."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pytest

from tests.core.core_stage import (
    CUSTOMER,
    PHONE,
    SILENT,
    SLOW,
    all_receipts,
    files,
    in_seat,
    is_dispo,
    meanwhile,
    outcome,
    phone_of,
    recordings,
    restarted,
    set_up,
    slowly,
    together,
)
from tools.simulation.asterisk import injected_faults
from tools.simulation.asterisk.core_driver import demo_rules
from tools.simulation.asterisk.injected_faults import BACK, REFUSED, Faulty, InjectedFault
from tools.simulation.asterisk.simulated_asterisk import SECOND
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.core.engine import action_results
from warmline.core.messages import actions as do
from warmline.core.messages.action_answers import ActionFailed
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.leg import Role
from warmline.core.model.receipt import Outcome
from warmline.core.replace import replace

ANSWER_LOST, BROKEN, DEATH, LATE, LOST, REPEATED, TOO_LATE = (
    InjectedFault.ANSWER_LOST,
    InjectedFault.BROKEN,
    InjectedFault.DEATH,
    InjectedFault.LATE,
    InjectedFault.LOST,
    InjectedFault.REPEATED,
    InjectedFault.TOO_LATE,
)
NOT_DONE = (*REFUSED, LOST)
SUPERVISOR_PHONE = "1001"
ON_HOOK = "1002"
CLOSED = ("ingroup", "CLOSEDLINE")
ALL_CALLS = {"campaign_recording": "ALLCALLS", "leave_3way_start_recording": "ALL_CALLS"}


def at_work(*users: str, **campaign: Any) -> Faulty:
    """Let these agents be READY; there is no fault yet."""
    lab = Faulty(demo_rules(**campaign))
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


def in_scene(scene: str) -> Faulty:
    """Return agent 1000 with a recorded customer in this scene."""
    lab = at_work("1000", campaign_recording="ALLCALLS")
    set_up(lab, scene)
    return lab


def in_three_way() -> Faulty:
    lab = at_work("1000", **ALL_CALLS)
    set_up(lab, "three_way")
    return lab


def grabbed() -> Faulty:
    """Return a customer who was parked and talks again; the holding bridge is still there."""
    lab = in_scene("parked")
    assert lab.ask(Kind.GRAB_CUSTOMER) == ""
    return lab


def playing_prompt() -> Faulty:
    """Let a customer hear a prompt in the queue of a paused agent."""
    lab = Faulty(demo_rules({"prompt_interval": 10, "onhold_prompt_filename": "still-here"}))
    lab.log_in("1000")
    lab.ask(Kind.PAUSE)
    lab.customer()
    lab.wait(10.1)
    assert lab.asterisk.channels[CUSTOMER].playing
    return lab


def struck(lab: Faulty) -> list[type[do.Action]]:
    return [type(action) for _, action in lab.struck]


def come_in(lab: Faulty, channel: str, user: str = "1000") -> None:
    lab.asterisk.come_in(channel, "login", user)
    lab.pump()


def move_to_another_phone(lab: Faulty) -> None:
    lab.configure("agents", "1000", phone="1009")
    come_in(lab, "second")


def log_out_and_in(lab: Faulty) -> None:
    lab.ask(Kind.LOGOUT)
    come_in(lab, "again")


def dial_twice(lab: Faulty) -> None:
    for _ in range(2):
        lab.ask(Kind.DIAL_WITH_CUSTOMER, number=SILENT)
        lab.wait(2.1 if lab.struck[-1][0] is LOST else 0.1)


def dial_twice_and_restart(lab: Faulty) -> None:
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number=SILENT)
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number=SILENT)
    restarted(lab)


def dial_who_answers(lab: Faulty) -> None:
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number=SILENT)
    lab.asterisk.after(1.0, lab.third(), "up")


def hand_over(lab: Faulty) -> None:
    lab.log_in("1001")
    lab.ask(Kind.LOCAL_CLOSER, ingroup="SUPPORTLINE")


def hand_over_muted(lab: Faulty) -> None:
    lab.ask(Kind.LOCAL_CLOSER, ingroup="SUPPORTLINE")
    lab.ask(Kind.MUTE)


def has_all(lab: Faulty, *channels: str) -> bool:
    """Return whether exactly these channels are on the line."""
    return sorted(lab.asterisk.channels) == sorted(channels)


def has_agent_with_customer(lab: Faulty, user: str = "1000") -> bool:
    return lab.call().state is State.TALKING and together(lab, CUSTOMER, phone_of(lab, user))


def is_next_call_answered(lab: Faulty) -> bool:
    is_empty = not lab.asterisk.channels
    lab.ask(Kind.STATUS, ON_HOOK, status="A")
    lab.customer(name="next")
    lab.wait(2)
    return is_empty and together(lab, "next", phone_of(lab, ON_HOOK))


def is_bridge_left_clean(lab: Faulty) -> bool:
    hears_music = lab.asterisk.hears_music(CUSTOMER)
    lab.hang_up(CUSTOMER)
    lab.hang_up(PHONE)
    return hears_music and not lab.asterisk.bridges


def is_only_file_kept(lab: Faulty) -> bool:
    is_running = len(lab.asterisk.recordings) == len(lab.world.recordings) == 1
    lab.hang_up(CUSTOMER)
    return is_running and [(row.status, row.cause) for row in files(lab)] == [("kept", "")]


def is_file_failed_and_next_begun(lab: Faulty) -> bool:
    has_failed = [(row.status, row.cause) for row in files(lab)] == [("failed", "Asterisk: a fault (0)")]
    return has_failed and lab.ask(Kind.RECORD_START) == "" and len(lab.asterisk.recordings) == 1


def is_handoff_recorded(lab: Faulty) -> bool:
    [call_file, handoff_file] = [row for row in files(lab) if row.status != "failed"]
    return call_file.status == "kept" and list(lab.asterisk.recordings) == [handoff_file.id]


class Row(NamedTuple):
    """`failing`: the fault of the next request of a class, or of a number and a class; None for each of `faults`."""

    name: str
    scene: Callable[[], Faulty]
    failing: Mapping[Any, InjectedFault | None]
    request: Callable[[Faulty], object]
    seconds: float  # until all is right
    is_right: Callable[[Faulty], bool]
    faults: tuple[InjectedFault, ...] = NOT_DONE


UNDIALLED = {do.DialLeg: BROKEN, do.HangUpLeg: None}
ROWS = [
    # a hang-up
    Row("a phone that is logged out is hung up", lambda: at_work("1000"), {do.HangUpLeg: None},
        lambda lab: lab.ask(Kind.LOGOUT), 5, lambda lab: has_all(lab) and not lab.world.legs, (*NOT_DONE, DEATH)),
    Row("the phone that an agent has moved from is hung up", lambda: at_work("1000"), {do.HangUpLeg: None},
        move_to_another_phone, 6, lambda lab: has_all(lab, "second") and list(lab.world.legs) == ["second"]
        and in_seat(lab)),
    Row("an agent who logs in again keeps the new leg", lambda: at_work("1000"), {do.HangUpLeg: BROKEN},
        log_out_and_in, 5, lambda lab: has_all(lab, "again") and list(lab.world.legs) == ["again"]
        and together(lab, lab.customer(), "again"), (BROKEN,)),
    Row("an on_hook phone is hung up, and has the next call", lambda: in_call(ON_HOOK), {do.HangUpLeg: None},
        lambda lab: lab.hang_up(CUSTOMER), 5, is_next_call_answered, (*NOT_DONE, DEATH)),
    Row("an undialled supervisor is hung up, and the command ends", lambda: at_work("1000"), UNDIALLED,
        lambda lab: lab.ask(Kind.LISTEN, number=SUPERVISOR_PHONE), 5,
        lambda lab: has_all(lab, PHONE) and outcome(lab, Kind.LISTEN) is Outcome.ABANDONED, (*NOT_DONE, DEATH)),
    Row("a lost phone is called back again", lambda: in_call("1000"), UNDIALLED,
        lambda lab: lab.hang_up(PHONE, 44), 10,
        lambda lab: lab.call().state is State.TALKING and has_all(lab, CUSTOMER, phone_of(lab, "1000"))),
    Row("the caller of an undialled on_hook phone waits", lambda: at_work(ON_HOOK), UNDIALLED,
        lambda lab: lab.customer(), 5, lambda lab: lab.call().state is State.WAITING and has_all(lab, CUSTOMER)
        and lab.session(ON_HOOK).pause_code == "NOANSW"),
    Row("an undialled customer is hung up, and the agent is free", lambda: at_work("1000"), UNDIALLED,
        lambda lab: lab.ask(Kind.DIAL, number=SLOW), 8,
        lambda lab: not lab.world.calls and has_all(lab, PHONE) and in_seat(lab), (*NOT_DONE, DEATH)),
    Row("an undialled third is hung up while another is dialled", lambda: in_scene("talking"), UNDIALLED,
        dial_twice, 5, lambda lab: has_all(lab, CUSTOMER, PHONE, lab.third())),
    Row("a third that the next has replaced is hung up after a restart", lambda: in_call("1000"), UNDIALLED,
        dial_twice_and_restart, 5, lambda lab: has_all(lab, CUSTOMER, PHONE, lab.third()), tuple(REFUSED)),
    Row("a beep that is over is hung up", lambda: at_work("1000"), {do.HangUpLeg: None},
        lambda lab: set_up(lab, "talking"), 5, lambda lab: has_all(lab, CUSTOMER, PHONE)
        and Role.WHISPER not in {leg.role for leg in lab.world.legs.values()}),
    # a dial, an answer, a move
    Row("an app that died before the dial calls a lost phone back", lambda: in_call("1000"), {do.DialLeg: DEATH},
        lambda lab: lab.hang_up(PHONE, 44), 4, has_agent_with_customer, (DEATH,)),
    Row("an app that died before the dial rings an on_hook phone", lambda: at_work(ON_HOOK), {do.DialLeg: DEATH},
        lambda lab: lab.customer(), 4, lambda lab: has_agent_with_customer(lab, ON_HOOK), (DEATH,)),
    Row("an app that died before the dial calls a phone to log its agent in", at_work, {do.DialLeg: DEATH},
        lambda lab: lab.ask(Kind.LOGIN), 5, lambda lab: in_seat(lab) and lab.session().state is AgentState.READY
        and [receipt.outcome for receipt in all_receipts(lab, Kind.LOGIN)] == [Outcome.COMPLETED], (DEATH,)),
    Row("an app that died before the answer answers a phone that logs in", at_work, {do.AnswerLeg: DEATH},
        lambda lab: come_in(lab, PHONE), 3, lambda lab: in_seat(lab) and together(lab, lab.customer(), PHONE),
        (DEATH,)),
    Row("an app that died before the answer answers a caller", lambda: at_work("1000"), {do.AnswerLeg: DEATH},
        lambda lab: lab.customer(), 3, lambda lab: together(lab, CUSTOMER, PHONE), (DEATH,)),
    Row("a phone that logs in is answered", at_work, {do.AnswerLeg: None},
        lambda lab: come_in(lab, PHONE), 6, lambda lab: in_seat(lab) and together(lab, lab.customer(), PHONE)),
    Row("a caller is answered", lambda: at_work("1000"), {do.AnswerLeg: None},
        lambda lab: lab.customer(), 6, lambda lab: together(lab, CUSTOMER, PHONE)),
    Row("a party who moved when the app died arrives at once", lambda: in_call("1000"), {do.RemoveFromBridge: DEATH},
        hand_over, BACK + 0.2, lambda lab: together(lab, CUSTOMER, phone_of(lab, "1001")), (DEATH,)),
    *(
        Row(f"a third who answers an unconfirmed {kind.__name__} stays", lambda: in_scene("talking"),
            {kind: ANSWER_LOST}, dial_who_answers, 10, lambda lab: lab.call().state is State.THREE_WAY
            and together(lab, CUSTOMER, PHONE, lab.third()), (ANSWER_LOST,))
        for kind in (do.CreateChannel, do.DialLeg)
    ),
    Row("an agent who came into the bridge twice hears it", lambda: in_scene("rescue"), {(1, do.AddToBridge): None},
        lambda lab: None, 10, has_agent_with_customer, (TOO_LATE, REPEATED)),
    Row("unconfirmed silence of a former seat is stopped", lambda: in_scene("rescue"),
        {(1, do.AddToBridge): TOO_LATE, (6, do.PlaySilence): ANSWER_LOST},
        lambda lab: None, 15, has_agent_with_customer, (TOO_LATE,)),
    Row("silence that an app was about to end when it died is stopped", lambda: in_scene("rescue"),
        {(1, do.AddToBridge): REPEATED, (4, do.PlaySilence): DEATH},
        lambda lab: None, 15, has_agent_with_customer, (DEATH,)),
    Row("an agent who was not removed returns to the seat", lambda: in_scene("talking"), {do.RemoveFromBridge: None},
        lambda lab: lab.hang_up(CUSTOMER), 8, lambda lab: in_seat(lab) and is_dispo(lab) and not lab.world.calls
        and not lab.asterisk.bridges, (*NOT_DONE, ANSWER_LOST, TOO_LATE, DEATH)),
    Row("a party added to a holding bridge twice hears music", lambda: in_scene("talking"), {do.AddToBridge: None},
        lambda lab: lab.ask(Kind.PARK_CUSTOMER), 6, is_bridge_left_clean, (TOO_LATE, REPEATED)),
    # what parties hear
    Row("a ring tone stops", lambda: in_scene("dialing"), {do.StopBridgeAudio: None},
        lambda lab: lab.ask(Kind.HANGUP_XFER), 3,
        lambda lab: not lab.asterisk.tones and together(lab, CUSTOMER, PHONE)),
    Row("the music of a bridge stops", lambda: in_scene("asking"), {do.StopBridgeMusic: None},
        lambda lab: lab.ask(Kind.HANGUP_XFER), 3, lambda lab: not lab.asterisk.room_music),
    Row("parties who wait for a closer hear music", lambda: in_call("1000"), {do.PlayBridgeMusic: None},
        lambda lab: lab.ask(Kind.DIAL_WITH_CUSTOMER, ingroup="SUPPORTLINE"), 4,
        lambda lab: lab.asterisk.hears_music(CUSTOMER) and lab.asterisk.hears_music(PHONE), (*NOT_DONE, DEATH)),
    Row("a holding bridge that is there gets its music", grabbed, {do.CreateHoldingBridge: None},
        lambda lab: lab.ask(Kind.PARK_CUSTOMER), 1, lambda lab: lab.asterisk.hears_music(CUSTOMER),
        (BROKEN, InjectedFault.UNAVAILABLE)),
    Row("silence stops, and the agent hears the customer", lambda: at_work("1000"), {do.PlaySilence: None},
        lambda lab: lab.customer(), 4, lambda lab: together(lab, CUSTOMER, PHONE)),
    Row("a prompt does not keep the caller from the agent", playing_prompt, {do.StopPlay: BROKEN},
        lambda lab: lab.ask(Kind.RESUME), 0.6, lambda lab: together(lab, CUSTOMER, PHONE), (BROKEN,)),
    Row("a microphone that was to go off as the call ended is on", lambda: in_scene("talking"),
        {(1, do.CreateHoldingBridge): LATE, (7, do.MuteInbound): None},
        hand_over_muted, 10, lambda lab: lab.struck[-1][1] == do.MuteInbound(PHONE, on=False)
        and not lab.asterisk.channels[PHONE].muted and not lab.world.receipts),
    # recordings
    Row("a recording stops", lambda: in_scene("talking"), {do.StopRecording: None},
        lambda lab: lab.ask(Kind.RECORD_STOP), 3, lambda lab: not lab.asterisk.recordings
        and recordings(lab) == [("call", "campaign_recording=ALLCALLS")]),
    Row("a recording that was only answered late, or begins late, is kept",
        lambda: at_work("1000", campaign_recording="ALLCALLS"), {do.StartRecording: None},
        lambda lab: set_up(lab, "talking"), 5, is_only_file_kept, (ANSWER_LOST, TOO_LATE)),
    Row("a recording that never begins has failed", lambda: at_work("1000", campaign_recording="ALLCALLS"),
        {do.StartRecording: None}, lambda lab: set_up(lab, "talking"), 15, is_file_failed_and_next_begun, (LOST,)),
    Row("a recording that an app was about to stop when it died is stopped", in_three_way, {do.StopRecording: DEATH},
        lambda lab: lab.ask(Kind.LEAVE_3WAY_CALL), 5, is_handoff_recorded, (DEATH,)),
    # the fallback
    Row("a caller who is not taken comes to the fallback", lambda: at_work("1000"), {do.ContinueInFallback: None},
        lambda lab: lab.customer(*CLOSED), 5, lambda lab: list(lab.world.legs) == [PHONE]
        and lab.asterisk.given_back == [(CUSTOMER, "ingroup CLOSEDLINE is unknown or inactive")],
        (*NOT_DONE, ANSWER_LOST, DEATH)),
]  # fmt: skip


def find_problem(row: Row, fault: InjectedFault) -> str:
    """Return what is wrong after this fault, or ""."""
    lab = row.scene()
    expected_faults = []
    for request, planned in row.failing.items():
        number, kind = request if isinstance(request, tuple) else (None, request)
        expected_faults.append((planned or fault, kind))
        if number is None:
            lab.first[kind] = planned or fault
        else:
            lab.plan[number] = planned or fault
    row.request(lab)
    lab.wait(row.seconds)
    if [(struck_fault, type(action)) for struck_fault, action in lab.struck] != expected_faults:
        return f"{row.name} ({fault}): the faults were {lab.struck}"
    return "" if row.is_right(lab) else f"{row.name} ({fault}): it is not"


@pytest.mark.fault(
    "Asterisk refuses a request (4xx, 5xx), or answers after the app has given up",
    "a correction within half a second: a late tone or music ends, and a party who joined twice hears the call",
    "the same as without the fault; a request that cannot be repeated has failed, with Asterisk's text as the cause",
)
def test_after_a_fault_all_is_as_without_it() -> None:
    problems = [problem for row in ROWS for fault in row.faults if (problem := find_problem(row, fault))]
    assert problems == []


def test_a_phone_that_hangs_up_by_itself_is_not_asked_again() -> None:
    lab = at_work("1000")
    lab.first[do.HangUpLeg] = InjectedFault.BROKEN
    lab.ask(Kind.LOGOUT)
    lab.hang_up(PHONE)
    lab.wait(5)
    assert lab.asked.count(do.HangUpLeg(PHONE)) == 1 and not lab.world.legs


def test_a_caller_who_cannot_be_answered_is_hung_up() -> None:
    lab = at_work()
    perform = lab.perform

    def refuse_answers(action: do.Action) -> None:
        if isinstance(action, do.AnswerLeg):
            lab.asterisk.out.append(ActionFailed(action, 0, "no answer from Asterisk within 2 s"))
        else:
            perform(action)

    lab.perform = refuse_answers  # type: ignore[method-assign] # in this test
    lab.customer()
    lab.wait(20)
    assert not lab.asterisk.channels and not lab.world.calls


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


def not_sent_back(lab: Faulty) -> Faulty:
    """Check that a caller who was not accepted is still connected."""
    lab.first[do.ContinueInFallback] = InjectedFault.BROKEN
    lab.customer(*CLOSED)
    assert list(lab.asterisk.channels) == list(lab.world.legs) == [CUSTOMER]
    return lab


def test_a_caller_who_is_not_taken_is_sent_back_by_the_next_app() -> None:
    lab = restarted(not_sent_back(at_work()))
    assert lab.asterisk.given_back and not lab.world.legs


def test_a_recording_with_unseen_start_and_end_is_kept() -> None:
    lab = begun_too_late()
    lab.wait(2.5)  # given up, and not begun
    with slowly(lab):
        meanwhile(lab, 1)
        lab.asterisk.hang_up(CUSTOMER)
        lab.asterisk.hang_up(PHONE)
        lab.asterisk.out.clear()
    lab.feed_together(difference(lab.asterisk, lab.world))
    lab.wait(10)
    [row] = files(lab)
    assert (row.status, row.cause) == ("kept", "") and row.length and row.path


def test_a_recording_with_an_unseen_start_is_stopped_before_its_measurement() -> None:
    lab = begun_too_late()
    lab.wait(2.5)  # given up, and not begun
    with slowly(lab):
        meanwhile(lab, 1)
        lab.asterisk.out.clear()  # the start is not received
    lab.wait(10)
    [row] = [recording for recording in files(lab) if recording.ended]
    assert row.id not in lab.asterisk.recordings and (row.status, row.cause) == ("kept", "") and row.length


@pytest.mark.parametrize("fault", [*REFUSED, InjectedFault.LOST, InjectedFault.DEATH])
def test_a_recording_that_begins_when_it_was_given_up_and_is_not_wanted_any_more_is_stopped(
    fault: InjectedFault,
) -> None:
    lab = begun_too_late()
    lab.ask(Kind.RECORD_STOP)
    lab.wait(2.5)  # given up, and not begun
    lab.first[do.StopRecording] = fault
    lab.wait(15)
    assert len(lab.struck) == 2
    [row] = files(lab)
    assert not lab.asterisk.recordings and row.status == "kept"


def begun_too_late() -> Faulty:
    """Return agent 1000 with a customer; the answer about their recording is late, but it runs."""
    lab = Faulty(demo_rules(campaign_recording="ALLCALLS"))
    lab.log_in("1000")
    lab.first[do.StartRecording] = InjectedFault.TOO_LATE
    set_up(lab, "talking")
    return lab


def test_a_room_is_recorded_without_a_break_when_the_app_dies_in_a_leave() -> None:
    lab = Faulty(demo_rules(campaign_recording="ALLCALLS", leave_3way_start_recording="ALL_CALLS"))
    lab.log_in("1000")
    set_up(lab, "three_way")
    lab.first[do.StartRecording] = InjectedFault.DEATH
    lab.ask(Kind.LEAVE_3WAY_CALL)
    lab.asked.clear()
    lab.wait(5)
    action_classes = [type(action) for action in lab.asked if isinstance(action, do.StartRecording | do.StopRecording)]
    assert lab.struck and action_classes[:2] == [do.StartRecording, do.StopRecording]
    [call, handoff] = [recording for recording in files(lab) if recording.status != "failed"]
    assert call.status == "kept" and list(lab.asterisk.recordings) == [handoff.id]
