"""Answering-machine detection beside automatic calls: no party waits for it, and a spoken word keeps the call."""

import pytest

from tests.core.core_stage import PHONE, together
from tests.core.dialler.lead_stage import ANSWERS, begun, called, dialling, goes, lead, list_calls, outcome
from tools.simulation.asterisk.core_driver import Driver
from tools.simulation.asterisk.injected_faults import Faulty, InjectedFault
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.dialler_messages import CreateDetector, DetectTalking
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.dialler import AgentSpeech, Verdict

MACHINE, LATE_MACHINE = (2.5, "MACHINE MAXWORDS-3-3"), (4.5, "MACHINE TOOLONG-5000")
MESSAGE = "our-offer"


def make_listening_lab(*agents: str, says: tuple[float, str] = MACHINE, **campaign: str) -> Driver:
    """Return a campaign with machine detection, whose lead is a machine, 100 ms after the lead's answer."""
    lab = dialling(*agents, **campaign)
    lab.asterisk.machines[ANSWERS] = says
    called(lab)
    lab.wait(2.1)
    return lab


def make_taken_call(lab: Driver) -> bool:
    return outcome(lab) == (State.ENDED, "AA", "amd")


def get_last_call(lab: Driver) -> Call:
    return list_calls(lab)[-1]


def test_an_agent_hears_the_answer_of_their_own_calls() -> None:
    lab = dialling("1000", amd="TAKE")
    lab.ask(Kind.PAUSE)
    lab.next_leads.append(lead(lab, ANSWERS))
    assert lab.ask(Kind.DIAL_NEXT) == ""
    lab.wait(9)
    assert lab.call().state is State.TALKING and lab.call().attempt.answered
    assert not [action for action in lab.asked if isinstance(action, CreateDetector | DetectTalking)]


@pytest.mark.parametrize("amd", ["MARK", "TAKE"])
def test_agent_and_lead_talk_before_the_detector_is_asked_for(amd: str) -> None:
    lab = make_listening_lab("1000", amd=amd)
    call = lab.call()
    assert call.state is State.TALKING and together(lab, call.customer or "", PHONE)
    moves = [action for action in lab.asked if isinstance(action, do.AddToBridge | CreateDetector)]
    assert [type(action) for action in moves] == [do.AddToBridge, do.AddToBridge, CreateDetector]


def test_mark_tells_the_verdict_and_changes_nothing() -> None:
    lab = make_listening_lab("1000", amd="MARK")
    lab.wait(3)
    call = lab.call()
    assert call.state is State.TALKING and together(lab, call.customer or "", PHONE)
    detection = call.attempt.amd
    assert (detection.verdict, detection.cause) == ("MACHINE", "MAXWORDS-3-3")
    assert detection.at and call.attempt.answered and 2_400_000 < detection.at - call.attempt.answered < 2_700_000
    assert not [action for action in lab.asked if isinstance(action, DetectTalking)]
    assert detection.detector not in lab.asterisk.channels
    lab.ask(Kind.STATUS, status="A")
    lab.hang_up(call.customer or "")
    assert outcome(lab) == (State.ENDED, "A", "customer")


@pytest.mark.parametrize("verdict", ["HUMAN", "NOTSURE", "HANGUP"])
def test_only_a_machine_is_taken(verdict: str) -> None:
    lab = make_listening_lab("1000", amd="TAKE", says=(2.0, f"{verdict} X-1"))
    lab.wait(5)
    assert lab.call().state is State.TALKING and lab.call().attempt.amd.verdict == verdict
    assert not lab.asterisk.talk_detected


def test_a_command_of_the_agent_keeps_the_call() -> None:
    lab = make_listening_lab("1000", amd="TAKE")
    assert lab.ask(Kind.PARK_CUSTOMER) == ""
    lab.wait(5)
    assert lab.call().state is State.PARKED and lab.call().attempt.amd.verdict is Verdict.MACHINE


@pytest.mark.parametrize("party", ["lead", "agent"])
def test_a_hang_up_before_the_verdict(party: str) -> None:
    lab = make_listening_lab("1000", amd="TAKE")
    if party == "lead":
        lab.hang_up(lab.call().customer or "")
    else:
        lab.ask(Kind.HANGUP)
    lab.wait(5)
    assert not lab.world.calls and list(lab.asterisk.channels) == [PHONE] and not lab.asterisk.talk_detected
    assert lab.session().state is AgentState.DISPO and get_last_call(lab).outcome.status != "AA"


