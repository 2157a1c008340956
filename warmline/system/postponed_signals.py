"""Handles signals after a block instead of inside it, for blocks that must not be left half done."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def postponed(*numbers: signal.Signals) -> Iterator[None]:
    """Handle these signals at the end of the block. Their handlers may raise there, and never inside it.

    Another thread than the main one handles no signals, and needs no delay.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {number: signal.signal(number, lambda given, _: came.append(given)) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for one in came:
            signal.raise_signal(one)
