"""Checks the log: an input from outside must not cause an error or a traceback in it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class _Keeper(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(self.format(record))


class Log:
    """The errors in the log since the last check."""

    def __init__(self, keeper: _Keeper) -> None:
        self._keeper = keeper

    def is_quiet(self) -> None:
        """Raise AssertionError if there was an error."""
        said, self._keeper.said = self._keeper.said, []
        assert not said, "\n".join(said)


@contextmanager
def kept() -> Iterator[Log]:
    """Collect all log records of the program."""
    root, keeper = logging.getLogger(), _Keeper()
    before, root.handlers = root.handlers, [keeper]
    level = root.level
    root.setLevel(logging.ERROR)
    try:
        yield Log(keeper)
    finally:
        root.handlers = before
        root.setLevel(level)
