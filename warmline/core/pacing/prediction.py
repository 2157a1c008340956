"""Predict from what was learnt: when a busy agent is free, and when a call in flight is answered, each by its age.

The next 30 seconds are divided into bins. A row has a probability for each bin, and a table has a row for each second
of age. Tables are made every half minute, in steps of about a millisecond; a decision only looks rows up.
"""

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp
from operator import mul

from warmline.core.pacing.agent_times import MAX_TALK_SECONDS, MAX_WRAP_UP_SECONDS, AgentTimes
from warmline.core.pacing.call_outcomes import MAX_FLIGHT_SECONDS, CallOutcomes
from warmline.core.pacing.length_counts import interpolate

BIN_EDGES_SECONDS = (0, 1, 2, 3, 4, 6, 8, 10, 13, 16, 20, 25, 30)  # from now
BIN_EDGES = tuple(map(float, BIN_EDGES_SECONDS))
BIN_COUNT = len(BIN_EDGES) - 1
HOLD_WHOLE_SECONDS = 2  # that an answered call may wait for an agent
HOLD_SECONDS = float(HOLD_WHOLE_SECONDS)
BIN_ENDS_SECONDS = tuple(edge + HOLD_WHOLE_SECONDS for edge in BIN_EDGES_SECONDS[1:])
MIN_PROBABILITY = 1e-6
USUAL_REMAINING_SECONDS = 60.0  # of a talk that lasts longer than all that are known
ROWS_PER_STEP = 20  # of agents who talk

Row = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Prediction:
    """Rows by age in whole seconds.

    A row of an agent has the probability to be free by the end of each bin (and `HOLD_SECONDS`), then the variance of
    each. A row of a call has the probability to be answered by the end of each bin, then the variance of each. Last is
    the probability to be answered within each bin. `stay_chances` is the probability that a READY agent is there by the
    end of each bin.
    """

    talking: tuple[Row, ...]
    wrapping_up: tuple[Row, ...]
    calls_in_flight: tuple[Row, ...]
    stay_chances: Row
    answer_rate: float


def predict(
    outcomes: CallOutcomes, times: AgentTimes, talks: Iterable[float] = (), wrap_ups: Iterable[float] = ()
) -> Prediction:
    """Make the tables; `talks` and `wrap_ups` are how many seconds those that go on have lasted."""
    steps = predict_in_steps(outcomes, times, talks, wrap_ups=wrap_ups)
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            prediction: Prediction = stop.value
            return prediction


def predict_in_steps(
    outcomes: CallOutcomes, times: AgentTimes, talks: Iterable[float], wrap_ups: Iterable[float]
) -> Generator[None, None, Prediction]:
    """Make the tables as `predict` does, and pause after each step; the tables are the value of the generator."""
    talk = times.talk.compute_distribution(talks)
    wrap_up = times.wrap_up.compute_distribution(wrap_ups)
    ready_share = times.get_ready_share()
    stay_chances = tuple(exp(-times.get_vanish_rate() * edge) for edge in BIN_EDGES[1:])
    yield
    calls_in_flight, answer_rate = _make_in_flight_rows(outcomes), outcomes.get_answer_rate()
    yield
    wrapping_up = _make_wrap_up_rows(wrap_up, ready_share)
    talking = yield from _make_talking_rows(talk, wrap_up, ready_share)
    return Prediction(talking, wrapping_up, calls_in_flight, stay_chances=stay_chances, answer_rate=answer_rate)


def _make_talking_rows(
    talk: Sequence[float], wrap_up: Sequence[float], ready_share: float
) -> Generator[None, None, tuple[Row, ...]]:
    """Make the rows of agents who talk: the talk ends in a second from now, and the wrap-up takes what is left."""
    half_second_chances = [interpolate(wrap_up, second + 0.5) for second in range(BIN_ENDS_SECONDS[-1])]
    # By the second of the talk's end:
    wrap_up_chances = [half_second_chances[end_seconds - 1 :: -1] for end_seconds in BIN_ENDS_SECONDS]
    end_chances = [later_chance - sooner_chance for sooner_chance, later_chance in pairwise(talk)]
    rows: list[Row] = []
    row_count = 0
    for age_seconds in range(MAX_TALK_SECONDS):
        step_seconds = 2 if age_seconds < 120 else 15  # rows of several seconds: the rest changes slowly
        if age_seconds % step_seconds and rows:
            rows.append(rows[-1])
            continue
        if row_count % ROWS_PER_STEP == 0:
            yield
        row_count += 1
        lasting_probability = 1 - talk[age_seconds]
        if lasting_probability > MIN_PROBABILITY:
            seconds = end_chances[age_seconds : age_seconds + BIN_ENDS_SECONDS[-1]]
            row = [sum(map(mul, seconds, chances)) / lasting_probability for chances in wrap_up_chances]
        else:
            row = [0.5 * (1 - exp(-end_seconds / USUAL_REMAINING_SECONDS)) for end_seconds in BIN_ENDS_SECONDS]
        rows.append(_append_variance([ready_share * min(1.0, chance) for chance in row]))
    return tuple(rows)


def _make_wrap_up_rows(wrap_up: Sequence[float], ready_share: float) -> tuple[Row, ...]:
    distribution = _extend(wrap_up)
    rows = []
    for age_seconds in range(MAX_WRAP_UP_SECONDS):
        ended_probability = distribution[age_seconds]
        lasting_probability = 1 - ended_probability
        row = [0.5] * BIN_COUNT
        if lasting_probability > MIN_PROBABILITY:
            row = [
                min(1.0, (distribution[age_seconds + end_seconds] - ended_probability) / lasting_probability)
                for end_seconds in BIN_ENDS_SECONDS
            ]
        rows.append(_append_variance([ready_share * chance for chance in row]))
    return tuple(rows)


def _make_in_flight_rows(outcomes: CallOutcomes) -> tuple[Row, ...]:
    answered_distribution = _extend(outcomes.answered.compute_distribution())
    unanswered_distribution = _extend(outcomes.unanswered.compute_distribution())
    answer_rate = outcomes.get_answer_rate()
    rows = []
    for age_seconds in range(MAX_FLIGHT_SECONDS):
        in_flight_probability = answer_rate * (1 - answered_distribution[age_seconds]) + (1 - answer_rate) * (
            1 - unanswered_distribution[age_seconds]
        )
        share = answer_rate / in_flight_probability if in_flight_probability > MIN_PROBABILITY else 0.0
        answered_probability = answered_distribution[age_seconds]
        answer_chances = [
            share * (answered_distribution[age_seconds + edge] - answered_probability) for edge in BIN_EDGES_SECONDS
        ]
        bin_chances = [later_chance - sooner_chance for sooner_chance, later_chance in pairwise(answer_chances)]
        rows.append((*_append_variance(answer_chances[1:]), *bin_chances))
    return tuple(rows)


def _append_variance(chances: Sequence[float]) -> Row:
    return (*chances, *[chance * (1 - chance) for chance in chances])


def _extend(distribution: Sequence[float]) -> list[float]:
    """Return the probabilities that a length is less than n seconds, also for n that are above all lengths."""
    return [*distribution, *[1.0] * BIN_ENDS_SECONDS[-1]]
