"""Counts the costs of a plain call: calls of Warmline's own Python functions, SQL statements, and ARI requests.

These counts are the same on each machine, however busy it is. Functions of the standard library, and those in C, are
not counted. Neither are comprehensions, because Python 3.12 no longer has functions for them. A statement of a trigger
counts as the statement that fired it.
"""

import gc
import sys
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from tests.call_cost.counted_calls import CountedCalls

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("warmline", "ari_app")
BEFORE, COUNTED = 10, 20  # calls
TOLERANCE = 1.05  # times the kept figure
COMPREHENSIONS = ("<listcomp>", "<dictcomp>", "<setcomp>")
NAMED = 10  # functions in a message


class CallCost(NamedTuple):
    """Counts of one call: the average of several. `functions` are named by file and function."""

    functions: dict[str, float]
    statements: dict[str, float]
    requests: dict[str, float]

    def sums(self) -> dict[str, float]:
        """Return the sum of each kind of count."""
        return {kind: round(sum(counts.values()), 2) for kind, counts in self._asdict().items()}


def measure(database: Path) -> CallCost:
    """Run calls and count what they do. Hashes of strings must not be random."""
    calls = CountedCalls(database)
    try:
        for _ in range(BEFORE):
            calls.plain_call()
        calls.statements.clear()
        calls.client.requests.clear()
        functions = _functions(calls)
        return CallCost(_of_one(functions), _of_one(calls.statements), _of_one(calls.client.requests))
    finally:
        calls.close()


def grown(now: CallCost, kept: CallCost) -> list[str]:
    """Return a sentence for each sum that is more than 5 % above the kept one, with the parts that grew most."""
    found = []
    sums = zip(now._fields, now.sums().values(), kept.sums().values(), now, kept, strict=True)
    for kind, ours, limit, parts, before in sums:
        if ours > TOLERANCE * limit:
            more = {name: count - before.get(name, 0) for name, count in parts.items()}
            worst = sorted((name for name in more if more[name] > 0), key=lambda name: -more[name])[:NAMED]
            told = "".join(f"\n  {name}: {before.get(name, 0):g} before, {parts[name]:g} now" for name in worst)
            found.append(f"{kind} of a call: {ours:g}; kept: {limit:g}, and 5 % more is allowed. These grew:{told}")
    return found


def _of_one(counts: Counter[str]) -> dict[str, float]:
    return {name: round(count / COUNTED, 2) for name, count in sorted(counts.items())}


def _functions(calls: CountedCalls) -> Counter[str]:
    """Return how often each function of Warmline is called. A generator counts each time that it goes on."""
    codes: Counter[Any] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            codes[frame.f_code] += 1

    before = sys.getprofile()
    gc.disable()
    sys.setprofile(count)
    try:
        for _ in range(COUNTED):
            calls.plain_call()
    finally:
        sys.setprofile(before)
        gc.enable()
    ours: Counter[str] = Counter()
    for code, times in codes.items():
        path = Path(code.co_filename)
        place = path.relative_to(ROOT) if path.is_relative_to(ROOT) else Path("elsewhere")
        if place.parts[0] in FOLDERS and code.co_name not in COMPREHENSIONS:
            ours[f"{place}:{code.co_qualname}"] += times
    return ours
