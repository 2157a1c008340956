"""The app or Asterisk dies at any moment of an automatic call: no lead is called twice, and every call has an end."""

from dataclasses import replace

import pytest

from tests.core.core_stage import restarted, together
from tests.core.dialler.lead_stage import (
    ANSWERS,
    RINGS_ON,
    begun,
    called,
    dialling,
    goes,
    hears_harbour,
    list_calls,
    outcome,
)
from tools.simulation.asterisk.asterisk_death import asterisk_dies, comes_back
from tools.simulation.asterisk.core_driver import Driver
from tools.simulation.asterisk.injected_faults import Faulty, InjectedFault
from warmline.core.messages import events as ev
from warmline.core.messages.actions import CreateMixingBridge
from warmline.core.messages.commands import Kind
from warmline.core.messages.dialler_messages import LeadAnsweredAway, OriginateToDialplan
from warmline.core.model.call_states import AgentState, State

SECOND_US = 1_000_000


def stop_app(lab: Driver, seconds: float) -> None:
    """Kill the app, and start it again after this time. The app sees nothing of it."""
    lab.asterisk.app_away = True
    while lab.asterisk.pass_time(lab.asterisk.now + int(seconds * SECOND_US)):
        pass
    lab.asterisk.app_away = False
    restarted(lab)


@pytest.mark.fault("the app is killed (-9)")
@pytest.mark.parametrize("seconds", [0, 0.5, 3])
@pytest.mark.parametrize("paused", [False, True])
def test_the_app_restarts_at_any_moment(seconds: float, *, paused: bool) -> None:
    for tenth in range(60):
        lab = dialling("1000")
        call = called(lab)
        if paused:
            goes(lab)
        lab.wait(tenth / 10)
        stop_app(lab, seconds)
        lab.wait(5)
        live = lab.world.calls.get(call.id)
        if live and live.state is State.TALKING:
            assert together(lab, call.customer or "", lab.session().leg or ""), tenth
            lab.hang_up(call.customer or "")
        [over] = list_calls(lab)
        heard = over.outcome.connected or hears_harbour(lab, call.customer or "")
        heard = heard or (call.customer, "harbour") in lab.asterisk.played
        assert over.state is State.ENDED and heard, (tenth, over)
        assert over.outcome.status in ("", "DROP", "ERI"), (tenth, over)
        assert len([action for action in lab.asked if isinstance(action, OriginateToDialplan)]) == 1, tenth
        state = lab.session().state
        assert state is (AgentState.DISPO if over.outcome.connected else AgentState.PAUSED if paused else state)
        assert state is not AgentState.QUEUE


@pytest.mark.parametrize("seconds", [0.9, 1.1, 1.3, 1.6, 1.74])
def test_a_lead_whose_drop_is_near_after_a_restart_is_dropped_at_once(seconds: float) -> None:
    """The agent was paused at the answer, and is ready when the app comes back."""
    lab = dialling("1000")
    call = called(lab)
    goes(lab)
    lab.wait(2.1)
    answered = lab.call().attempt.answered
    assert answered and lab.call().state is State.ANSWERED
    lab.world.keep(replace(lab.session(), state=AgentState.READY))
    stop_app(lab, seconds - (lab.asterisk.now - answered) / SECOND_US)
    assert (lab.call().state is State.MESSAGE) == (seconds > 1.25)
    assert hears_harbour(lab, call.customer or "") == (seconds > 1.25)


def test_a_lead_who_gets_an_agent_as_the_app_dies_hears_the_agent() -> None:
    """The silence that the lead hears until then is not stopped when the app dies."""
    lab = begun(Faulty, "1000", dial_method="PROGRESSIVE")
    call = called(lab)
    goes(lab)
    lab.wait(2.1)
    assert lab.call().state is State.ANSWERED and lab.asterisk.channels[call.customer or ""].silent
    lab.first[CreateMixingBridge] = InjectedFault.DEATH
    assert lab.ask(Kind.RESUME) == ""
    lab.wait(1.5)
    assert lab.call().state is State.TALKING
    assert together(lab, call.customer or "", lab.session().leg or "")


def test_a_lead_who_answered_while_the_app_was_away_is_dropped_at_once() -> None:
    lab = dialling("1000")
    call = called(lab)
    lab.wait(1.9)
    while lab.asterisk.pass_time(lab.asterisk.now + 4 * SECOND_US):
        pass
    restarted(lab)
    assert lab.call().state is State.MESSAGE and hears_harbour(lab, call.customer or "")
    attempt = lab.call().attempt
    assert attempt.answered and attempt.dropped and attempt.dropped - attempt.answered > 2 * SECOND_US
    assert lab.session().state is AgentState.READY


