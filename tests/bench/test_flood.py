"""The pieces of the flood benchmark: plans, attackers against the control's listener, and the judgement."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tools.bench import flood
from tools.bench.flood.attack_block import AttackBlock
from tools.bench.flood.attack_plan import Attack, AttackPlan, get
from tools.bench.flood.attackers import Attackers
from tools.bench.flood.command_probe import ProbeFigures
from tools.bench.flood.flood_result import rows
from tools.bench.tools.result import CannotMeasureError

HEALTH = get("/healthz")


@pytest.fixture(scope="module")
def discards() -> Iterator[int]:
    listener = subprocess.Popen(
        [sys.executable, "-m", "tools.bench.flood.discarding"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert listener.stdout and listener.stdin
    yield int(listener.stdout.readline())
    listener.stdin.close()
    assert listener.wait(10) == 0, "it ends with the benchmark"


def attacked(port: int, plan: AttackPlan, seconds: float = 0.5) -> dict[str, Any]:
    """Return what the program of the attackers did."""
    command = [sys.executable, "-m", "tools.bench.flood.attackers", str(port), str(seconds)]
    done = subprocess.run(command, input=plan.to_json() + "\n", capture_output=True, text=True, timeout=30, check=True)
    return dict(json.loads(done.stdout))


def test_the_rate_is_independent_of_the_answers(discards: int) -> None:
    sent = attacked(discards, AttackPlan(3, 100, (HEALTH, get("/nothing")), ("127.0.1.1", "127.0.1.2")))
    assert 25 <= sent["requests"] <= 51 and sent["opened"] == sent["at once"] == 3


def test_held_connections_have_one_request_each(discards: int) -> None:
    attackers = Attackers(AttackPlan(20, 0, (HEALTH,)), discards)
    attackers.run(0.5)
    sent = attackers.figures(0.5)
    for one in attackers._all:
        attackers._close(one)
    assert sent["requests"] == sent["opened"] == 20 and sent["bytes"] == 20 * len(HEALTH)


def test_a_plan_survives_its_way_to_the_attackers() -> None:
    plans = [attack.plan("t" * 43) for attack in flood.ATTACKS]
    assert [AttackPlan.from_json(plan.to_json()) for plan in plans] == plans
    assert all(plan.rate >= attack.least for attack, plan in zip(flood.ATTACKS, plans, strict=True) if plan.rate)
    assert all(
        plan.connections >= attack.least for attack, plan in zip(flood.ATTACKS, plans, strict=True) if not plan.rate
    )
    assert {address.split(".")[0] for plan in plans for address in plan.addresses} == {"127"}


def test_every_attack_of_the_review_is_there() -> None:
    families = {attack.name.partition("-")[0] for attack in flood.ATTACKS}
    assert families == {"B1", "B4", "B5", "B7", "W3", "W4", "W8", "W20"}
    assert [one.name for one in flood.chosen("W3,B4")] == ["B4-leads", "B4-callbacks", "W3"]
    with pytest.raises(CannotMeasureError, match="B9 is no attack"):
        flood.chosen("B9")


def found(
    ms: float, *, beat: float = 500.0, fallbacks: int = 0, guard: tuple[str, ...] = (), requests: int = 100
) -> AttackBlock:
    probes = ProbeFigures(http=[ms] * 10, newcomers=[ms], beat=beat)
    sent = {"rate": 10.0, "requests": requests, "opened": 5, "seconds": 10.0}
    return AttackBlock(probes, [ms] * 5, [ms] * 10, 5, fallbacks, list(guard), [], 50.0, sent)


@pytest.mark.parametrize(
    ("ours", "short"),
    [
        (found(15.0), []),
        (found(15.1), ["command, local", "command over HTTP", "caller → agent"]),
        (found(10.0, beat=1001.0), ["heartbeat"]),
        (found(10.0, fallbacks=1, guard=("stopped",)), ["callers at the fallback", "lines of the guard"]),
        (found(10.0, requests=99), ["ten a second"]),
    ],
)
def test_an_attack_is_judged_beside_its_control(ours: AttackBlock, short: list[str]) -> None:
    attack = Attack("B1", "ten a second", 10.0, lambda _: AttackPlan(1, 10, (HEALTH,)))
    told = rows(attack, ours, found(10.0))
    assert [row.what.removeprefix("B1: ") for row in told if row.met is False] == short
    assert all(row.warmline.keys() == row.baseline.keys() for row in told)
