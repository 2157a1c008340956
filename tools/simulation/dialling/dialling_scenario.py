"""The world of a simulated campaign, as data: its agents, its calls, and how the share of answered calls drifts."""

from dataclasses import dataclass
from math import exp, pi, sin, sqrt
from random import Random

LIST_CHANGES = (0.55, 0.7, 1.4, 1.8)  # factors of the answer rate after another list was loaded
WALK_MINUTES, WALK_DEVIATION = 25.0, 0.2  # of the slow random walk
HOUR_SWING = 0.25  # of the answer rate over a day


@dataclass(frozen=True, slots=True)
class Length:
    """A lognormal length: its mean in seconds, and its standard deviation as a share of the mean."""

    mean: float
    variation: float


@dataclass(frozen=True, slots=True)
class DiallingScenario:
    """A campaign of some days.

    Shares are from 0 to 1, times in seconds. Of the calls, `answer_rate` are answered after `ring_time`, `failures` end
    at once, and the others ring for `dial_timeout`. Of the answers, `machines` are machines. A person who waits for an
    agent hangs up after `patience` on average. `pauses` of the wrap-ups end in a pause. READY agents pause
    `vanishes_an_hour` times.
    """

    agents: int = 20
    days: int = 10
    hours: float = 8.0
    answer_rate: float = 0.2
    drifts: bool = True
    failures: float = 0.12
    machines: float = 0.0
    dialling_time: tuple[float, float] = (0.5, 3.5)
    ring_time: Length = Length(9.0, 0.6)
    dial_timeout: float = 25.0
    short_talks: float = 0.65
    short_talk: Length = Length(35.0, 0.8)
    long_talk: Length = Length(210.0, 0.7)
    wrap_up: Length = Length(15.0, 0.8)
    machine_talk: Length = Length(8.0, 0.5)
    pauses: float = 0.04
    pause: Length = Length(400.0, 0.8)
    hold: float = 2.0
    patience: float = 15.0
    vanishes_an_hour: float = 0.0


def answer_rates(scenario: DiallingScenario, seed: int) -> list[float]:
    """Return the share of answered calls by minute of the campaign's working time.

    It drifts with the hour of the day, a slow random walk, and another list at a random time of each day.
    """
    minutes, day = int(scenario.days * scenario.hours * 60) + 2, int(scenario.hours * 60)
    if not scenario.drifts:
        return [scenario.answer_rate] * minutes
    draw = Random(seed)  # noqa: S311 - a simulation
    rates, walk, factor, change = [], 0.0, 1.0, 0
    for minute in range(minutes):
        today = minute % max(1, day)
        if today == 0:
            factor, change = 1.0, draw.randrange(day // 4, day)
        if today == change:
            factor = draw.choice(LIST_CHANGES)
        walk += -walk / WALK_MINUTES + WALK_DEVIATION * sqrt(2 / WALK_MINUTES) * draw.gauss(0, 1)
        hour = 1 + HOUR_SWING * sin(2 * pi * today / day - 1)
        rates.append(min(0.9, max(0.01, scenario.answer_rate * factor * hour * exp(walk - 0.02))))
    return rates
