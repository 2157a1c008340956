"""A row of the command tree. It names functions and tables as text, so that nothing is loaded before it is needed."""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, NamedTuple


class TreeCommand(NamedTuple):
    """A command: the function that does it (`module:function`), its help, and what its example has behind its name.

    The help is here alone: the function has no docstring that repeats it.
    """

    name: str
    target: str
    help: str
    example: str | Callable[[], str] = ""


class TreeGroup(NamedTuple):
    """A group of commands: its help, and where its rows are (`module:name`).

    The rows are a sequence, or a function of the group's name that returns one. A group with a `target` does that if
    none of its commands is named.
    """

    name: str
    help: str
    rows: str
    target: str = ""
    epilog: str = ""


Row = TreeCommand | TreeGroup


def rows_of(group: TreeGroup) -> Iterable[Row]:
    """Load the rows of a group."""
    found: Iterable[Row] | Callable[[str], Iterable[Row]] = load(group.rows)
    return found(group.name) if callable(found) else found


def load(place: str) -> Any:
    """Import what `module:name` names."""
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)
