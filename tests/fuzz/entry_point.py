"""An entry point: the inputs that it accepts, and a way to try them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

Attack = Callable[[Any], None]
"""Try one input. Raises ForbiddenDial, AssertionError, or any other exception that the input causes."""


class ForbiddenDial(AssertionError):
    """A channel that the dial rules forbid was created or requested."""


@dataclass(frozen=True)
class Door:
    """`opened` gives the attack, for many inputs one after the other; `quick` is the number in a short search."""

    name: str
    inputs: st.SearchStrategy[Any]
    opened: Callable[[], AbstractContextManager[Attack]]
    quick: int
