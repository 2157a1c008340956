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

SECOND = 1_000_000
START = 1_767_603_600 * SECOND
PLENTY = DropBudget(
    "2026-01-01", tuple(WindowCount(kind, 0, 10**18, 10_000, 0) for kind in (DropWindow.PERIOD, DropWindow.DAY))
)


def pacer(method: DialMethod, ready: int, budget: DropBudget = PLENTY, **options: object) -> Pacer:
    """A pacer with READY agents."""
    found = Pacer(PacingRules(method, **options), budget)  # type: ignore[arg-type]
    for number in range(ready):
        found.agent_changed(f"agent{number}", AgentActivity.READY, START)
    return found


def dial(one: Pacer, number: int, now: int = START, ringing: int = 0) -> list[str]:
    names = [f"V{now}-{n}" for n in range(number)]
    for name in names:
        one.call_dialled(name, now)
        if ringing:
            one.call_ringing(name, ringing)
    return names


def test_manual_dials_nothing() -> None:
    assert pacer(DialMethod.MANUAL, 5).decide(START) == Decision(ready=5, threshold=100)


def test_progressive_dials_one_for_each_ready_agent() -> None:
    one = pacer(DialMethod.PROGRESSIVE, 5)
    assert one.decide(START).begin == 5
    dial(one, 5)
    assert one.decide(START).begin == 0
    one.call_answered(f"V{START}-0", START + 8 * SECOND)
    assert one.decide(START + 8 * SECOND).begin == 0  # an agent for the call that waits
    one.call_connected(f"V{START}-0", "agent0", START + 8 * SECOND)
    assert one.decide(START + 8 * SECOND).begin == 0
    one.call_ended(f"V{START}-1", START + 9 * SECOND)
    assert one.decide(START + 9 * SECOND).begin == 1


def test_ratio_dials_its_level_for_each_ready_agent_within_the_budget() -> None:
    assert pacer(DialMethod.RATIO, 5, auto_dial_level=2.4).decide(START).begin == 12
    assert pacer(DialMethod.RATIO, 5, DropBudget(), auto_dial_level=2.4).decide(START).begin == 5


def test_predictive_begins_one_for_each_agent_and_more_once_it_has_a_balance() -> None:
    assert pacer(DialMethod.PREDICTIVE, 5, DropBudget()).decide(START).begin == 5
    found = pacer(DialMethod.PREDICTIVE, 5).decide(START)
    assert found.begin > 5
    assert found.risk > 0 and found.threshold == 100


def test_few_agents_are_paced_progressively() -> None:
    for threshold, more in ((5, True), (6, False)):
        found = pacer(DialMethod.PREDICTIVE, 5, dial_level_threshold_agents=threshold).decide(START)
        assert (found.begin > 5) is more


def test_the_calls_in_flight_have_a_maximum_for_each_agent() -> None:
    one = pacer(DialMethod.RATIO, 4, auto_dial_level=10.0, adaptive_maximum_level=2.5)
    assert one.decide(START).begin == 10
    dial(one, 10)
    assert one.decide(START).begin == 0


def test_ready_agents_do_not_count_while_a_caller_goes_first() -> None:
    one = pacer(DialMethod.PROGRESSIVE, 5)
    one.callers_first = True
    assert one.decide(START).begin == 0


def test_an_agent_who_logs_out_is_not_counted() -> None:
    one = pacer(DialMethod.PROGRESSIVE, 5)
    one.agent_left("agent1", START)
    one.agent_changed("agent2", AgentActivity.PAUSED, START)
    assert one.decide(START).begin == 3


@pytest.mark.parametrize("ringing, given_up", [(START + 5 * SECOND, ()), (START, ("V1767603600000000-4",))])
def test_a_call_beyond_the_ready_agents_is_given_up_after_fifteen_seconds_of_ringing(
    ringing: int, given_up: tuple[str, ...]
) -> None:
    one = pacer(DialMethod.PROGRESSIVE, 5)
    dial(one, 5, START, ringing)
    one.agent_changed("agent0", AgentActivity.PAUSED, START + SECOND)
    now = START + 16 * SECOND
    assert one.decide(now).give_up == given_up
    assert one.decide(now).give_up == ()  # once


def test_a_call_without_reported_ringing_rings_from_three_seconds_after_dialling() -> None:
    one = pacer(DialMethod.PROGRESSIVE, 1)
    dial(one, 2)
    assert one.decide(START + 18 * SECOND - 1).give_up == ()
    assert len(one.decide(START + 18 * SECOND).give_up) == 1


def test_predictive_gives_up_calls_that_would_find_no_agent() -> None:
    one = pacer(DialMethod.PREDICTIVE, 3)
    names = dial(one, 30, START, START + SECOND)
    for number in range(3):
        one.call_connected("", f"agent{number}", START + 14 * SECOND)
    assert one.decide(START + 15 * SECOND).give_up == ()
    found = one.decide(START + 16 * SECOND).give_up
    assert found and set(found) <= set(names)
    one.call_ended(found[0], START + 16 * SECOND)
    assert one.outcomes.ended == 20.0  # the end of a call that was given up is not learnt


def test_a_call_that_is_unknown_is_ignored() -> None:
    one = pacer(DialMethod.PROGRESSIVE, 1)
    for happen in (one.call_answered, one.call_ringing, one.call_ended):
        happen("V-unknown", START)
    assert (one.in_flight, one.waiting) == ({}, {})


