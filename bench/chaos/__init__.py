"""Random scenarios with random faults on a real Asterisk: who loses a call, a packet, a receipt.

Each scenario is drawn from the seed and its number alone. After one that has left anything wrong, and after each death
of Asterisk, the next begins in a new lab.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence

from bench.chaos.centre import centre
from bench.chaos.faults import FAULTS
from bench.chaos.trial import ALLOWED, Findings, trial
from bench.progress import Step
from bench.result import Figures, Result, Row

COUNT = 20  # scenarios
BACK_WITHIN = 2.0  # seconds after a fault until commands work again


async def measure(count: int, step: Step, *, minutes: float = 0, seed: int = 1) -> Result:
    """Run `count` scenarios, or as many as begin in `minutes`. Raises CannotMeasureError."""
    found: list[Findings] = []
    until = time.monotonic() + 60 * minutes
    while len(found) < count if not minutes else time.monotonic() < until:
        async with centre() as here:
            for number in _to_come(len(found), count, until if minutes else 0):
                one = await trial(here, f"{seed}:{number}")
                found.append(one)
                step()
                for text in _short(one):
                    print(f"chaos: {seed}:{number} {one.scenario}, {one.fault}: {text}", file=sys.stderr)
                if one.wrong or one.fault == "Asterisk killed":
                    break
    return result(found)


def _short(one: Findings) -> Iterator[str]:
    """What keeps a scenario from the goals."""
    yield from one.wrong
    if 0 < one.beyond <= ALLOWED:
        yield f"{one.packets} packets lost, the control {one.control}"
    if one.back > BACK_WITHIN:
        yield f"its command was done {one.back:.1f} s after the fault"


def _to_come(first: int, count: int, until: float) -> Iterator[int]:
    while time.monotonic() < until if until else first < count:
        yield first
        first += 1


def result(found: Sequence[Findings]) -> Result:
    """The table: what must be nothing first."""
    by_kind = Counter(one.fault for one in found)
    back = max((one.back for one in found), default=0.0)
    rows = [
        _none("calls lost", "calls", [one.lost for one in found]),
        _packets(found),
        _none("calls, receipts and recordings without an end", "records", [one.receipts for one in found]),
        _none("recordings whose row is untrue", "rows", [one.untrue for one in found]),
        _none("orphans", "channels and bridges", [one.orphans for one in found]),
        Row(
            "a command works after the fault",
            "s",
            _count(back),
            _count(0.0),
            f"{BACK_WITHIN:g} or less",
            back <= BACK_WITHIN,
        ),
        Row("scenarios", "calls", _count(len(found)), _count(0)),
        *(Row(f"fault: {name}", "times", _count(by_kind[name]), _count(0)) for name in FAULTS),
    ]
    return Result("chaos", "control", rows)


def _none(what: str, unit: str, wrong: Sequence[list[str]]) -> Row:
    number = sum(map(len, wrong))
    return Row(what, unit, _count(number), _count(0), "0", number == 0)


def _packets(found: Sequence[Findings]) -> Row:
    ours, control = _count(sum(one.packets for one in found)), _count(sum(one.control for one in found))
    met = not any(one.beyond for one in found)
    return Row("packets lost to who was talking", "packets", ours, control, "0 more than the control", met)


def _count(number: float) -> Figures:
    return {"count": float(number)}
