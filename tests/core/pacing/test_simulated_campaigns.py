"""The pacer in simulated campaigns: how much agents talk, and that no window is ever above its budget."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from tests.soak import examples, soaking
from tools.simulation.dialling import contenders, dialling_world
from tools.simulation.dialling.dialling_result import DiallingResult
from tools.simulation.dialling.dialling_scenario import DiallingScenario, answer_rates
from tools.simulation.dialling.dialling_world import DiallingWorld
from tools.simulation.dialling.vicidial_dialler import AdaptMethod, VicidialDialler
from warmline.core.model.dialler import DropWindow
from warmline.core.pacing.campaign_calls import AgentActivity
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


def test_the_same_seed_gives_the_same_campaign() -> None:
    short = replace(HOURS_SCENARIO, hours=0.2)
    first_result, second_result, other_result = (play_campaign(short, make_predictive(), seed) for seed in (3, 3, 4))
    assert first_result == second_result
    assert (first_result.dials, first_result.talking) != (other_result.dials, other_result.talking)


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


def test_agents_who_vanish_while_a_call_rings_are_learnt() -> None:
    pacer = make_predictive()
    vanish_rate = pacer.times.get_vanish_rate()
    result = play_campaign(replace(HOURS_SCENARIO, hours=0.3, vanishes_an_hour=20.0), pacer)
    assert pacer.times.get_vanish_rate() > 3 * vanish_rate
    assert result.connected > 0


def test_the_learnt_rates_are_near_those_of_the_simulated_campaign() -> None:
    pacer = make_predictive()
    play_campaign(replace(HOURS_SCENARIO, hours=HOURS_SCENARIO.hours * 0.6, drifts=False, answer_rate=0.3), pacer)
    assert pacer.outcomes.get_answer_rate() == pytest.approx(0.3, abs=0.1)
    assert pacer.times.get_ready_share() == pytest.approx(0.96, abs=0.04)
    below = pacer.times.wrap_up.compute_distribution()
    assert below[12] == pytest.approx(0.5, abs=0.1)  # the median of a wrap-up of 15 s on average


def test_a_steady_answer_rate_stays_and_a_drifting_one_moves_around_its_mean() -> None:
    scenario = DiallingScenario(days=40)
    assert set(answer_rates(replace(scenario, drifts=False), 1)) == {0.2}
    rates = answer_rates(scenario, 1)
    assert len(rates) == 40 * 480 + 2 and min(rates) < 0.1 and max(rates) > 0.35
    assert sum(rates) / len(rates) == pytest.approx(0.2, abs=0.03)


def make_vicidial(method: AdaptMethod, drops: int, minutes: float = 2.0) -> VicidialDialler:
    """VICIdial after some time with ten READY agents and 60 answered calls, some of them dropped."""
    dialler = VicidialDialler(method, 3.0)
    for number in range(10):
        dialler.note_activity(f"agent{number}", AgentActivity.READY, 0)
    for pulse in range(int(minutes * 120)):
        dialler.decide(10**15 + pulse * 500_000)
        if pulse == 60:
            for number in range(60):
                dialler.add_call(str(number), 0)
                dialler.note_answer(str(number), 0)
                if number < drops:
                    dialler.count_dropped_call(str(number), 0)
                else:
                    dialler.note_connection(str(number), "agent0", 0)
            dialler.note_activity("agent0", AgentActivity.READY, 0)
    return dialler


def test_the_level_of_vicidial_climbs_while_agents_are_ready() -> None:
    assert make_vicidial(AdaptMethod.HARD_LIMIT, drops=0).level == 3.0


@pytest.mark.parametrize(("method", "level"), [(AdaptMethod.HARD_LIMIT, 1.0), (AdaptMethod.AVERAGE, 1.5)])
def test_the_level_of_vicidial_falls_after_too_many_drops(method: AdaptMethod, level: float) -> None:
    assert make_vicidial(method, drops=3).level == level
