"""The pacer: each dial method, giving up, limits, and that it is replayed and restored exactly."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.soak import examples
from warmline.core.model.dialler import DropBudget, DropWindow, WindowCount
from warmline.core.pacing.campaign_calls import AgentActivity
from warmline.core.pacing.dial_method import DialMethod, PacingRules
from warmline.core.pacing.pacer import PREDICTION_LIFETIME_US, Pacer
from warmline.core.pacing.pacing_decision import Decision

SECOND_US = 1_000_000
START_US = 1_767_603_600 * SECOND_US
LARGE_BUDGET = DropBudget(
    "2026-01-01", tuple(WindowCount(kind, 0, 10**18, 10_000, 0) for kind in (DropWindow.PERIOD, DropWindow.DAY))
)


def make_pacer(method: DialMethod, ready: int, budget: DropBudget = LARGE_BUDGET, **options: object) -> Pacer:
    """A pacer with READY agents."""
    pacer = Pacer(PacingRules(method, **options), budget)  # type: ignore[arg-type]
    for number in range(ready):
        pacer.note_activity(f"agent{number}", AgentActivity.READY, START_US)
    return pacer


def dial_calls(pacer: Pacer, number: int, now_us: int = START_US, ringing: int = 0) -> list[str]:
    names = [f"V{now_us}-{index}" for index in range(number)]
    for name in names:
        pacer.add_call(name, now_us)
        if ringing:
            pacer.note_ringing(name, ringing)
    return names


def test_progressive_dials_one_for_each_ready_agent() -> None:
    pacer = make_pacer(DialMethod.PROGRESSIVE, 5)
    assert pacer.decide(START_US).new_calls == 5
    dial_calls(pacer, 5)
    assert pacer.decide(START_US).new_calls == 0
    pacer.note_answer(f"V{START_US}-0", START_US + 8 * SECOND_US)
    assert pacer.decide(START_US + 8 * SECOND_US).new_calls == 0  # an agent for the call that waits
    pacer.note_connection(f"V{START_US}-0", "agent0", START_US + 8 * SECOND_US)
    assert pacer.decide(START_US + 8 * SECOND_US).new_calls == 0
    pacer.note_call_end(f"V{START_US}-1", START_US + 9 * SECOND_US)
    assert pacer.decide(START_US + 9 * SECOND_US).new_calls == 1


def test_ratio_dials_its_level_for_each_ready_agent_within_the_budget() -> None:
    assert make_pacer(DialMethod.RATIO, 5, auto_dial_level=2.4).decide(START_US).new_calls == 12
    assert make_pacer(DialMethod.RATIO, 5, DropBudget(), auto_dial_level=2.4).decide(START_US).new_calls == 5


def test_predictive_begins_one_for_each_agent_and_more_once_it_has_a_balance() -> None:
    assert make_pacer(DialMethod.PREDICTIVE, 5, DropBudget()).decide(START_US).new_calls == 5
    decision = make_pacer(DialMethod.PREDICTIVE, 5).decide(START_US)
    assert decision.new_calls > 5
    assert decision.expected_drops_permille > 0 and decision.threshold_permille == 100


def test_few_agents_are_paced_progressively() -> None:
    for threshold, has_more in ((5, True), (6, False)):
        decision = make_pacer(DialMethod.PREDICTIVE, 5, dial_level_threshold_agents=threshold).decide(START_US)
        assert (decision.new_calls > 5) is has_more


def test_the_calls_in_flight_have_a_maximum_for_each_agent() -> None:
    pacer = make_pacer(DialMethod.RATIO, 4, auto_dial_level=10.0, adaptive_maximum_level=2.5)
    assert pacer.decide(START_US).new_calls == 10
    dial_calls(pacer, 10)
    assert pacer.decide(START_US).new_calls == 0


def test_ready_agents_do_not_count_while_a_caller_goes_first() -> None:
    pacer = make_pacer(DialMethod.PROGRESSIVE, 5)
    pacer.callers_first = True
    assert pacer.decide(START_US).new_calls == 0


def test_an_agent_who_logs_out_is_not_counted() -> None:
    pacer = make_pacer(DialMethod.PROGRESSIVE, 5)
    pacer.note_agent_leave("agent1", START_US)
    pacer.note_activity("agent2", AgentActivity.PAUSED, START_US)
    assert pacer.decide(START_US).new_calls == 3


@pytest.mark.parametrize("ringing, given_up", [(START_US + 5 * SECOND_US, ()), (START_US, ("V1767603600000000-4",))])
def test_a_call_beyond_the_ready_agents_is_given_up_after_fifteen_seconds_of_ringing(
    ringing: int, given_up: tuple[str, ...]
) -> None:
    pacer = make_pacer(DialMethod.PROGRESSIVE, 5)
    dial_calls(pacer, 5, START_US, ringing)
    pacer.note_activity("agent0", AgentActivity.PAUSED, START_US + SECOND_US)
    now_us = START_US + 16 * SECOND_US
    assert pacer.decide(now_us).hopeless_calls == given_up
    assert pacer.decide(now_us).hopeless_calls == ()  # once


def test_a_call_without_reported_ringing_rings_from_three_seconds_after_dialling() -> None:
    pacer = make_pacer(DialMethod.PROGRESSIVE, 1)
    dial_calls(pacer, 2)
    assert pacer.decide(START_US + 18 * SECOND_US - 1).hopeless_calls == ()
    assert len(pacer.decide(START_US + 18 * SECOND_US).hopeless_calls) == 1


def test_predictive_gives_up_calls_that_would_find_no_agent() -> None:
    pacer = make_pacer(DialMethod.PREDICTIVE, 3)
    names = dial_calls(pacer, 30, START_US, START_US + SECOND_US)
    for number in range(3):
        pacer.note_connection("", f"agent{number}", START_US + 14 * SECOND_US)
    assert pacer.decide(START_US + 15 * SECOND_US).hopeless_calls == ()
    given_up = pacer.decide(START_US + 16 * SECOND_US).hopeless_calls
    assert given_up and set(given_up) <= set(names)
    pacer.note_call_end(given_up[0], START_US + 16 * SECOND_US)
    assert pacer.outcomes.ended == 20.0  # the end of a call that was given up is not learnt


def test_nothing_is_learnt_from_a_call_that_was_refused() -> None:
    pacer = make_pacer(DialMethod.PROGRESSIVE, 2)
    refused, _ = dial_calls(pacer, 2)
    pacer.forget_call(refused)
    assert (len(pacer.calls_in_flight), pacer.outcomes.ended) == (1, 20.0)
    assert pacer.decide(START_US).new_calls == 1


def test_times_of_agents_are_learnt_from_their_changes() -> None:
    pacer = make_pacer(DialMethod.PREDICTIVE, 2)
    pacer.note_connection("V1", "agent0", START_US + 30 * SECOND_US)
    pacer.note_activity("agent0", AgentActivity.WRAPPING_UP, START_US + 70 * SECOND_US)
    pacer.note_activity("agent0", AgentActivity.READY, START_US + 80 * SECOND_US)
    pacer.note_activity("agent1", AgentActivity.PAUSED, START_US + 90 * SECOND_US)
    assert pacer.times.talk.get_weighted_counts()[40] > 1 and pacer.times.wrap_up.get_weighted_counts()[10] > 1
    assert pacer.times.vanished == pytest.approx(1.5, rel=0.01)
    assert pacer.times.ready == pytest.approx(9.5 * 0.995 + 1)


def test_a_drop_lowers_the_threshold_and_an_answer_raises_it() -> None:
    pacer = make_pacer(DialMethod.PREDICTIVE, 2)
    threshold = pacer.feedback.get_threshold()
    pacer.count_dropped_call("V1", START_US)
    threshold_after_drop = pacer.feedback.get_threshold()
    assert threshold_after_drop < threshold
    pacer.count_answering_person(START_US)
    assert pacer.feedback.get_threshold() > threshold_after_drop
    assert [(window.answered, window.dropped) for window in pacer.budget.windows] == [(10_002, 1)] * 2


MOVES = st.tuples(
    st.sampled_from(("answer", "end", "ring", "connect", "drop", "wrap", "ready", "pause", "leave", "wait", "predict")),
    st.integers(0, 5),
)


def play_moves(pacer: Pacer, moves: list[tuple[str, int]], dialled: int = 0, now_us: int = START_US) -> list[Decision]:
    """Let things happen to a pacer in this order; return its decisions."""
    decisions = []
    for move, which in moves:
        now_us += 700_000
        agent = f"agent{which}"
        flying, waiting = list(pacer.calls_in_flight), list(pacer.waiting_calls)
        if move in ("answer", "end", "ring") and flying:
            call = flying[which % len(flying)]
            {"answer": pacer.note_answer, "end": pacer.note_call_end, "ring": pacer.note_ringing}[move](call, now_us)
        elif move == "connect" and waiting:
            pacer.note_connection(waiting[0], agent, now_us)
            pacer.count_answering_person(now_us)
        elif move == "drop" and waiting:
            pacer.count_dropped_call(waiting[0], now_us)
        elif move in ("wrap", "ready", "pause"):
            activities = {
                "wrap": AgentActivity.WRAPPING_UP,
                "ready": AgentActivity.READY,
                "pause": AgentActivity.PAUSED,
            }
            pacer.note_activity(agent, activities[move], now_us)
        elif move == "leave":
            pacer.note_agent_leave(agent, now_us)
        elif move == "wait":
            now_us += 20 * SECOND_US
        elif move == "predict":
            pacer.update_prediction(now_us)
        decision = pacer.decide(now_us)
        for _ in range(decision.new_calls):
            dialled += 1
            pacer.add_call(f"V{dialled}", now_us)
        for call in decision.hopeless_calls:
            pacer.note_call_end(call, now_us)
        decisions.append(decision)
    return decisions


@given(st.lists(MOVES, max_size=60), st.sampled_from(DialMethod))
@settings(max_examples=examples(8, by_night=20), deadline=None)
def test_the_same_events_give_the_same_decisions(moves: list[tuple[str, int]], method: DialMethod) -> None:
    first_decisions, second_decisions = (play_moves(make_pacer(method, 4), moves) for _ in range(2))
    assert first_decisions == second_decisions


@given(st.lists(MOVES, max_size=40), st.lists(MOVES, max_size=20))
@settings(max_examples=examples(8, by_night=20), deadline=None)
def test_a_restored_pacer_decides_as_the_one_before_the_restart(
    moves_before: list[tuple[str, int]], moves_after: list[tuple[str, int]]
) -> None:
    pacer = make_pacer(DialMethod.PREDICTIVE, 4)
    play_moves(pacer, moves_before)
    for call in list(pacer.calls_in_flight) + list(pacer.waiting_calls):
        pacer.note_call_end(call, START_US)
    pacer.agents.clear()
    other_pacer = Pacer(pacer.rules, pacer.budget)
    other_pacer.restore(json.loads(json.dumps(pacer.as_record())))
    later_us = START_US + 3600 * SECOND_US
    for each_pacer in (pacer, other_pacer):
        for number in range(4):
            each_pacer.note_activity(f"agent{number}", AgentActivity.READY, later_us)
        each_pacer.update_prediction(later_us)
    assert [
        (decision.new_calls, decision.hopeless_calls)
        for decision in play_moves(other_pacer, moves_after, 1000, later_us)
    ] == [(decision.new_calls, decision.hopeless_calls) for decision in play_moves(pacer, moves_after, 1000, later_us)]


@pytest.mark.parametrize("broken", [{}, {"outcomes": {}}, {"times": None}])
def test_a_broken_record_is_refused_and_changes_nothing(broken: dict[str, object]) -> None:
    pacer = make_pacer(DialMethod.PREDICTIVE, 4)
    record = pacer.as_record()
    with pytest.raises(ValueError, match="the record of pacing cannot be read"):
        pacer.restore({**record, **broken} if broken else {})
    assert pacer.as_record() == record


def test_the_tables_of_the_prediction_are_made_in_steps() -> None:
    pacer, other_pacer = (make_pacer(DialMethod.PREDICTIVE, 4) for _ in range(2))
    for each_pacer in (pacer, other_pacer):
        play_moves(each_pacer, [("answer", 0), ("wait", 0), ("wrap", 0)])
    later_us = START_US + 3600 * SECOND_US
    other_pacer.update_prediction(later_us)
    prediction, steps = pacer.prediction, 0
    while pacer.prediction is prediction:
        pacer.continue_prediction(later_us + steps)
        steps += 1
    assert pacer.prediction == other_pacer.prediction
    assert steps > 5, "the event loop is free between the steps"
    new_prediction = pacer.prediction
    pacer.continue_prediction(later_us + PREDICTION_LIFETIME_US - 1)
    assert pacer.prediction is new_prediction, "new tables are due half a minute later"
