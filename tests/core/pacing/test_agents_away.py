"""With a tight budget, the pacer does not count on READY agents who may go away before a lead answers."""

import pytest

from tests.core.pacing.test_pacer import PLENTY, SECOND, START, dial, pacer
from warmline.core.model.dialler import DropBudget
from warmline.core.pacing.agent_times import AgentTimes
from warmline.core.pacing.campaign_calls import AgentActivity
from warmline.core.pacing.dial_method import DialMethod
from warmline.core.pacing.pacer import Pacer

TIGHT = DropBudget()
AN_HOUR = 3600.0
PACED = (DialMethod.PROGRESSIVE, DialMethod.PREDICTIVE)


def with_callers(method: DialMethod, budget: DropBudget, an_hour: float, ready: int = 5) -> Pacer:
    one = pacer(method, ready, budget)
    one.callers_per_second = an_hour / AN_HOUR
    return one


@pytest.mark.parametrize("method", PACED)
@pytest.mark.parametrize(("an_hour", "begin"), [(0, 5), (6, 5), (20, 4), (72, 4), (144, 3), (360, 1), (5000, 0)])
def test_the_callers_of_twelve_seconds_are_left_their_agents(method: DialMethod, an_hour: float, begin: int) -> None:
    assert with_callers(method, TIGHT, an_hour).decide(START).begin == begin


def test_a_budget_that_is_not_tight_counts_on_every_ready_agent() -> None:
    assert with_callers(DialMethod.PROGRESSIVE, PLENTY, 360).decide(START).begin == 5


def test_agents_who_are_kept_for_the_ring_go_only_to_callers_who_outrank() -> None:
    one = with_callers(DialMethod.PROGRESSIVE, TIGHT, 72)
    one.holds_agents = True
    assert one.decide(START).begin == 5
    one.outranking_per_second = one.callers_per_second
    assert one.decide(START).begin == 3
    one = with_callers(DialMethod.PROGRESSIVE, TIGHT, 360)
    one.holds_agents = True
    assert one.decide(START).begin == 4, "one caller comes in each ring, and need not wait for its end"


def test_pauses_and_logouts_while_calls_ring_are_learnt_and_a_call_is_none() -> None:
    times = []
    for end in ("pause", "logout", "call", "logout without calls"):
        one = pacer(DialMethod.PROGRESSIVE, 1, TIGHT)
        if end != "logout without calls":
            dial(one, 1)
        if end == "pause":
            one.agent_changed("agent0", AgentActivity.PAUSED, START + 8 * SECOND)
        elif end == "call":
            one.agent_changed("agent0", AgentActivity.TALKING, START + 8 * SECOND)
        else:
            one.agent_left("agent0", START + 8 * SECOND)
        times.append(one.times.get_leave_rate())
    pause, logout, call, after_the_day = times
    assert pause == logout > 2 * call and after_the_day == AgentTimes().get_leave_rate()


def test_an_agent_is_spared_for_one_likely_to_leave() -> None:
    one = pacer(DialMethod.PROGRESSIVE, 2, TIGHT)
    one.times.left, one.times.ready_seconds = 40.0, AN_HOUR
    assert one.decide(START).begin == 1


def test_no_call_is_given_up_for_an_agent_who_only_may_go_away() -> None:
    one = with_callers(DialMethod.PROGRESSIVE, TIGHT, 0)
    dial(one, 5, START, START + SECOND)
    one.callers_per_second = 72 / AN_HOUR
    assert one.decide(START + 20 * SECOND).give_up == ()


def test_a_record_without_the_rate_of_leaving_is_read() -> None:
    record = Pacer(pacer(DialMethod.PROGRESSIVE, 1).rules).as_record()
    record["times"]["vanished"] = 7.0
    del record["times"]["left"]
    one = pacer(DialMethod.PROGRESSIVE, 1)
    one.restore(record)
    assert one.times.left == 7.0
