"""Programs that are started, recorded and ended: always the right one."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab import process

# Reports through a file that SIGTERM is ignored from now on.
STUBBORN = """
import signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
open(sys.argv[1], "w").write("deaf")
time.sleep(60)
"""


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "program.pid"
    yield path
    process.stop(path, grace=0)


def start(record: Path, code: str = "import time; time.sleep(60)", *arguments: str) -> int:
    command = [sys.executable, "-c", code, *arguments]
    return process.start(command, record.with_suffix(".log"), record, os.environ)


def test_a_pid_that_belongs_to_another_program_by_now_is_left_alone(record: Path) -> None:
    pid = start(record)
    other = record.with_name("other.pid")
    other.write_text(f"{pid} 12345\n")
    assert process.running(other) is None
    assert not process.stop(other)
    assert process.running(record) == pid


@pytest.mark.parametrize("content", ["", "garbage", "1", "99999999 1"])
def test_a_record_that_says_nothing_stops_nothing(record: Path, content: str) -> None:
    record.write_text(content)
    assert process.running(record) is None
    assert not process.stop(record)


def test_one_that_does_not_listen_is_ended_by_force(record: Path) -> None:
    pipe = record.with_name("pipe")
    os.mkfifo(pipe)
    pid = start(record, STUBBORN, str(pipe))
    assert pipe.read_text() == "deaf"
    assert process.stop(record, grace=0.2)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
