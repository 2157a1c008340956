"""Ends an input that hangs."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

COMPUTING = 2.0  # seconds of processor time for an input
WAITING = 30.0  # seconds by the clock, on a machine with other work


class Hang(BaseException):
    """An input takes too long. It is not an Exception, so that no code under test catches it."""


def _rings(number: int, _frame: FrameType | None) -> None:
    what = f"computes for {COMPUTING:g} s" if number == signal.SIGPROF else f"takes {WAITING:g} s"
    raise Hang(f"an input {what}")


@contextmanager
def watched() -> Iterator[None]:
    """Raise Hang in code that takes too long. For the main thread alone."""
    before = {number: signal.signal(number, _rings) for number in (signal.SIGPROF, signal.SIGALRM)}
    signal.setitimer(signal.ITIMER_PROF, COMPUTING)
    signal.setitimer(signal.ITIMER_REAL, WAITING)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before.items():
            signal.signal(number, handler)
