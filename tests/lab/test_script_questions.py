"""A script asks the app of a lab, which is then frozen and killed: the script is never kept for long."""

import os
import signal
import time
from collections.abc import Callable, Iterator

import pytest

from lab import app_parts
from lab.description import Lab
from warmline import agi
from warmline.agi.questions import app_question
from warmline.system import heartbeat_file, settings

WITHIN = 30.0  # seconds; only a failing test takes them
LATE = 0.4  # seconds that this machine may need beyond the limit


@pytest.fixture(autouse=True)
def place(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Use the settings of the lab, as a script that its Asterisk runs."""
    monkeypatch.setenv("WARMLINE_CONFIG", f"{lab.dir}/warmline.toml")
    until(lambda: agi.queue("SALESLINE") is not None)
    yield
    until(lambda: agi.queue("SALESLINE") is not None)


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so; no event tells it."""
    limit = time.monotonic() + WITHIN
    while not is_so():
        assert time.monotonic() < limit
        time.sleep(0.05)


def calls(lab: Lab) -> int:
    """Return the pid of the call process."""
    return app_parts.parts(lab.pids["warmline"])["calls"]


def took() -> float:
    """Ask about a queue that is not told, and return the seconds that it took."""
    began = time.monotonic()
    assert agi.queue("SALESLINE") is None
    return time.monotonic() - began


def test_the_app_tells_queues_and_agents() -> None:
    told, other = agi.queue("SALESLINE"), agi.queue("SUPPORTLINE")
    assert told and other and told.waiting == other.waiting == told.longest == 0
    agent = agi.agent("1000")
    assert agent and agent.in_call is False
    with pytest.raises(agi.CodedError, match="did you mean SALESLINE"):
        agi.queue("SALSLINE")


def test_a_frozen_app_keeps_a_script_for_half_a_second_and_then_not_at_all(lab: Lab) -> None:
    pid, run = calls(lab), settings.load().run
    os.kill(pid, signal.SIGSTOP)
    try:
        assert took() < app_question.ANSWER_TIMEOUT_SECONDS + LATE
        until(lambda: (heartbeat_file.get_age_seconds(run) or 0) > heartbeat_file.STOPPED_SECONDS)
        assert took() < LATE
    finally:
        os.kill(pid, signal.SIGCONT)


def test_a_killed_app_is_asked_again_once_it_is_back(lab: Lab) -> None:
    pid = calls(lab)
    os.kill(pid, signal.SIGKILL)
    assert took() < app_question.ANSWER_TIMEOUT_SECONDS + LATE
    until(lambda: agi.queue("SALESLINE") is not None)
    assert calls(lab) != pid
