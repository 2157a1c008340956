"""The pacer in simulated campaigns: how much agents talk, and that no window is ever above its budget."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from tests.soak import examples, soaking
from tools.simulation.dialling import contenders, dialling_world
from tools.simulation.dialling.dialling_result import DiallingResult
from tools.simulation.dialling.dialling_scenario import DiallingScenario
from tools.simulation.dialling.dialling_world import DiallingWorld
from warmline.core.model.dialler import DropWindow
from warmline.core.pacing.dial_method import DialMethod, PacingRules
from warmline.core.pacing.drop_budget import DropRules
from warmline.core.pacing.pacer import Pacer

RULES = DropRules(30)
HOURS_SCENARIO = DiallingScenario(agents=20, days=1, hours=1.5 if soaking() else 0.8)
# Agents, days, hours and the least talk share: in the soak the days of a whole campaign, which take minutes.
WHOLE = [(20, 10, 8.0, 0.72), (5, 20, 8.0, 0.62), (50, 4, 8.0, 0.77), (200, 1, 2.0, 0.75)]
CAMPAIGNS = WHOLE if soaking() else [(10, 1, 0.5, 0.35)]


def play_campaign(scenario: DiallingScenario, pacer: Pacer, seed: int = 1, pulse: float = 1.0) -> DiallingResult:
    """Play a scenario with few decisions, so that it takes seconds."""
    world = DiallingWorld(scenario, seed, pacer, pacer.rules.drops, pulse=pulse, on_events=False)
    result = world.run()
    assert (pacer.calls_in_flight, pacer.waiting_calls) == ({}, {})  # every call has ended
    assert pacer.budget.windows[0].answered == result.persons
    return result


def make_predictive(drops: DropRules = RULES) -> Pacer:
    return Pacer(PacingRules(DialMethod.PREDICTIVE, drops=drops))


def test_agents_talk_more_than_with_one_call_each_and_the_budget_holds() -> None:
    progressive = play_campaign(HOURS_SCENARIO, Pacer(PacingRules(DialMethod.PROGRESSIVE, drops=RULES)))
    paced = play_campaign(HOURS_SCENARIO, make_predictive())
    assert progressive.dropped == 0
    assert paced.talk_share() > 1.3 * progressive.talk_share()
    assert (paced.above, paced.excess) == (0, 0)
    assert 0 < paced.dropped <= 0.03 * paced.persons


@pytest.mark.parametrize("agents, days, hours, min_talk_share", CAMPAIGNS)
def test_a_whole_campaign_reaches_its_talk_share_and_is_never_above_the_limit(
    agents: int, days: int, hours: float, min_talk_share: float
) -> None:
    scenario = DiallingScenario(agents=agents, days=days, hours=hours)
    result = contenders.warmline().play(scenario, RULES, seed=1)
    assert result.talk_share() >= min_talk_share
    assert (result.above, result.drop_rate() <= 0.03) == (0, True)


@given(
    st.integers(1, 60),
    st.floats(0.02, 0.6),
    st.sampled_from((0.0, 0.3)),
    st.sampled_from((DropWindow.PERIOD, DropWindow.DAY)),
    st.sampled_from((10, 30)),
    st.integers(0, 1000),
)
@example(55, 0.064, 0.3, DropWindow.PERIOD, 30, 578)
@example(54, 0.397, 0.3, DropWindow.DAY, 30, 304)
@settings(max_examples=examples(1, 2), deadline=None, phases=[*Phase] if soaking() else [Phase.explicit])
def test_no_window_of_any_world_ends_above_its_limit(
    agents: int, rate: float, machines: float, window: DropWindow, limit: int, seed: int
) -> None:
    """Only READY agents who vanish can break it. The errors of the model cost less than the guard keeps back."""
    scenario = DiallingScenario(
        agents=agents, days=2, hours=6.0 / agents + 0.1, answer_rate=rate, machines=machines, patience=1.0
    )
    result = play_campaign(scenario, make_predictive(DropRules(limit, window)), seed)
    assert result.worst_window() <= limit / 1000


@pytest.mark.parametrize("seed", [5, 1])
def test_answers_in_blocks_keep_the_limit(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """In each minute the leads answer twice as often as usual, or hardly ever."""

    def rates(scenario: DiallingScenario, _: int) -> list[float]:
        draw = Random(seed)  # noqa: S311 - a simulation
        return [scenario.answer_rate * draw.choice((0.1, 1.9)) for _ in range(62)]

    monkeypatch.setattr(dialling_world, "answer_rates", rates)
    scenario = DiallingScenario(agents=35, days=1, hours=1.0, answer_rate=0.2, patience=1.0)
    result = play_campaign(scenario, make_predictive(DropRules(30, DropWindow.DAY)), seed)
    assert result.worst_window() <= 0.03
    assert result.talk_share() > 0.4


def test_the_learnt_rates_are_near_those_of_the_simulated_campaign() -> None:
    pacer = make_predictive()
    play_campaign(replace(HOURS_SCENARIO, hours=HOURS_SCENARIO.hours * 0.6, drifts=False, answer_rate=0.3), pacer)
    assert pacer.outcomes.get_answer_rate() == pytest.approx(0.3, abs=0.1)
    assert pacer.times.get_ready_share() == pytest.approx(0.96, abs=0.04)
    below = pacer.times.wrap_up.compute_distribution()
    assert below[12] == pytest.approx(0.5, abs=0.1)  # the median of a wrap-up of 15 s on average
