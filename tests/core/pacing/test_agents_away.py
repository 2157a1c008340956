"""With a tight budget, the pacer does not count on READY agents who may go away before a lead answers."""

from itertools import product

import pytest

from tests.core.pacing.test_pacer import LARGE_BUDGET, SECOND_US, START_US, dial_calls, make_pacer
from warmline.core.model.dialler import DropBudget
from warmline.core.pacing.agent_times import AgentTimes
from warmline.core.pacing.campaign_calls import AgentActivity
from warmline.core.pacing.dial_method import DialMethod
from warmline.core.pacing.pacer import Pacer

TIGHT_BUDGET = DropBudget()
HOUR_SECONDS = 3600.0
PACED_METHODS = (DialMethod.PROGRESSIVE, DialMethod.PREDICTIVE)


def make_pacer_with_callers(method: DialMethod, budget: DropBudget, an_hour: float, ready: int = 5) -> Pacer:
    pacer = make_pacer(method, ready, budget)
    pacer.callers_per_second = an_hour / HOUR_SECONDS
    return pacer


def test_the_callers_of_twelve_seconds_are_left_their_agents(subtests: pytest.Subtests) -> None:
    for method, (an_hour, begin) in product(
        PACED_METHODS, [(0, 5), (6, 5), (20, 4), (72, 4), (144, 3), (360, 1), (5000, 0)]
    ):
        with subtests.test(method=method, an_hour=an_hour, begin=begin):
            assert make_pacer_with_callers(method, TIGHT_BUDGET, an_hour).decide(START_US).new_calls == begin


def test_a_budget_that_is_not_tight_counts_on_every_ready_agent() -> None:
    assert make_pacer_with_callers(DialMethod.PROGRESSIVE, LARGE_BUDGET, 360).decide(START_US).new_calls == 5


def test_agents_who_are_kept_for_the_ring_go_only_to_callers_who_outrank() -> None:
    pacer = make_pacer_with_callers(DialMethod.PROGRESSIVE, TIGHT_BUDGET, 72)
    pacer.holds_agents = True
    assert pacer.decide(START_US).new_calls == 5
    pacer.outranking_per_second = pacer.callers_per_second
    assert pacer.decide(START_US).new_calls == 3
    pacer = make_pacer_with_callers(DialMethod.PROGRESSIVE, TIGHT_BUDGET, 360)
    pacer.holds_agents = True
    assert pacer.decide(START_US).new_calls == 4, "one caller comes in each ring, and need not wait for its end"


def test_pauses_and_logouts_while_calls_ring_are_learnt_and_a_call_is_none() -> None:
    times = []
    for end in ("pause", "logout", "call", "logout without calls"):
        pacer = make_pacer(DialMethod.PROGRESSIVE, 1, TIGHT_BUDGET)
        if end != "logout without calls":
            dial_calls(pacer, 1)
        if end == "pause":
            pacer.note_activity("agent0", AgentActivity.PAUSED, START_US + 8 * SECOND_US)
        elif end == "call":
            pacer.note_activity("agent0", AgentActivity.TALKING, START_US + 8 * SECOND_US)
        else:
            pacer.note_agent_leave("agent0", START_US + 8 * SECOND_US)
        times.append(pacer.times.get_leave_rate())
    pause, logout, call, after_the_day = times
    assert pause == logout > 2 * call and after_the_day == AgentTimes().get_leave_rate()


def test_an_agent_is_spared_for_one_likely_to_leave() -> None:
    pacer = make_pacer(DialMethod.PROGRESSIVE, 2, TIGHT_BUDGET)
    pacer.times.left, pacer.times.ready_seconds = 40.0, HOUR_SECONDS
    assert pacer.decide(START_US).new_calls == 1


def test_no_call_is_given_up_for_an_agent_who_only_may_go_away() -> None:
    pacer = make_pacer_with_callers(DialMethod.PROGRESSIVE, TIGHT_BUDGET, 0)
    dial_calls(pacer, 5, START_US, START_US + SECOND_US)
    pacer.callers_per_second = 72 / HOUR_SECONDS
    assert pacer.decide(START_US + 20 * SECOND_US).hopeless_calls == ()


def test_a_record_without_the_rate_of_leaving_is_read() -> None:
    record = Pacer(make_pacer(DialMethod.PROGRESSIVE, 1).rules).as_record()
    record["times"]["vanished"] = 7.0
    del record["times"]["left"]
    pacer = make_pacer(DialMethod.PROGRESSIVE, 1)
    pacer.restore(record)
    assert pacer.times.left == 7.0