def test_a_lead_who_heard_the_message_while_the_app_was_away_is_dropped_by_a_fault() -> None:
    """The app reads the note of the dialplan before it notices the end of the call."""
    lab = dialling("1000")
    call = called(lab, "8502")
    lab.feed(LeadAnsweredAway(call.id, lab.asterisk.now, "8502", "the application is away"))
    lab.hang_up(call.customer or "", 0)
    assert outcome(lab) == (State.ENDED, "DROP", "away")
    lab.feed(LeadAnsweredAway(call.id, lab.asterisk.now, "8502", "the application is away"))
    assert lab.world.diallers["TESTCAMP"].drops.windows[0].dropped_by_fault == 1, "the poller reads the note again"


@pytest.mark.parametrize("paused", [False, True])
def test_a_lead_whom_the_guard_sends_to_the_message_is_dropped_by_a_fault(*, paused: bool) -> None:
    lab = dialling("1000")
    call = called(lab)
    if paused:
        goes(lab)
    lab.asterisk.out.clear()
    lab.wait(1.9)
    while not lab.asterisk.channels[call.customer or ""].up:
        lab.asterisk.pass_time(lab.asterisk.now + SECOND_US)  # the app stands still
    lab.asterisk.guard_sends(call.customer or "")
    sent = lab.asterisk.now
    lab.pump()
    assert list_calls(lab)[0].attempt.message_at == list_calls(lab)[0].attempt.dropped == sent
    assert outcome(lab) == (State.ENDED, "DROP", "away")
    assert lab.world.diallers["TESTCAMP"].drops.windows[0].dropped_by_fault == 1
    assert lab.session().state is (AgentState.PAUSED if paused else AgentState.READY), "no agent waits for the lead"
    lab.wait(5)
    assert not lab.world.calls and not lab.asterisk.channels.get(call.customer or "")


@pytest.mark.parametrize("waits", [False, True])
def test_a_note_of_the_dialplan_tells_when_a_lead_heard_the_message(*, waits: bool) -> None:
    """The lead answered after the death of the app, or waited for an agent. Asterisk hung up after the message."""
    lab = dialling("1000")
    call = called(lab, ANSWERS if waits else RINGS_ON)
    lab.ask(Kind.LOGOUT)
    lab.wait(2.5 if waits else 1.0)
    answered = lab.call().attempt.answered or lab.asterisk.now - 3 * SECOND_US
    heard = answered + SECOND_US
    lab.asterisk.now += 9 * SECOND_US
    note = LeadAnsweredAway(call.id, lab.asterisk.now, ANSWERS, "away", answered=answered, message_at=heard)
    lab.feed(note)
    lab.feed(ev.LegDestroyed(call.customer or "", 16))
    assert outcome(lab) == (State.ENDED, "DROP", "away")
    attempt = list_calls(lab)[0].attempt
    assert (attempt.answered, attempt.message_at, attempt.dropped) == (answered, heard, heard)


def test_a_call_with_an_unseen_end_counts_as_a_fault() -> None:
    lab = dialling("1000")
    called(lab, "8502")
    stop_app(lab, 5)
    assert outcome(lab) == (State.ENDED, "ERI", "away")


@pytest.mark.parametrize(("seconds", "status"), [(1.0, "ERI"), (2.5, "DROP")], ids=["while it rings", "while it waits"])
def test_a_crash_of_asterisk_ends_automatic_calls_with_their_status(seconds: float, status: str) -> None:
    lab = dialling("1000")
    called(lab, ANSWERS)
    goes(lab)
    lab.wait(seconds)
    asterisk_dies(lab)
    comes_back(lab)
    assert outcome(lab) == (State.ENDED, status, "asterisk") and not lab.world.calls


def test_a_call_that_rings_at_a_restart_can_still_be_given_up_and_counted() -> None:
    lab = dialling("1000")
    call = called(lab, RINGS_ON)
    lab.wait(5)
    stop_app(lab, 0)
    assert lab.world.lead_calls.count_without_agent("TESTCAMP") == 1 and lab.world.lead_calls.has_call(1, RINGS_ON)
    assert lab.world.calls[call.id].attempt.ringing == call.attempt.ringing or lab.call().attempt.ringing
    lab.wait(20)
    assert outcome(lab) == (State.ENDED, "NA", "dial_timeout") and not lab.world.lead_calls.has_call(1, RINGS_ON)


def test_the_started_dialler_is_on_record() -> None:
    lab = dialling("1000")
    lab.ask(Kind.DIALLER_STOP, agent="", campaign="TESTCAMP")
    assert [dialler.running for dialler in restarted(lab).world.diallers.values()] == [False]
