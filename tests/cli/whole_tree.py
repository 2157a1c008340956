"""All commands, loaded once for all tests that look at them: this takes half a second."""

from functools import cache

from cli.lazy_group import LazyGroup
from cli.main import tree


@cache
def whole_tree() -> LazyGroup:
    """Return the group of all commands, with every command loaded. A test changes nothing in it."""
    return tree().load_all()
