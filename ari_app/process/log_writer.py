"""Writes the log in a separate thread, so that a stopped reader or a hanging disk delays no call.

Lines that do not fit into the queue are dropped and counted. When the log is read again, a line reports the count.
"""

import logging
import os
import select
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue

MOST = 4096  # queued lines: one or two megabytes, or some seconds of the highest rate
PAUSE = 0.05  # seconds from a line to its write; waking the thread for each line would delay commands
AT_THE_END = 1.0  # seconds to write the last lines at the end of the program
SAID_AGAIN = 1.0  # seconds between two lines of the same kind


class LogWriter(logging.Handler):
    """A handler that queues formatted records. `write` receives the bytes of a line, and may block."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        super().__init__()
        self.dropped = 0  # lines since the program began
        self._write = write
        self._told = 0  # dropped lines that are already reported
        self._lines: SimpleQueue[bytes | threading.Event] = SimpleQueue()  # an event: see flush
        self._thread: threading.Thread | None = None
        self._begin = threading.Lock()
        self._pause = threading.Event()  # never set

    def emit(self, record: logging.LogRecord) -> None:
        """Queue one line, or count it as dropped; never block."""
        if self._lines.qsize() >= MOST:
            self.dropped += 1
            return
        try:
            line = f"{self.format(record)}\n".encode(errors="backslashreplace")
        except Exception:  # a log call with a wrong number of arguments must not stop its caller
            self.handleError(record)
            return
        self._lines.put(line)
        if self._thread is None:
            self._start()

    def flush(self) -> None:
        """Wait until all lines are written, at most AT_THE_END seconds, because the reader may have stopped."""
        if self._thread:
            written = threading.Event()
            self._lines.put(written)
            written.wait(AT_THE_END)

    def _start(self) -> None:
        """Start the thread at the first line, so that a process that forks earlier has no thread."""
        with self._begin:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="log", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        """Write the lines that have come within PAUSE seconds together; without lines, the thread is never woken."""
        while True:
            first = self._lines.get()
            if not isinstance(first, threading.Event):
                self._pause.wait(PAUSE)
            self._write_next(first)
            with suppress(Empty):
                while True:
                    self._write_next(self._lines.get_nowait())

    def _write_next(self, line: bytes | threading.Event) -> None:
        if isinstance(line, threading.Event):
            line.set()
            return
        self._write(line)
        if (lost := self.dropped - self._told) and self._lines.qsize() < MOST // 2:
            self._told += lost
            self._write(f"{self.format(_lost(lost))}\n".encode())


class DirectLogHandler(logging.Handler):
    """Writes each line at once, for a process that must have no thread; drops it if the log is not read."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._poll = select.poll()
        self._poll.register(number, select.POLLOUT)

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        if self._poll.poll(0):
            with suppress(OSError):
                os.write(self._number, f"{self.format(record)}\n".encode(errors="backslashreplace"))


class LogRateLimit:
    """Lets one line of a kind pass per second."""

    def __init__(self) -> None:
        self._last = float("-inf")
        self._held = 0

    def due(self) -> int | None:
        """Count a line; return the number of lines held back before it, or None if this one is held back."""
        if time.monotonic() - self._last < SAID_AGAIN:
            self._held += 1
            return None
        self._last, held, self._held = time.monotonic(), self._held, 0
        return held


def and_more(held: int) -> str:
    """Return the suffix of a line for `held` lines that were held back before it."""
    return f" (and {held} more)" if held else ""


def to_file(number: int) -> Callable[[bytes], None]:
    """Return a function that writes to a file descriptor without Python's buffers, whose locks could block shutdown."""

    def write(line: bytes) -> None:
        while line:
            try:
                line = line[os.write(number, line) :]
            except BlockingIOError:
                select.select([], [number], [])
            except OSError:  # the reader is gone
                return

    return write


def _lost(count: int) -> logging.LogRecord:
    text = "%d log lines were dropped: the log was read too slowly"
    return logging.LogRecord("warmline", logging.WARNING, __file__, 0, text, (count,), None)