def test_a_detector_that_is_not_created_changes_nothing() -> None:
    lab = begun(Faulty, "1000", amd="TAKE")
    lab.first = {CreateDetector: InjectedFault.BROKEN}
    called(lab)
    lab.wait(6)
    assert lab.struck and lab.call().state is State.TALKING and lab.call().attempt.amd.verdict is Verdict.NONE


@pytest.mark.parametrize("fault", [InjectedFault.BROKEN, InjectedFault.LOST, InjectedFault.ANSWER_LOST])
def test_talk_detection_that_fails_is_no_proof_of_silence(fault: InjectedFault) -> None:
    lab = begun(Faulty, "1000", amd="TAKE")
    lab.first = {DetectTalking: fault}
    lab.asterisk.machines[ANSWERS] = MACHINE
    called(lab)
    lab.wait(9)
    assert lab.struck and lab.call().state is State.TALKING and lab.call().attempt.amd.verdict is Verdict.MACHINE


def test_a_second_detector_that_is_not_created_ends_the_call() -> None:
    lab = begun(Faulty, "1000", amd="TAKE", amd_send_to_vmx="Y")
    lab.asterisk.machines[ANSWERS] = MACHINE
    called(lab)
    lab.wait(3)
    lab.first = {CreateDetector: InjectedFault.BROKEN}
    lab.wait(9)
    assert lab.struck and make_taken_call(lab) and lab.session().state is AgentState.READY


def test_a_lead_without_an_agent_is_dropped_with_any_verdict() -> None:
    lab = dialling("1000", amd="TAKE")
    lab.asterisk.machines[ANSWERS] = (1.0, "MACHINE X-1")
    called(lab)
    lab.wait(1)
    goes(lab)
    lab.wait(6)
    assert outcome(lab) == (State.ENDED, "DROP", "drop_call_seconds")
    assert get_last_call(lab).attempt.amd.verdict is Verdict.MACHINE and get_last_call(lab).attempt.dropped


@pytest.mark.parametrize("how", ["never silent", "hangs up before", "hangs up in it", "does not return"])
def test_a_message_that_is_not_heard_is_no_al(how: str) -> None:
    lab = make_listening_lab("1000", amd="TAKE", amd_send_to_vmx="Y", am_message_exten=MESSAGE)
    ends = {"never silent": (60.0, "TIMEOUT"), "does not return": (900.0, "")}
    lab.asterisk.silence = ends.get(how, (5.0, "SILENCE"))
    lab.wait(3)
    if how == "hangs up before":
        lab.hang_up(lab.call().customer or "")
    elif how == "hangs up in it":
        lab.wait(5)
        lab.hang_up(lab.call().customer or "")
    lab.wait(80)
    assert make_taken_call(lab) and list(lab.asterisk.channels) == [PHONE]


def test_a_restart_before_the_verdict_keeps_the_call() -> None:
    """The agent may have spoken while nothing was heard."""
    lab = make_listening_lab("1000", amd="TAKE", says=LATE_MACHINE)
    assert lab.call().attempt.amd.speech is AgentSpeech.QUIET
    for event in (ev.Reconciling(), ev.AsteriskConnected(lab.asterisk.started), ev.Reconciled()):
        lab.feed(event)
    lab.wait(6)
    assert lab.call().state is State.TALKING and lab.call().attempt.amd.verdict is Verdict.MACHINE


def test_a_verdict_while_the_app_is_away_is_lost() -> None:
    lab = make_listening_lab("1000", amd="TAKE")
    lab.asterisk.app_away = True
    lab.wait(5)
    lab.asterisk.app_away = False
    assert lab.call().state is State.TALKING and lab.call().attempt.amd.verdict is Verdict.NONE
    assert lab.call().attempt.amd.detector not in lab.asterisk.channels


def test_an_agent_who_comes_after_the_verdict_is_freed_at_once() -> None:
    lab = dialling("1000", amd="TAKE")
    lab.asterisk.machines[ANSWERS] = (1.0, "MACHINE X-1")
    called(lab)
    lab.wait(1)
    goes(lab)
    lab.wait(2.2)
    lab.ask(Kind.RESUME)
    lab.wait(0.1)
    assert make_taken_call(lab) and lab.session().state is AgentState.READY
