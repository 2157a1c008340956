"""The tables of the prediction against plain sums, and the forecast against counting all cases."""

from itertools import product
from math import isclose

import pytest

from warmline.core.pacing.agent_times import MAX_TALK_SECONDS, AgentTimes
from warmline.core.pacing.call_outcomes import MAX_FLIGHT_SECONDS, CallOutcomes
from warmline.core.pacing.forecast import Forecast
from warmline.core.pacing.length_counts import interpolate
from warmline.core.pacing.prediction import BIN_COUNT, BIN_EDGES, HOLD_SECONDS, Prediction, Row, predict


def make_learnt() -> tuple[CallOutcomes, AgentTimes]:
    outcomes, times = CallOutcomes(), AgentTimes()
    for index in range(400):
        outcomes.add(4 + index * 7 % 15, is_answered=index % 5 == 0)
        times.add_talk(5 + index * 13 % 240)
        times.add_wrap_up(3 + index * 5 % 30, is_ready=index % 20 > 0)
        times.add_ready_time(20, has_vanished=index % 50 == 0)
    return outcomes, times


def test_a_talking_agent_is_free_after_the_talk_and_the_wrap_up() -> None:
    outcomes, times = make_learnt()
    table = predict(outcomes, times).talking
    talk, wrap_up = times.talk.compute_distribution(), times.wrap_up.compute_distribution()
    assert len(table) == MAX_TALK_SECONDS
    for age in (0, 6, 60, 118, 135, 210):  # ages that have a row of their own
        for index in range(BIN_COUNT):
            end = BIN_EDGES[index + 1] + HOLD_SECONDS
            free_probability = sum(
                (interpolate(talk, age + second + 1) - interpolate(talk, age + second))
                * interpolate(wrap_up, end - second - 0.5)
                for second in range(int(end))
                if age + second < MAX_TALK_SECONDS
            )
            expected = times.get_ready_share() * min(1.0, free_probability / (1 - interpolate(talk, age)))
            assert table[age][index] == pytest.approx(expected, abs=1e-9)


def test_a_call_in_flight_follows_the_rule_of_bayes() -> None:
    outcomes, times = make_learnt()
    table, rate = predict(outcomes, times).calls_in_flight, outcomes.get_answer_rate()
    yes, no = outcomes.answered.compute_distribution(), outcomes.unanswered.compute_distribution()
    assert len(table) == MAX_FLIGHT_SECONDS
    for age in (0, 5, 12):
        still = rate * (1 - yes[age]) + (1 - rate) * (1 - no[age])
        for index in range(BIN_COUNT):
            soon = rate * (interpolate(yes, age + BIN_EDGES[index + 1]) - yes[age])
            assert table[age][index] == pytest.approx(soon / still)
        assert sum(table[age][2 * BIN_COUNT :]) == pytest.approx(table[age][BIN_COUNT - 1])


def make_flat_row(chance: float, within: int = 0) -> Row:
    """A row with the same probability at the end of each bin; a call would be answered within the bin `within`."""
    row = [chance if index >= within else 0.0 for index in range(BIN_COUNT)]
    return (
        *row,
        *(row_chance * (1 - row_chance) for row_chance in row),
        *(chance if index == within else 0.0 for index in range(BIN_COUNT)),
    )


def test_the_forecast_is_near_the_probability_of_all_cases() -> None:
    """Twelve agents and sixteen calls: the normal distribution is compared with an exact one."""
    free_chance, answered, waiting = 0.4, 0.3, 1
    prediction = Prediction((), (), (make_flat_row(answered),), (1.0,) * BIN_COUNT, answered)
    forecast = Forecast(
        prediction, 2, waiting, [make_flat_row(free_chance)[: 2 * BIN_COUNT]] * 12, [make_flat_row(answered)] * 16
    )
    agents, calls = compute_binomial(12, free_chance), compute_binomial(16, answered)
    none = sum(
        agents[free_agents] * calls[answer_count]
        for free_agents, answer_count in product(range(13), range(17))
        if 2 - waiting + free_agents - answer_count <= 0
    )
    assert forecast.predict_drops() == pytest.approx(16 * answered * none, abs=0.35)


def compute_binomial(number: int, chance: float) -> list[float]:
    shares = [1.0] + [0.0] * number
    for _ in range(number):
        shares = [
            share * (1 - chance) + (shares[index - 1] * chance if index else 0.0) for index, share in enumerate(shares)
        ]
    return shares


def test_a_call_that_is_added_and_removed_leaves_the_forecast_as_it_was() -> None:
    prediction = predict(*make_learnt())
    forecast = Forecast(prediction, 3, 0, list(prediction.talking[5:9]), list(prediction.calls_in_flight[2:9]))
    drops_before = forecast.predict_drops(), forecast.predict_drops_of_one_more()
    forecast.add_call(prediction.calls_in_flight[4])
    drops_with_call = forecast.predict_drops()
    forecast.remove_call(prediction.calls_in_flight[4])
    assert drops_with_call > drops_before[0]
    assert isclose(forecast.predict_drops(), drops_before[0], rel_tol=1e-9)
    assert forecast.predict_drops_of_one_more() == pytest.approx(drops_before[1])
