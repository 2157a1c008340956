"""Writes the log in a thread of its own: a reader that has stopped, or a disk that hangs, holds nobody up.

What does not fit into its queue is dropped and counted; once the log is read again, a line says how many.
"""

import logging
import os
import select
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue

MOST = 4096  # lines that wait: a megabyte or two, and some seconds of the worst flood
PAUSE = 0.05  # seconds between two writes: to wake the thread for each line would hold up the command it tells of
AT_THE_END = 1.0  # seconds that the last lines have when the program ends
SAID_AGAIN = 1.0  # seconds between two lines of the same kind


class LogWriter(logging.Handler):
    """Hands on what its formatter makes of each record. `write` gets the bytes of a line, and may take its time."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        super().__init__()
        self.dropped = 0  # lines, since the program began
        self._write = write
        self._told = 0  # of those that were dropped
        self._lines: SimpleQueue[bytes | threading.Event] = SimpleQueue()  # an event: all before it is written
        self._thread: threading.Thread | None = None
        self._begin = threading.Lock()
        self._pause = threading.Event()  # never set

    def emit(self, record: logging.LogRecord) -> None:
        """Take one line, or count it; never wait."""
        if self._lines.qsize() >= MOST:
            self.dropped += 1
            return
        try:
            line = f"{self.format(record)}\n".encode(errors="backslashreplace")
        except Exception:  # a log call with the wrong number of words must not end what it tells of
            self.handleError(record)
            return
        self._lines.put(line)
        if self._thread is None:
            self._start()

    def flush(self) -> None:
        """Wait until all is written, at most a second: nobody may read it."""
        if self._thread:
            written = threading.Event()
            self._lines.put(written)
            written.wait(AT_THE_END)

    def _start(self) -> None:
        """Begin to write: at the first line, so that what forks before it has no thread."""
        with self._begin:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="log", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            self._pause.wait(PAUSE)
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


class LogRateLimit:
    """Lets a line of one kind through once a second: `due` is how many were held back since; None: not now."""

    def __init__(self) -> None:
        self._last = float("-inf")
        self._held = 0

    def due(self) -> int | None:
        """Count one more."""
        if time.monotonic() - self._last < SAID_AGAIN:
            self._held += 1
            return None
        self._last, held, self._held = time.monotonic(), self._held, 0
        return held


def and_more(held: int) -> str:
    """What a line says of those that were held back."""
    return f" (and {held} more)" if held else ""


def to_file(number: int) -> Callable[[bytes], None]:
    """What writes to that file number, past Python's own buffers, whose locks would hold up the end of the program."""

    def write(line: bytes) -> None:
        while line:
            try:
                line = line[os.write(number, line) :]
            except BlockingIOError:
                select.select([], [number], [])
            except OSError:  # nobody will ever read it
                return

    return write


def _lost(count: int) -> logging.LogRecord:
    text = "%d log lines were dropped: nobody read the log fast enough"
    return logging.LogRecord("warmline", logging.WARNING, __file__, 0, text, (count,), None)
