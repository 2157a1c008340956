"""The calls of an agent or a number, as a table and as JSON."""

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.wording.said import said
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from tools.simulation.asterisk.simulated_asterisk import SECOND
from warmline.core.messages.commands import Kind
from warmline.store.calls import call_history
from warmline.store.database.database import connect

CALLER = "3125550100"


def live_through(path: Path) -> RecordedDriver:
    """Agent 1000 takes a call; the next caller abandons while no agent is READY; 1000 has the third call."""
    driver = RecordedDriver(path)
    driver.asterisk.now = time.time_ns() // 1000 - 600 * SECOND
    driver.log_in("1000")
    driver.customer(name="answered")
    driver.wait(20)
    driver.hang_up("answered")
    driver.ask(Kind.STATUS, status="SALE")
    driver.ask(Kind.PAUSE)
    driver.customer(name="missed")
    driver.wait(5)
    driver.hang_up("missed")
    driver.ask(Kind.RESUME)
    driver.customer(name="live")
    driver.wait(4)
    return driver


@pytest.fixture
def lab(demo_database: Path, tmp_path: Path) -> Iterator[RecordedDriver]:
    driver = live_through(Path(shutil.copy(demo_database, tmp_path)))
    yield driver
    driver.close()


@pytest.fixture
def run(lab: RecordedDriver, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    monkeypatch.setenv("WARMLINE_DB", str(lab.database))

    return lambda *arguments: run("history", *arguments)


def test_an_agent_s_calls(lab: RecordedDriver) -> None:
    live, first = call_history.of_agent(lab.database, "1000", lab.asterisk.now)
    assert (first.direction, first.number, first.outcome, first.status) == ("in", CALLER, "answered", "SALE")
    assert round(first.length / SECOND) == 20 and first.ingroup == "SALESLINE"
    assert (live.outcome, live.status, round(live.length / SECOND)) == ("live", "", 4)
    assert call_history.of_agent(lab.database, "1001", lab.asterisk.now) == []


def test_the_calls_of_a_number_include_unanswered_ones(lab: RecordedDriver) -> None:
    for number in (CALLER, f"+{CALLER}"):
        found = call_history.of_number(lab.database, number, lab.asterisk.now)
        assert [(one.outcome, one.agent) for one in found] == [("live", "1000"), ("missed", ""), ("answered", "1000")]
    assert [one.outcome for one in call_history.of_number(lab.database, CALLER, lab.asterisk.now, limit=1)] == ["live"]
    assert call_history.of_number(lab.database, CALLER[-7:], lab.asterisk.now) == []


def test_calls_out_are_answered_or_failed(lab: RecordedDriver) -> None:
    with closing(connect(lab.database)) as db:
        db.execute("UPDATE call SET direction = 'out', origin = 'agent'")
    outcomes = [(one.direction, one.outcome) for one in call_history.of_number(lab.database, CALLER, lab.asterisk.now)]
    assert outcomes == [("out", "live"), ("out", "failed"), ("out", "answered")]


def test_a_call_that_never_reached_its_agent_is_missed(lab: RecordedDriver) -> None:
    with closing(connect(lab.database)) as db:
        db.execute("DELETE FROM agent_interval WHERE state = 'INCALL'")
        db.execute("UPDATE agent_interval SET ended = started + 1 WHERE state = 'QUEUE'")
    assert [one.outcome for one in call_history.of_agent(lab.database, "1000", lab.asterisk.now)] == [
        "missed",
        "missed",
    ]


def test_programs_read_json(run: Run) -> None:
    found = json.loads(run("--number", CALLER, "--json")[1])
    assert [one["outcome"] for one in found] == ["live", "missed", "answered"]
    assert round(found[-1]["length_ms"] / 1000) == 20 and "length" not in found[-1]


def test_history_needs_one_agent_or_one_number(run: Run) -> None:
    for arguments in ([], ["1000", "--number", "1"]):
        code, _, err = run(*arguments)
        assert code == 1 and said("history_filter_missing") in err
