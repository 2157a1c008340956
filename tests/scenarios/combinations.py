"""Chooses the cases of scenarios with several parameters that `make test` plays on a real Asterisk.

Each value of each parameter is in one of them. The simulated world plays all combinations, and so does the soak on
a real Asterisk.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

Value = tuple[str, ...]  # the name of a parameter, and its value; or the names and values that vary together


class RealCase(NamedTuple):
    """A case on a real Asterisk whose scenario has several parameters: its scenario, and its values."""

    item: pytest.Item
    scenario: tuple[Path, str]
    values: frozenset[Value]


def left_to_the_night(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Return the real cases whose values others have."""
    found: defaultdict[tuple[Path, str], list[RealCase]] = defaultdict(list)
    for case in filter(None, map(_real_case, items)):
        found[case.scenario].append(case)
    return [case.item for cases in found.values() for case in _beyond(cases)]


def _real_case(item: pytest.Item) -> RealCase | None:
    spec = getattr(item, "callspec", None)
    if spec is None or spec.params.get("world") != "real" or not isinstance(item, pytest.Function):
        return None
    values = frozenset(_value(mark.args[0], spec.params) for mark in item.iter_markers("parametrize"))
    return RealCase(item, (item.path, item.originalname), values) if len(values) > 1 else None


def _value(names: str | Sequence[str], given: Mapping[str, object]) -> Value:
    one = [name.strip() for name in names.split(",")] if isinstance(names, str) else names
    return (*one, *(repr(given[name]) for name in one))


def _beyond(cases: Sequence[RealCase]) -> list[RealCase]:
    """Return the cases without which each value is in a case: first those with new values alone are kept."""
    seen: set[Value] = set()
    kept: set[int] = set()
    for is_new in (frozenset.isdisjoint, lambda values, seen: not values <= seen):
        for number, case in enumerate(cases):
            if number not in kept and is_new(case.values, seen):
                kept.add(number)
                seen |= case.values
    return [case for number, case in enumerate(cases) if number not in kept]
