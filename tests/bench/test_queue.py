"""The benchmark of the queue: it measures the right decision, and judges by the work and the growth."""

from tools.bench.core import queue_matching
from tools.bench.core.full_queue import FullQueue
from tools.bench.core.live_core import Took
from warmline.core.model.call_states import State


def test_the_benchmark_offers_every_agent_a_waiting_call() -> None:
    floor = FullQueue(20)
    took = [floor.decide(user) for user in list(floor.rules.agents)[:40]]
    assert all(one.work > 0 for one in took)
    assert len(floor.world.calls) == 20
    assert all(call.state is State.WAITING for call in floor.world.calls.values())


def test_the_benchmark_judges_by_the_work_and_the_growth() -> None:
    empty = queue_matching.figures([Took(10.0, 15.0)] * 100)
    good = queue_matching.judge(empty, [queue_matching.figures([Took(20.0 + n, 90.0)] * 100) for n in range(4)])
    assert good.met and (good.value, good.baseline) == (23.0, 10.0)
    slow = queue_matching.judge(
        empty, [queue_matching.figures([Took(work, work)] * 100) for work in (20.0, 40.0, 80.0, 201.0)]
    )
    assert [row.met for row in slow.rows] == [False, True, True, True, False]
    assert queue_matching.figures([Took(float(n), 2.0 * n) for n in range(1, 101)])["p99 by the clock"] == 198.0
