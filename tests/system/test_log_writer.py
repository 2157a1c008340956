"""A thread writes the log: an unread log delays no caller, and lost lines are counted."""

import logging
import os
import threading
import time
from contextlib import closing

import pytest

from ari_app.process import log_writer
from ari_app.process.log_writer import MOST, LogRateLimit, LogWriter, to_file
from ari_app.process.logs import TextFormatter

WITHIN = 20.0  # seconds; only a failing test takes them


def record(text: str, *words: object) -> logging.LogRecord:
    return logging.LogRecord("warmline", logging.INFO, "x.py", 1, text, words, None)


class Reader:
    """Reads only once it may."""

    def __init__(self) -> None:
        self.reads, self.began, self.lines = threading.Event(), threading.Event(), []  # type: ignore[var-annotated]

    def write(self, line: bytes) -> None:
        self.began.set()
        assert self.reads.wait(WITHIN)
        self.lines.append(line.decode())


def stuck() -> tuple[LogWriter, Reader]:
    """A writer whose first line is not read yet."""
    reader = Reader()
    writer = LogWriter(reader.write)
    writer.setFormatter(TextFormatter())
    writer.handle(record("first"))
    assert reader.began.wait(WITHIN)
    return writer, reader


def test_an_unread_log_delays_no_caller_and_counts_lost_lines() -> None:
    writer, reader = stuck()
    for number in range(MOST + 7):
        writer.handle(record("line %d", number))
    assert writer.dropped == 7
    reader.reads.set()
    until = time.monotonic() + WITHIN
    while len(reader.lines) < MOST + 2 and time.monotonic() < until:
        writer.flush()
    assert [line for line in reader.lines if "dropped" in line] == [
        line for line in reader.lines if line.endswith("7 log lines were dropped: the log was read too slowly\n")
    ]
    assert len(reader.lines) == MOST + 2 and reader.lines[0].endswith("first\n")


def test_a_log_call_with_a_mistake_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging, "raiseExceptions", False)
    writer, reader = stuck()
    writer.handle(record("%d lines", "many"))
    reader.reads.set()
    writer.handle(record("last"))
    writer.flush()
    assert [line.rpartition(": ")[2] for line in reader.lines] == ["first\n", "last\n"]


def test_a_full_pipe_loses_no_log_lines() -> None:
    """Its 64 KB are full; the rest comes once it is read, whole."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    writer = LogWriter(to_file(writing))
    writer.setFormatter(TextFormatter())
    for number in range(2000):
        writer.handle(record("%d %s", number, "x" * 100))
    told = b""
    with closing(os.fdopen(reading, "rb", buffering=0)) as pipe:
        while told.count(b"\n") < 2000:
            told += pipe.read(65536)
    writer.flush()
    os.close(writing)
    assert [int(line.split()[3]) for line in told.decode().splitlines()] == list(range(2000))


def test_one_line_a_second_counts_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    seldom = LogRateLimit()
    assert [seldom.due() for _ in range(4)] == [0, None, None, None]
    now = 101.0
    assert [seldom.due() for _ in range(2)] == [3, None]
    assert log_writer.and_more(3) == " (and 3 more)" and log_writer.and_more(0) == ""
