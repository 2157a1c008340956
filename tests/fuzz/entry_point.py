"""What a door is: what can come in by it, and how that is tried."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

Attack = Callable[[Any], None]
"""Tries one input. Raises ForbiddenDial, or AssertionError or whatever else came of it."""


class ForbiddenDial(AssertionError):
    """A channel was made, or asked for, that the dial rules forbid."""


@dataclass(frozen=True)
class Door:
    """`opened` gives the attack, for many inputs one after the other; `quick` is how many `make test` tries."""

    name: str
    inputs: st.SearchStrategy[Any]
    opened: Callable[[], AbstractContextManager[Attack]]
    quick: int


def search(door: Door, attack: Attack, examples: int, number: int) -> None:
    """Try so many inputs; the same for the same number. Raises what the smallest bad input brings about."""

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(door.inputs)
    def tried(given: Any) -> None:
        attack(given)

    tried()
