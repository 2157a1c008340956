"""An entry point: the inputs that it accepts, and a way to try them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.database import ExampleDatabase

Attack = Callable[[Any], None]
"""Try one input. Raises ForbiddenDial, AssertionError, or any other exception that the input causes."""


class ForbiddenDial(AssertionError):
    """A channel that the dial rules forbid was created or requested."""


@dataclass(frozen=True)
class Door:
    """`opened` gives the attack, for many inputs one after the other; `quick` is the number for `make test`."""

    name: str
    inputs: st.SearchStrategy[Any]
    opened: Callable[[], AbstractContextManager[Attack]]
    quick: int


def search(door: Door, attack: Attack, examples: int, corpus: ExampleDatabase | None = None) -> None:
    """Try this many inputs. Raises the exception of the smallest failing input.

    With a corpus, the inputs are new ones each time. Those that fail are kept there, and the next search tries them
    first.
    Without one, the inputs are always the same, because hypothesis reads no corpus beside a seed.
    """

    @(seed(1) if corpus is None else lambda tried: tried)
    @settings(
        max_examples=examples,
        deadline=None,
        database=corpus,
        report_multiple_bugs=False,
        phases=(Phase.reuse, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(door.inputs)
    def tried(given: Any) -> None:
        attack(given)

    tried()