def test_nothing_is_learnt_from_a_call_that_was_refused() -> None:
    one = pacer(DialMethod.PROGRESSIVE, 2)
    refused, _ = dial(one, 2)
    one.call_forgotten(refused)
    assert (len(one.in_flight), one.outcomes.ended) == (1, 20.0)
    assert one.decide(START).begin == 1


def test_times_of_agents_are_learnt_from_their_changes() -> None:
    one = pacer(DialMethod.PREDICTIVE, 2)
    one.call_connected("V1", "agent0", START + 30 * SECOND)
    one.agent_changed("agent0", AgentActivity.WRAPPING_UP, START + 70 * SECOND)
    one.agent_changed("agent0", AgentActivity.READY, START + 80 * SECOND)
    one.agent_changed("agent1", AgentActivity.PAUSED, START + 90 * SECOND)
    assert one.times.talk.get_weighted_counts()[40] > 1 and one.times.wrap_up.get_weighted_counts()[10] > 1
    assert one.times.vanished == pytest.approx(1.5, rel=0.01)
    assert one.times.ready == pytest.approx(9.5 * 0.995 + 1)


def test_a_drop_lowers_the_threshold_and_an_answer_raises_it() -> None:
    one = pacer(DialMethod.PREDICTIVE, 2)
    before = one.feedback.get_threshold()
    one.call_dropped("V1", START)
    after = one.feedback.get_threshold()
    assert after < before
    one.person_answered(START)
    assert one.feedback.get_threshold() > after
    assert [(window.answered, window.dropped) for window in one.budget.windows] == [(10_002, 1)] * 2


MOVES = st.tuples(
    st.sampled_from(("answer", "end", "ring", "connect", "drop", "wrap", "ready", "pause", "leave", "wait", "predict")),
    st.integers(0, 5),
)


def play(one: Pacer, moves: list[tuple[str, int]], dialled: int = 0, now: int = START) -> list[Decision]:
    """Let things happen to a pacer in this order; return its decisions."""
    decisions = []
    for move, which in moves:
        now += 700_000
        agent = f"agent{which}"
        flying, waiting = list(one.in_flight), list(one.waiting)
        if move in ("answer", "end", "ring") and flying:
            call = flying[which % len(flying)]
            {"answer": one.call_answered, "end": one.call_ended, "ring": one.call_ringing}[move](call, now)
        elif move == "connect" and waiting:
            one.call_connected(waiting[0], agent, now)
            one.person_answered(now)
        elif move == "drop" and waiting:
            one.call_dropped(waiting[0], now)
        elif move in ("wrap", "ready", "pause"):
            activities = {
                "wrap": AgentActivity.WRAPPING_UP,
                "ready": AgentActivity.READY,
                "pause": AgentActivity.PAUSED,
            }
            one.agent_changed(agent, activities[move], now)
        elif move == "leave":
            one.agent_left(agent, now)
        elif move == "wait":
            now += 20 * SECOND
        elif move == "predict":
            one.update_prediction(now)
        decision = one.decide(now)
        for _ in range(decision.begin):
            dialled += 1
            one.call_dialled(f"V{dialled}", now)
        for call in decision.give_up:
            one.call_ended(call, now)
        decisions.append(decision)
    return decisions


@given(st.lists(MOVES, max_size=60), st.sampled_from(DialMethod))
@settings(max_examples=examples(8, by_night=20), deadline=None)
def test_the_same_events_give_the_same_decisions(moves: list[tuple[str, int]], method: DialMethod) -> None:
    first, second = (play(pacer(method, 4), moves) for _ in range(2))
    assert first == second


@given(st.lists(MOVES, max_size=40), st.lists(MOVES, max_size=20))
@settings(max_examples=examples(8, by_night=20), deadline=None)
def test_a_restored_pacer_decides_as_the_one_before_the_restart(
    before: list[tuple[str, int]], after: list[tuple[str, int]]
) -> None:
    one = pacer(DialMethod.PREDICTIVE, 4)
    play(one, before)
    for call in list(one.in_flight) + list(one.waiting):
        one.call_ended(call, START)
    one.agents.clear()
    other = Pacer(one.rules, one.budget)
    other.restore(json.loads(json.dumps(one.as_record())))
    later = START + 3600 * SECOND
    for each in (one, other):
        for number in range(4):
            each.agent_changed(f"agent{number}", AgentActivity.READY, later)
        each.update_prediction(later)
    assert [(found.begin, found.give_up) for found in play(other, after, 1000, later)] == [
        (found.begin, found.give_up) for found in play(one, after, 1000, later)
    ]


@pytest.mark.parametrize("broken", [{}, {"outcomes": {}}, {"times": None}])
def test_a_broken_record_is_refused_and_changes_nothing(broken: dict[str, object]) -> None:
    one = pacer(DialMethod.PREDICTIVE, 4)
    record = one.as_record()
    with pytest.raises(ValueError, match="the record of pacing cannot be read"):
        one.restore({**record, **broken} if broken else {})
    assert one.as_record() == record


def test_the_tables_of_the_prediction_are_made_in_steps() -> None:
    one, other = (pacer(DialMethod.PREDICTIVE, 4) for _ in range(2))
    for each in (one, other):
        play(each, [("answer", 0), ("wait", 0), ("wrap", 0)])
    later = START + 3600 * SECOND
    other.update_prediction(later)
    before, steps = one.prediction, 0
    while one.prediction is before:
        one.continue_prediction(later + steps)
        steps += 1
    assert one.prediction == other.prediction
    assert steps > 5, "the event loop is free between the steps"
    made = one.prediction
    one.continue_prediction(later + PREDICTION_LIFETIME_US - 1)
    assert one.prediction is made, "new tables are due half a minute later"
