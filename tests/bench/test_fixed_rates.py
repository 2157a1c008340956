"""Calls at fixed rates: their judgement with made-up figures, and a step on an overrun machine."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from tools.bench.capacity.fixed_rates import FixedRate, judge
from tools.bench.capacity.setup_rate import SetupLab, SetupStep
from tools.bench.tools import machine_load
from tools.bench.tools.result import CannotMeasureError

RATE = FixedRate(40, 2000, 15.0)


def taken(app: float, *, rate: int = 40, times: tuple[float, ...] = (5.0, 9.0), load: float = 2.0) -> SetupStep:
    return SetupStep(rate, list(times), 2, {"calls": app}, 5.0, load)


@pytest.mark.parametrize(
    ("app", "script", "few", "cheap"),
    [(15.0, 8.0, True, True), (15.0, 7.9, True, False), (15.1, 14.0, False, True), (20.0, 5.0, False, False)],
)
def test_a_call_may_cost_so_much_and_so_many_times_the_scripts(
    app: float, script: float, few: bool, cheap: bool
) -> None:
    rows = judge(RATE, [taken(app)], [taken(script)], [taken(1.0)])
    work, cost, queue_cost, wait, queue_wait, missing, load, _ = rows
    assert (work.warmline["median"], work.baseline["median"], work.met) == (app, script, few)
    assert (cost.warmline["median"], cost.baseline["median"], cost.met) == (app + 5, script + 5, cheap)
    assert (queue_cost.baseline["median"], queue_cost.met, queue_wait.baseline["median"]) == (6.0, None, 7.0)
    assert (wait.warmline["median"], wait.met) == (7.0, None)
    assert (missing.warmline, missing.met, load.warmline) == ({"callers": 0}, True, {"least": 2.0, "largest": 2.0})


def test_a_rate_without_a_limit_is_not_judged_by_it() -> None:
    work, cost, *_ = judge(FixedRate(10, 500), [taken(90.0, rate=10)], [taken(50.0, rate=10)], [taken(1.0, rate=10)])
    assert (work.goal, work.met, cost.met) == ("", None, False)


def test_a_caller_without_an_agent_is_a_failure() -> None:
    missing = judge(RATE, [taken(9.0, times=(5.0,))], [taken(6.0)], [taken(1.0)])[5]
    assert (missing.warmline, missing.met) == ({"callers": 1}, False)


def test_without_any_connected_caller_nothing_is_said() -> None:
    with pytest.raises(CannotMeasureError, match="no caller was connected at 40 calls/s: the load was 31"):
        judge(RATE, [taken(9.0, times=(), load=31)], [taken(6.0)], [taken(1.0)])


class Callers:
    """Callers of whom none hangs up."""

    def __init__(self) -> None:
        self.stopped = False

    async def call(self, *about: object) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            self.stopped = True


class Ari:
    """An Asterisk with two channels, which a request can hang up."""

    def __init__(self) -> None:
        self.channels = [{"id": "1", "name": "PJSIP/bench-7-00000001"}, {"id": "2", "name": "PJSIP/trunk-00000002"}]

    async def request(self, method: str, path: str) -> list[Any]:
        if method == "DELETE":
            self.channels = [one for one in self.channels if f"channels/{one['id']}" != path]
        return self.channels if path == "channels" else []


def test_a_step_ends_at_once_on_an_overrun_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine_load, "queue_length", lambda: 1000.0)
    callers, ari = Callers(), Ari()
    here: Any = SimpleNamespace(lab=SimpleNamespace(pids={"asterisk": 1}), ari=ari)
    people: Any = callers
    meter: Any = SimpleNamespace(met=[])
    found = asyncio.run(SetupLab(here, people, meter, "8005550100", {}).take(40))
    assert (found.times, found.made, found.load) == ([], 160, 1000.0)
    assert callers.stopped and [one["name"] for one in ari.channels] == ["PJSIP/bench-7-00000001"]
