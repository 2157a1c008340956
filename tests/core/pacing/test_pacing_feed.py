"""Records of committed turns, as the pacer gets them."""

from dataclasses import replace

from warmline.core.model.call import Attempt, Call, CallOutcome
from warmline.core.model.call_states import AgentState, Direction, Origin, State
from warmline.core.model.session import Session
from warmline.core.pacing import pacing_feed
from warmline.core.pacing.campaign_calls import AgentActivity
from warmline.core.pacing.dial_method import DialMethod, PacingRules
from warmline.core.pacing.pacer import Pacer

SECOND = 1_000_000
START = 1_767_603_600 * SECOND
CALLING = Call(
    id="C1",
    agc_id="V1",
    direction=Direction.OUT,
    origin=Origin.DIALLER,
    state=State.CALLING,
    since=START,
    arrived=START,
    customer="L1",
)
RINGING = replace(CALLING, attempt=Attempt(ringing=START + 2 * SECOND))
ANSWERED = replace(RINGING.with_attempt(answered=START + 9 * SECOND), state=State.ANSWERED)
TALKING = replace(ANSWERED, state=State.TALKING, agent="anna", outcome=CallOutcome(connected=START + 9 * SECOND))
READY = Session(
    id="S1",
    agent="anna",
    phone="anna",
    campaign="SALES",
    ingroups=(),
    conf_exten="1",
    leg="L2",
    state=AgentState.READY,
    since=START,
    interval="I1",
    started=START,
)


def fed(*records: Call) -> Pacer:
    """A pacer that has seen an agent become READY, and these states of a call one after the other."""
    pacer = Pacer(PacingRules(DialMethod.PROGRESSIVE))
    pacing_feed.feed_session(pacer, READY)
    before = None
    for now in records:
        pacing_feed.feed_call(pacer, before, now)
        before = now
    return pacer


def test_a_call_rings_is_answered_and_has_its_agent() -> None:
    pacer = fed(CALLING, RINGING)
    assert pacer.in_flight["C1"].ringing_at_us == START + 2 * SECOND
    pacer = fed(CALLING, RINGING, ANSWERED)
    assert (list(pacer.in_flight), list(pacer.waiting)) == ([], ["C1"])
    pacer = fed(CALLING, RINGING, ANSWERED, TALKING)
    assert (pacer.waiting, pacer.agents["anna"].activity) == ({}, AgentActivity.TALKING)
    assert pacer.times.vanished < 0.5  # the campaign's own call is no vanishing
    pacing_feed.feed_session(pacer, replace(READY, state=AgentState.INCALL, since=START + 9 * SECOND))
    pacing_feed.feed_session(pacer, replace(READY, state=AgentState.DISPO, since=START + 49 * SECOND))
    assert pacer.agents["anna"].activity is AgentActivity.WRAPPING_UP
    assert pacer.times.talk.get_weighted_counts()[40] > 1


def test_a_call_that_is_connected_in_the_turn_of_its_answer_is_both() -> None:
    pacer = fed(CALLING, TALKING)
    assert (pacer.in_flight, pacer.waiting, pacer.outcomes.ended) == ({}, {}, 20 * 0.5 ** (1 / 300) + 1)


def test_an_answered_call_without_an_agent_is_dropped_once() -> None:
    dropped = replace(ANSWERED.with_attempt(dropped=START + 11 * SECOND), state=State.MESSAGE)
    pacer = fed(CALLING, ANSWERED, dropped, replace(dropped, state=State.ENDED, ended=START + 20 * SECOND))
    assert pacer.waiting == {}
    assert [(window.answered, window.dropped) for window in pacer.budget.windows] == [(1, 1)] * 2


def test_an_unanswered_call_ends() -> None:
    pacer = fed(CALLING, RINGING, replace(RINGING, state=State.ENDED, ended=START + 27 * SECOND))
    assert (pacer.in_flight, pacer.outcomes.unanswered.get_weighted_counts()[27] > 8) == ({}, True)


def test_a_call_that_was_already_there_is_taken_as_it_is() -> None:
    assert list(fed(RINGING).in_flight) == ["C1"]


def test_a_session_that_ended_or_rings_its_phone_takes_no_calls() -> None:
    for now in (replace(READY, ended=START + SECOND), replace(READY, on_hook=True)):
        pacer = fed()
        pacing_feed.feed_session(pacer, now)
        assert pacer.agents == {}


def test_a_phone_that_rings_does_not_change_the_activity() -> None:
    pacer = fed()
    pacing_feed.feed_session(pacer, replace(READY, state=AgentState.QUEUE))
    assert pacer.agents["anna"].activity is AgentActivity.READY
