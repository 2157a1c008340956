"""Records of committed turns, as the pacer gets them."""

from dataclasses import replace

from warmline.core.model.call import Attempt, Call, CallOutcome
from warmline.core.model.call_states import AgentState, Direction, Origin, State
from warmline.core.model.session import Session
from warmline.core.pacing import pacing_feed
from warmline.core.pacing.campaign_calls import AgentActivity
from warmline.core.pacing.dial_method import DialMethod, PacingRules
from warmline.core.pacing.pacer import Pacer

SECOND_US = 1_000_000
START_US = 1_767_603_600 * SECOND_US
CALLING = Call(
    id="C1",
    agc_id="V1",
    direction=Direction.OUT,
    origin=Origin.DIALLER,
    state=State.CALLING,
    since=START_US,
    arrived=START_US,
    customer="L1",
)
RINGING = replace(CALLING, attempt=Attempt(ringing=START_US + 2 * SECOND_US))
ANSWERED = replace(RINGING.with_attempt(answered=START_US + 9 * SECOND_US), state=State.ANSWERED)
TALKING = replace(ANSWERED, state=State.TALKING, agent="anna", outcome=CallOutcome(connected=START_US + 9 * SECOND_US))
READY = Session(
    id="S1",
    agent="anna",
    phone="anna",
    campaign="SALES",
    ingroups=(),
    conf_exten="1",
    leg="L2",
    state=AgentState.READY,
    since=START_US,
    interval="I1",
    started=START_US,
)


def feed_records(*records: Call) -> Pacer:
    """A pacer that has seen an agent become READY, and these states of a call one after the other."""
    pacer = Pacer(PacingRules(DialMethod.PROGRESSIVE))
    pacing_feed.feed_session(pacer, READY)
    previous = None
    for record in records:
        pacing_feed.feed_call(pacer, previous, record)
        previous = record
    return pacer


def test_a_call_rings_is_answered_and_has_its_agent() -> None:
    pacer = feed_records(CALLING, RINGING)
    assert pacer.calls_in_flight["C1"].ringing_at_us == START_US + 2 * SECOND_US
    pacer = feed_records(CALLING, RINGING, ANSWERED)
    assert (list(pacer.calls_in_flight), list(pacer.waiting_calls)) == ([], ["C1"])
    pacer = feed_records(CALLING, RINGING, ANSWERED, TALKING)
    assert (pacer.waiting_calls, pacer.agents["anna"].activity) == ({}, AgentActivity.TALKING)
    assert pacer.times.vanished < 0.5  # the campaign's own call is no vanishing
    pacing_feed.feed_session(pacer, replace(READY, state=AgentState.INCALL, since=START_US + 9 * SECOND_US))
    pacing_feed.feed_session(pacer, replace(READY, state=AgentState.DISPO, since=START_US + 49 * SECOND_US))
    assert pacer.agents["anna"].activity is AgentActivity.WRAPPING_UP
    assert pacer.times.talk.get_weighted_counts()[40] > 1


def test_a_call_that_is_connected_in_the_turn_of_its_answer_is_both() -> None:
    pacer = feed_records(CALLING, TALKING)
    assert (pacer.calls_in_flight, pacer.waiting_calls, pacer.outcomes.ended) == ({}, {}, 20 * 0.5 ** (1 / 300) + 1)


def test_an_answered_call_without_an_agent_is_dropped_once() -> None:
    dropped = replace(ANSWERED.with_attempt(dropped=START_US + 11 * SECOND_US), state=State.MESSAGE)
    pacer = feed_records(
        CALLING, ANSWERED, dropped, replace(dropped, state=State.ENDED, ended=START_US + 20 * SECOND_US)
    )
    assert pacer.waiting_calls == {}
    assert [(window.answered, window.dropped) for window in pacer.budget.windows] == [(1, 1)] * 2


def test_an_unanswered_call_ends() -> None:
    pacer = feed_records(CALLING, RINGING, replace(RINGING, state=State.ENDED, ended=START_US + 27 * SECOND_US))
    assert (pacer.calls_in_flight, pacer.outcomes.unanswered.get_weighted_counts()[27] > 8) == ({}, True)


def test_a_session_that_ended_or_rings_its_phone_takes_no_calls() -> None:
    for record in (replace(READY, ended=START_US + SECOND_US), replace(READY, on_hook=True)):
        pacer = feed_records()
        pacing_feed.feed_session(pacer, record)
        assert pacer.agents == {}
